using System.CommandLine;
using Watchbill.Access.History;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access history</c>: what began, changed and ended for one member, team or project.</summary>
internal sealed class AccessHistoryCommand
{
    private static readonly IReadOnlyList<Column<HistoryLine>> Columns =
    [
        new("at", "When", static line => line.At),
        new("known", "Known by", static line => line.IsLogged ? "logged" : "observed"),
        new("sentence", "What", static line => line.Sentence) { IsWhole = true },
        new("actor", "By", static line => line.Logged?.Actor),
        new("event", null, static line => line.Logged?.Event),
        new("entryId", null, static line => line.Logged?.EntryId),
        new("seenAt", null, static line => line.SeenAt),
        new("current", null, static line => line.IsNow),
    ];

    private readonly Option<string?> _member = Names.Text("--member", "Of this member; one who is gone is known by the member id alone", "member");
    private readonly Option<string?> _team = Names.Team("Of this team");
    private readonly Option<string?> _project = Names.Text("--project", "Of this project", "project");

    public static Command Create(CommandHost host)
    {
        var self = new AccessHistoryCommand();
        var command = new DocumentedCommand("history", "What began, changed and ended for one member, team or project, and who did it")
        {
            Examples = ["./watchbill access history --member ada@example.com", "./watchbill access history --team payments -o csv"],
        };
        command.Add(self._member);
        command.Add(self._team);
        command.Add(self._project);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var search = new HistorySearch { Member = context.Value(_member), Team = context.Value(_team), Project = context.Value(_project) };
        var lines = await context.Watchbill.HistoryAsync(connector.Value.Id, search, cancellationToken);
        return lines.Succeeded ? context.Show(SheetOf(lines.Value)) : context.Refuse(lines.Refusal!);
    }

    private static Sheet<HistoryLine> SheetOf(IReadOnlyList<HistoryLine> lines) => new(Columns, lines)
    {
        Headline = $"{Listing.Count(lines.Count, "line")}, newest first; {lines.Count(static line => line.IsLogged):N0} with the hand and the time that Sentry logged.",
        WhenEmpty = "Nothing is known.",
        Notes = ["Observed times are when a read first saw it; it happened between that read and the one before."],
    };
}
