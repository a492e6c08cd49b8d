using System.CommandLine;
using Watchbill.Access.Effective;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access of</c>: what a member reaches.</summary>
internal sealed class AccessOfCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<AccessPair>> Columns =
    [
        new("projectId", null, static pair => pair.Project.Id),
        new("project", "Project", static pair => pair.Project.Slug) { IsWhole = true },
        new("platform", "Platform", static pair => pair.Project.Platform) { IsOptional = true },
        new("reach", "Reaches", static pair => ReachWords.Of(pair)),
        new("held", "Granted", static pair => pair.IsHeld),
        new("via", "Why", static pair => ReachWords.Paths(pair)),
        new("scopes", null, static pair => pair.Scopes.ToArray()),
    ];

    private readonly Argument<string> _member = Names.Member();
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);
    private readonly Option<bool> _held = new("--held") { Description = "Only what was granted by a team or a role, not what open membership gives" };

    public static Command Create(CommandHost host)
    {
        var self = new AccessOfCommand(host);
        var command = new DocumentedCommand("of", "What a member reaches, and why")
        {
            Examples = ["./watchbill access of ada@example.com", "./watchbill access of ada@example.com --held -o json"],
        };
        command.Add(self._member);
        command.Add(self._held);
        command.Add(self._at);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var member = context.Value(_member);
        var answer = await context.Watchbill.OfMemberAsync(connector.Value.Id, member, context.Value(_at), cancellationToken);
        return answer.Succeeded
            ? context.Show(SheetOf(answer.Value, context))
            : context.Refuse(await new Suggestion(context, connector.Value.Id).ForMemberAsync(answer.Refusal!, member, cancellationToken));
    }

    private Sheet<AccessPair> SheetOf(Answer<MemberAccess> answer, CommandContext context)
    {
        var access = answer.Value;
        return new Sheet<AccessPair>(Columns, [.. access.Projects.Where(pair => !context.Value(_held) || pair.IsHeld)])
        {
            Headline = Headline(access),
            Notes = [.. access.Obstacles.Select(static obstacle => $"Note: {obstacle.Sentence}."), .. answer.Notes.Concat(access.Notes).Select(static note => note.Sentence)],
            WhenEmpty = "Nothing.",
            Standing = Standings.Of(answer),
            About =
            [
                ("member", access.Member.Email),
                ("memberId", access.Member.Id),
                ("name", access.Member.Name),
                ("role", access.Member.OrgRole),
                ("teams", access.Teams.Select(static team => $"{team.Team.Slug} ({team.Role.Id})").ToArray()),
                ("obstacles", access.Obstacles.Select(static obstacle => obstacle.Sentence).ToArray()),
                ("reachable", access.ReachableCount),
                ("held", access.HeldCount),
            ],
        };
    }

    private static string Headline(MemberAccess access)
    {
        var teams = access.Teams.Count == 0
            ? "on no team"
            : $"on {Listing.Count(access.Teams.Count, "team")}: {Listing.And([.. access.Teams.Select(static team => $"{team.Team.Slug} ({team.Role.Id})")])}";
        return $"{access.Member.Name} <{access.Member.Email}>, {access.Member.OrgRole}, reaches {Listing.Count(access.ReachableCount, "project")} now; "
            + $"{access.HeldCount:N0} granted; {teams}.";
    }
}
