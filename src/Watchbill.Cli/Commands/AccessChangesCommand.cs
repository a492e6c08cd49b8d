using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Access.Changes;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access diff</c>: what differs between two instants, by whom.</summary>
internal sealed class AccessChangesCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<AccessChange>> Columns =
    [
        new("kind", "Change", static change => change.Kind),
        new("sentence", "What", static change => change.Sentence),
        new("loggedAt", "Made", static change => change.Cause?.At) { IsOptional = true },
        new("actor", "By", static change => change.Cause?.Actor) { IsOptional = true },
        new("subject", null, static change => change.SubjectId),
    ];

    private readonly Argument<DateTimeOffset?> _since = Moments.CreateArgument(host.Terminal.Clock, "from", "Compare with this instant: 2026-11-01, 2026-11-01T12:00Z, or how long ago (3d, 12h) [default: 7d]");
    private readonly Argument<DateTimeOffset?> _at = Moments.CreateArgument(host.Terminal.Clock, "to", "The later instant [default: now]");
    private readonly Option<string?> _kind = Names.Text("--kind", "Only changes of this kind, for example role-changed", "kind");

    public static Command Create(CommandHost host)
    {
        var self = new AccessChangesCommand(host);
        var command = new DocumentedCommand("diff", "What changed between two instants, and who changed it where Sentry logged it")
        {
            Examples = ["./watchbill access diff 24h", "./watchbill access diff 2026-10-01 2026-11-01 -o csv", "./watchbill access diff 30d --kind role-changed"],
        };
        command.Add(self._since);
        command.Add(self._at);
        command.Add(self._kind);
        command.Aliases.Add("changes");
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
            throw new BadInputException("The first instant must be before the second.");
        }

        var answer = await context.Watchbill.ChangesAsync(connector.Value.Id, since, at, cancellationToken);
        return answer.Succeeded ? context.Show(SheetOf(answer.Value, context.Value(_kind))) : context.Refuse(answer.Refusal!);
    }

    // Before the first read there is nothing to compare with: everybody would look new.
    private static Sheet<AccessChange> SheetOf(Answer<ChangesBetween> answer, string? kind)
    {
        var changes = answer.Value.Changes.Where(change => kind is null || change.Kind == kind).ToList();
        var since = $"{((Cell)answer.Value.Since).ForPeople()} UTC";
        return new Sheet<AccessChange>(Columns, changes)
        {
            Headline = answer.Value.WasRead
                ? $"{Listing.Count(changes.Count, "change")} since {since}."
                : $"Nothing is known of {since}: the first complete read was later.",
            Standing = Standings.Of(answer),
            About = [("since", answer.Value.Since)],
        };
    }
}
