using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Evidence;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill evidence</c>: what was collected beside access.</summary>
internal static class EvidenceCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("evidence", "Evidence beside access: how it stands, what was collected, how it was before")
    {
        Status(host),
        List(host),
        History(host),
        EvidenceLogCommands.Log(host),
        EvidenceLogCommands.Verify(host),
        EvidenceKeyCommands.Keys(host),
        EvidenceKeyCommands.Replace(host),
        EvidencePackCommands.Pack(host),
        EvidencePackCommands.Verify(host),
        EvidenceSampleCommand.Create(host),
    };

    /// <summary>An option that names kinds of evidence.</summary>
    public static Option<string[]> KindsOption(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "kind" };
        option.AcceptOnlyFromAmong([.. EvidenceKinds.All.Select(static info => info.Name)]);
        return option;
    }

    private static Argument<string> KindArgument()
    {
        var argument = new Argument<string>("kind") { Description = "The kind of evidence" };
        argument.AcceptOnlyFromAmong([.. EvidenceKinds.All.Select(static info => info.Name)]);
        return argument;
    }

    private static Command Status(CommandHost host) =>
        host.Handle(new DocumentedCommand("status", "Every kind of evidence: how much is kept, as of when, and what is missing"), async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var standings = await context.Watchbill.EvidenceAsync(connector.Value, cancellationToken);
            return standings.Succeeded ? context.Show(EvidenceSheets.Standings(connector.Value.Name, standings.Value)) : context.Refuse(standings.Refusal!);
        });

    private static Command List(CommandHost host)
    {
        var kind = KindArgument();
        var limit = Numbers.Whole("--limit", "Show at most so many, in the order of their keys", 100, (1, 1_000_000));
        var text = Names.Text("--text", "Only what holds this in its name", "text");
        var state = Names.Text("--state", "Only what is in this state, in Sentry's word", "state");
        var of = Names.Text("--of", "Only what belongs to this issue, release or project, by id", "id");
        var at = Moments.CreateOption(host.Terminal.Clock);
        var command = new DocumentedCommand("list", "What was collected of a kind")
        {
            Examples = ["./watchbill evidence list issues --state unresolved", "./watchbill evidence list project-settings --output csv", "./watchbill evidence list releases --at 2026-09-30"],
        };
        command.Add(kind);
        Array.ForEach<Option>([limit, text, state, of, at], command.Add);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var info = EvidenceKinds.Find(context.Value(kind))!;
            var question = new EvidenceQuestion(connector.Value.Id, info.Kind)
            {
                At = context.Value(at),
                Parent = context.Value(of),
                State = context.Value(state),
                Search = context.Value(text),
                Take = context.Value(limit),
            };
            var page = await context.Watchbill.RecordsAsync(question, cancellationToken);
            return page.Succeeded ? context.Show(EvidenceSheets.Records(info, page.Value)) : context.Refuse(page.Refusal!);
        });
    }

    private static Command History(CommandHost host)
    {
        var kind = KindArgument();
        var key = new Argument<string>("key") { Description = "The key of the record, as the list shows it" };
        return host.Handle(new DocumentedCommand("history", "How one record was before") { kind, key }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var periods = await context.Watchbill.RecordHistoryAsync(connector.Value.Id, EvidenceKinds.Find(context.Value(kind))!.Kind, context.Value(key)!, cancellationToken);
            return periods.Succeeded ? context.Show(EvidenceSheets.History(periods.Value)) : context.Refuse(periods.Refusal!);
        });
    }
}
