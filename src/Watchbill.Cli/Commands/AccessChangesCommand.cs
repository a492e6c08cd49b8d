using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Access.Changes;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access changes</c>: what differs between two instants.</summary>
internal sealed class AccessChangesCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<AccessChange>> Columns =
    [
        new("kind", "Change", static change => change.Kind),
        new("sentence", "What", static change => change.Sentence),
        new("subject", null, static change => change.SubjectId),
    ];

    private readonly Option<DateTimeOffset?> _since = Moments.CreateOption(host.Terminal.Clock, "--since", "Compare with this instant: 2026-11-01, 2026-11-01T12:00Z, or how long ago (3d, 12h) [default: 7d]");
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);

    public static Command Create(CommandHost host)
    {
        var self = new AccessChangesCommand(host);
        var command = new DocumentedCommand("changes", "What changed between two instants")
        {
            Examples = ["./watchbill access changes --since 24h", "./watchbill access changes --since 2026-10-01 --at 2026-11-01 -o csv"],
        };
        command.Add(self._since);
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

        var at = context.Value(_at);
        var since = context.Value(_since) ?? (at ?? context.Terminal.Clock.GetUtcNow()).AddDays(-7);
        if (since >= at)
        {
            throw new BadInputException("--since is an instant before --at.");
        }

        var answer = await context.Watchbill.ChangesAsync(connector.Value.Id, since, at, cancellationToken);
        return answer.Succeeded ? context.Show(SheetOf(answer.Value)) : context.Refuse(answer.Refusal!);
    }

    // Before the first read there is nothing to compare with: everybody would look new.
    private static Sheet<AccessChange> SheetOf(Answer<ChangesBetween> answer)
    {
        var since = $"{((Cell)answer.Value.Since).ForPeople()} UTC";
        return new Sheet<AccessChange>(Columns, answer.Value.Changes)
        {
            Headline = answer.Value.WasRead
                ? $"{Listing.Count(answer.Value.Changes.Count, "change")} since {since}."
                : $"Nothing is known of {since}: the first complete read was later.",
            Standing = Standings.Of(answer),
            About = [("since", answer.Value.Since)],
        };
    }
}
