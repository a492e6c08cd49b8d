using System.CommandLine;
using Watchbill.Access.Effective;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access who</c>: who reaches a project.</summary>
internal sealed class AccessWhoCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<Reacher>> Columns =
    [
        new("kind", null, static row => row.Kind),
        new("id", null, static row => row.Id),
        new("name", null, static row => row.Name),
        new("email", null, static row => row.Email),
        new("who", "Who", static row => row.Email ?? row.Name) { IsWhole = true },
        new("role", "Role", static row => row.Role),
        new("reach", "Reaches", static row => row.Reach),
        new("via", "Why", static row => row.Via),
        new("obstacles", "But", static row => row.Obstacles),
        new("scopes", null, static row => row.Scopes),
    ];

    private readonly Argument<string> _project = Names.Project();
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);
    private readonly Option<bool> _held = new("--held") { Description = "Only who was granted it by a team or a role, not who reaches it through open membership" };
    private readonly Option<bool> _people = new("--people") { Description = "Only people, no integrations, tokens or keys" };

    public static Command Create(CommandHost host)
    {
        var self = new AccessWhoCommand(host);
        var command = new DocumentedCommand("who", "Who reaches a project, persons and others, and why")
        {
            Examples = ["./watchbill access who checkout-api", "./watchbill access who checkout-api --held --at 30d", "./watchbill access who checkout-api -o csv > reviewers.csv"],
        };
        command.Add(self._project);
        command.Add(self._held);
        command.Add(self._people);
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

        var project = context.Value(_project);
        var answer = await context.Watchbill.WhoReachesAsync(connector.Value.Id, project, context.Value(_at), cancellationToken);
        return answer.Succeeded
            ? context.Show(SheetOf(answer.Value, context))
            : context.Refuse(await new Suggestion(context, connector.Value.Id).ForProjectAsync(answer.Refusal!, project, cancellationToken));
    }

    private Sheet<Reacher> SheetOf(Answer<ProjectAccess> answer, CommandContext context)
    {
        var access = answer.Value;
        var people = access.Members.Where(pair => !context.Value(_held) || pair.IsHeld).Select(Reacher.Of);
        var others = context.Value(_people) ? [] : access.NonHumans.Select(Reacher.Of);
        return new Sheet<Reacher>(Columns, [.. people, .. others])
        {
            Headline = Headline(access),
            Notes = [.. answer.Notes.Concat(access.Notes).Select(static note => note.Sentence)],
            WhenEmpty = "Nobody.",
            Standing = Standings.Of(answer),
            About =
            [
                ("project", access.Project.Slug),
                ("projectId", access.Project.Id),
                ("teams", access.Teams.Select(static team => team.Slug).ToArray()),
                ("reachable", access.ReachableCount),
                ("held", access.HeldCount),
                ("stopped", access.StoppedCount),
                ("unknown", access.UnknownCount),
                ("nonHuman", access.NonHumans.Count),
            ],
        };
    }

    private static string Headline(ProjectAccess access)
    {
        var acting = access.NonHumans.Count(static reach => reach is { ReachesNow: true, SendsOnly: false });
        var others = acting == 0 ? "" : $" and {Listing.Count(acting, "integration or token", "integrations and tokens")}";
        var teams = access.Teams.Count == 0
            ? "no team owns it"
            : $"owned by {Listing.And([.. access.Teams.Select(static team => team.Slug)])}";
        var stopped = access.StoppedCount == 0 ? "" : $", {access.StoppedCount:N0} would but are stopped";
        var unknown = access.UnknownCount == 0 ? "" : $", of {access.UnknownCount:N0} it is not known";
        return $"{access.Project.Slug}: {Listing.Count(access.ReachableCount, "member")}{others} can reach it now; "
            + $"{access.HeldCount:N0} hold a grant{stopped}{unknown}; {teams}.";
    }
}
