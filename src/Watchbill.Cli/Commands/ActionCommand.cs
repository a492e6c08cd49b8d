using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Compliance.Actions;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill action</c>: what checks found and people do about it.</summary>
internal static class ActionCommand
{
    private static readonly IReadOnlyList<Column<ActionLine>> Columns =
    [
        new("number", "Action", static one => one.Number),
        new("title", "What is to do", static one => one.Title),
        new("severity", "Severity", static one => one.Severity),
        new("state", "State", static one => one.State),
        new("dueAt", "Due", static one => one.DueAt),
        new("failing", "Failing", static one => one.Failing) { IsOptional = true },
        new("check", "Check", static one => one.Check) { IsOptional = true },
        new("connector", null, static one => one.Connector),
        new("owner", null, static one => one.Owner),
        new("openedAt", null, static one => one.OpenedAt),
        new("closing", null, static one => one.Closing),
    ];

    private static readonly IReadOnlyList<Column<ActionEvent>> EventColumns =
    [
        new("at", "When", static one => one.At),
        new("kind", "What", static one => one.Kind),
        new("text", "Said", static one => one.Text),
        new("link", "Evidence", static one => one.Link) { IsOptional = true },
        new("by", null, static one => one.By),
    ];

    public static Command Create(CommandHost host) => new DocumentedCommand("action", "Actions: what checks found, and what people do about it") { List(host), Show(host), Comment(host), Close(host), Import(host) };

    private static Command List(CommandHost host)
    {
        var overdue = new Option<bool>("--overdue") { Description = "Only those that should be done" };
        var unowned = new Option<bool>("--unowned") { Description = "Only those that nobody owns" };
        var all = new Option<bool>("--all") { Description = "Those that are done too" };
        var command = new DocumentedCommand("list", "Actions of all sources, or of the one that --connector names: what is due first comes first") { Examples = ["./watchbill action list --overdue -o csv"] };
        Array.ForEach<Option>([overdue, unowned, all], command.Add);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            ConnectorId? only = null;
            if (context.ConnectorName is not null)
            {
                var named = await context.ConnectorAsync(null, cancellationToken);
                if (!named.Succeeded)
                {
                    return context.Refuse(named.Refusal!);
                }

                only = named.Value.Id;
            }

            var list = await context.Watchbill.Actions.ListAsync(new ActionsAsked(only, context.Value(overdue), context.Value(unowned), context.Value(all)), cancellationToken);
            return list.Succeeded ? context.Show(new Sheet<ActionLine>(Columns, list.Value) { WhenEmpty = "Nothing is to do." }) : context.Refuse(list.Refusal!);
        });
    }

    private static Command Show(CommandHost host)
    {
        var number = Number();
        return host.Handle(new DocumentedCommand("show", "One action with everything that was done about it") { number }, async (context, cancellationToken) =>
        {
            var found = await context.Watchbill.Actions.FindAsync(context.Value(number), cancellationToken);
            if (!found.Succeeded)
            {
                return context.Refuse(found.Refusal!);
            }

            var action = found.Value.Action;
            return context.Show(new Sheet<ActionEvent>(EventColumns, found.Value.Events)
            {
                Headline = $"{action.Title}: {action.State}, {action.Severity}, due {action.DueAt.UtcDateTime:yyyy-MM-dd}.",
                About = [("number", action.Number), ("title", action.Title), ("severity", action.Severity), ("state", action.State), ("dueAt", action.DueAt), ("check", action.Check), ("failing", action.Failing), ("owner", action.Owner)],
            });
        });
    }

    private static Command Comment(CommandHost host)
    {
        var (number, text) = (Number(), new Argument<string>("text") { Description = "What to say" });
        var link = Names.Text("--link", "Where evidence is, for example the address of a ticket", "address");
        var command = new DocumentedCommand("comment", "Say something about an action") { Examples = ["./watchbill action comment 7 Mended --link https://tickets.example.com/OPS-7"] };
        command.Add(number);
        command.Add(text);
        command.Add(link);
        return host.Handle(command, async (context, cancellationToken) => ShowOne(context, await context.Watchbill.Actions.CommentAsync(context.Value(number), context.Value(text), context.Value(link), cancellationToken)));
    }

    private static Command Close(CommandHost host)
    {
        var (number, reason) = (Number(), Names.Text("--reason", "Why it is done", "text"));
        return host.Handle(
            new DocumentedCommand("close", "Say that an action is done; those that checks opened are closed by their checks") { number, reason },
            async (context, cancellationToken) => ShowOne(context, await context.Watchbill.Actions.CloseAsync(context.Value(number), context.Value(reason) ?? "", cancellationToken)));
    }

    private static Command Import(CommandHost host)
    {
        var file = new Argument<FileInfo>("file") { Description = "Comma-separated values with a heading title, and any of severity, due, owner, description" };
        var command = new DocumentedCommand("import", "Open an action for each line of a file, or none when a line is wrong") { Examples = ["./watchbill action import actions.csv --connector acme"] };
        command.Add(file);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var named = await context.ConnectorAsync(null, cancellationToken);
            if (!named.Succeeded)
            {
                return context.Refuse(named.Refusal!);
            }

            var csv = await InputFile.ReadAsync(context.Value(file), ImportActions.MostCharacters * 4L, cancellationToken);
            var opened = await context.Watchbill.Actions.ImportAsync(named.Value.Id, csv, cancellationToken);
            return opened.Succeeded ? context.Show(new Sheet<ActionLine>(Columns, opened.Value) { Headline = $"{Listing.Count(opened.Value.Count, "action")} opened." }) : context.Refuse(opened.Refusal!);
        });
    }

    private static ExitCode ShowOne(CommandContext context, Result<ActionLine> action) => action.Succeeded ? context.Show(new Sheet<ActionLine>(Columns, [action.Value])) : context.Refuse(action.Refusal!);

    private static Argument<long> Number() => new("number") { Description = "The number of the action" };
}
