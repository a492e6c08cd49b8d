using Watchbill.Access.Queries;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
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

        var projects = await context.Watchbill.ProjectsAsync(new ListQuestion<ProjectFilter>(connector, new ProjectFilter(), PageRequest.All, At: null), cancellationToken);
        return With(refusal, word, projects.Value.Value.Items.Select(static project => project.Slug), "List them with: watchbill projects list.");
    }

    public async Task<Refusal> ForMemberAsync(Refusal refusal, string word, CancellationToken cancellationToken)
    {
        if (refusal.Code != "member-not-found")
        {
            return refusal;
        }

        var members = await context.Watchbill.MembersAsync(new ListQuestion<MemberFilter>(connector, new MemberFilter(), PageRequest.All, At: null), cancellationToken);
        var names = members.Value.Value.Items.SelectMany(static member => new[] { member.Email, member.Name });
        return With(refusal, word, names, "List them with: watchbill members list.");
    }

    public async Task<Refusal> ForTeamAsync(Refusal refusal, string word, CancellationToken cancellationToken)
    {
        if (refusal.Code != "team-not-found")
        {
            return refusal;
        }

        var teams = await context.Watchbill.TeamsAsync(new ListQuestion<TeamFilter>(connector, new TeamFilter(), PageRequest.All, At: null), cancellationToken);
        return With(refusal, word, teams.Value.Value.Items.Select(static team => team.Slug), "List them with: watchbill teams list.");
    }

    private static Refusal With(Refusal refusal, string word, IEnumerable<string> candidates, string otherwise) => Nearest.To(word, candidates) switch
    {
        null => refusal with { Message = $"{refusal.Message} {otherwise}" },
        var same when same == word => refusal with { Message = $"{refusal.Message} It is known now, so ask for a later time or leave --at out." },
        var nearest => refusal with { Message = $"{refusal.Message} Did you mean {nearest}?" },
    };
}
