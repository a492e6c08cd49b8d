using Watchbill.Access.Queries;
using Watchbill.Cli.Output;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>Adds "did you mean" to a refusal that says a name is not known.</summary>
internal sealed class Suggestion(CommandContext context, ConnectorId connector)
{
    public async Task<Refusal> ForProjectAsync(Refusal refusal, string word, CancellationToken cancellationToken)
    {
        if (refusal.Code != "project-not-found")
        {
            return refusal;
        }

        var projects = await context.Get<AccessQueries>().ProjectsAsync(connector, new ProjectFilter(), PageRequest.All, null, cancellationToken);
        return With(refusal, word, projects.Value.Items.Select(static project => project.Slug), "List them with: watchbill projects list.");
    }

    public async Task<Refusal> ForMemberAsync(Refusal refusal, string word, CancellationToken cancellationToken)
    {
        if (refusal.Code != "member-not-found")
        {
            return refusal;
        }

        var members = await context.Get<AccessQueries>().MembersAsync(connector, new MemberFilter(), PageRequest.All, null, cancellationToken);
        var names = members.Value.Items.SelectMany(static member => new[] { member.Email, member.Name });
        return With(refusal, word, names, "List them with: watchbill members list.");
    }

    public async Task<Refusal> ForTeamAsync(Refusal refusal, string word, CancellationToken cancellationToken)
    {
        if (refusal.Code != "team-not-found")
        {
            return refusal;
        }

        var teams = await context.Get<AccessQueries>().TeamsAsync(connector, new TeamFilter(), PageRequest.All, null, cancellationToken);
        return With(refusal, word, teams.Value.Items.Select(static team => team.Slug), "List them with: watchbill teams list.");
    }

    private static Refusal With(Refusal refusal, string word, IEnumerable<string> candidates, string otherwise) => Nearest.To(word, candidates) switch
    {
        null => refusal with { Message = $"{refusal.Message} {otherwise}" },
        var same when same == word => refusal with { Message = $"{refusal.Message} It is known now, so ask for a later time or leave --at out." },
        var nearest => refusal with { Message = $"{refusal.Message} Did you mean {nearest}?" },
    };
}
