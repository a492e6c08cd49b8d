using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill framework</c>: lists of controls, those that come with Watchbill and one's own.</summary>
internal static class FrameworkCommand
{
    private static IReadOnlyList<Column<Framework>> Columns(IReadOnlyList<string> chosen) =>
    [
        new("id", "Framework", static one => one.Id) { IsWhole = true },
        new("name", "Name", static one => one.Name),
        new("edition", "Edition", static one => one.Edition) { IsOptional = true },
        new("controls", "Controls", static one => one.ControlCount),
        new("withEvidence", "With evidence", static one => one.Controls.Count),
        new("isFollowed", "Followed", one => chosen.Count == 0 || chosen.Contains(one.Id)),
        new("isOwn", "Yours", static one => FrameworkCatalogue.Find(one.Id) is null),
        new("source", null, static one => one.Source),
    ];

    public static Command Create(CommandHost host) => new DocumentedCommand("framework", "Lists of controls, and which checks are evidence for each: those that come with Watchbill, and your own")
    {
        List(host), Follow(host), Export(host), Import(host), Remove(host),
    };

    private static Command List(CommandHost host) => host.Handle(new DocumentedCommand("list", "All frameworks"), static async (context, cancellationToken) =>
    {
        var all = await context.Watchbill.Frameworks.ListAsync(cancellationToken);
        return all.Succeeded ? await ShowAsync(context, all.Value, headline: null, cancellationToken) : context.Refuse(all.Refusal!);
    });

    private static Command Follow(CommandHost host)
    {
        var ids = new Argument<string[]>("frameworks") { Description = "The ids of the frameworks that your organization is held against", Arity = ArgumentArity.ZeroOrMore };
        var everything = new Option<bool>("--all") { Description = "All of them, those to come included" };
        var reason = Reason();
        var command = new DocumentedCommand("follow", "Choose the frameworks that posture, checks and their exports tell of; all of them unless somebody chose")
        {
            Examples = ["./watchbill framework follow soc2-tsc-2017-rev2022 gdpr --reason our-audits", "./watchbill framework follow --all --reason all-again"],
        };
        command.Add(ids);
        command.Add(everything);
        command.Add(reason);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var named = context.Value(ids);
            if (named.Length == 0 != context.Value(everything))
            {
                throw new BadInputException("Name the frameworks to follow, or say --all.");
            }

            var followed = await context.Watchbill.Frameworks.FollowAsync(named, context.Value(reason) ?? "", cancellationToken);
            var all = await context.Watchbill.Frameworks.ListAsync(cancellationToken);
            return (followed.Refusal ?? all.Refusal) is { } refusal ? context.Refuse(refusal) : await ShowAsync(context, all.Value, headline: null, cancellationToken);
        });
    }

    private static async Task<ExitCode> ShowAsync(CommandContext context, IReadOnlyList<Framework> frameworks, string? headline, CancellationToken cancellationToken)
    {
        var chosen = await context.Watchbill.Frameworks.ChosenAsync(cancellationToken);
        return chosen.Succeeded ? context.Show(new Sheet<Framework>(Columns(chosen.Value), frameworks) { Headline = headline }) : context.Refuse(chosen.Refusal!);
    }

    private static Command Export(CommandHost host)
    {
        var id = Id();
        var command = new DocumentedCommand("export", "Write a framework to standard output as YAML, to be changed and imported under an id of your own") { Examples = ["./watchbill framework export gdpr > mine.yaml"] };
        command.Add(id);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var all = await context.Watchbill.Frameworks.ListAsync(cancellationToken);
            if (!all.Succeeded || all.Value.FirstOrDefault(one => one.Id == context.Value(id)) is not { } framework)
            {
                return context.Refuse(all.Refusal ?? ComplianceRefusals.NoSuchFramework(context.Value(id)));
            }

            await context.Terminal.Output.WriteAsync(FrameworkText.ToYaml(framework));
            return ExitCode.Ok;
        });
    }

    private static Command Import(CommandHost host)
    {
        var file = new Argument<FileInfo>("file") { Description = "YAML or JSON with everything in it; or, where the name ends in .csv, a control on each line: control,title,theme,checks" };
        var reason = Reason();
        var head = new TableHead();
        var command = new DocumentedCommand("import", "Bring a framework of your own, or replace the one of the same id: all of the file or nothing")
        {
            Examples = ["./watchbill framework import mine.yaml --reason new-baseline", "./watchbill framework import list.csv --id acme --name Acme --edition 2026 --reason new-baseline"],
        };
        command.Add(file);
        Array.ForEach<Option>([reason, head.Id, head.Name, head.Edition, head.Source], command.Add);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var named = context.Value(file);
            var text = await InputFile.ReadAsync(named, FrameworkText.MostCharacters * 4L, cancellationToken);
            var read = named.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? FrameworkText.OfCsv(head.Of(context), text) : FrameworkText.OfYaml(text);
            var brought = read.Succeeded ? await context.Watchbill.Frameworks.BringAsync(read.Value, context.Value(reason) ?? "", cancellationToken) : read;
            return brought.Succeeded ? await ShowAsync(context, [brought.Value], headline: null, cancellationToken) : context.Refuse(brought.Refusal!);
        });
    }

    private static Command Remove(CommandHost host)
    {
        var (id, reason) = (Id(), Reason());
        return host.Handle(new DocumentedCommand("remove", "Remove a framework of your own; results and files stay") { id, reason }, async (context, cancellationToken) =>
        {
            var removed = await context.Watchbill.Frameworks.RemoveAsync(context.Value(id), context.Value(reason) ?? "", cancellationToken);
            return removed.Succeeded ? await ShowAsync(context, [removed.Value], $"{removed.Value.Name} is removed.", cancellationToken) : context.Refuse(removed.Refusal!);
        });
    }

    private static Argument<string> Id() => new Argument<string>("framework") { Description = "The framework's id" }.WithText("framework", TextRules.Name);

    private static Option<string?> Reason() => Names.Text("--reason", "Why", "text");

    /// <summary>What a table does not say.</summary>
    private sealed class TableHead
    {
        public Option<string?> Id { get; } = Names.Text("--id", "The id of a table's framework", "id");

        public Option<string?> Name { get; } = Names.Text("--name", "The name of a table's framework", "name");

        public Option<string?> Edition { get; } = Names.Text("--edition", "The edition of a table's framework", "edition");

        public Option<string?> Source { get; } = Names.Text("--source", "Whose a table's framework is", "text");

        public FrameworkHead Of(CommandContext context) => new(context.Value(Id) ?? "", context.Value(Name) ?? "", context.Value(Edition) ?? "", context.Value(Source));
    }
}
