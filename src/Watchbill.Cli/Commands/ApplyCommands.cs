using System.CommandLine;
using Watchbill.Cli.Declared;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill apply</c> and <c>export</c>: configuration as one file.</summary>
internal static class ApplyCommands
{
    private static readonly IReadOnlyList<Column<PlannedChange>> Columns =
    [
        new("change", "Change", static one => Word(one.Kind)),
        new("what", "What", static one => one.What) { IsWhole = true },
        new("name", "Name", static one => one.Name),
        new("differences", "Differences", static one => string.Join("; ", one.Differences)),
    ];

    public static Command Apply(CommandHost host)
    {
        var file = new Option<FileInfo>("--file", "-f") { Description = "What Watchbill shall be (YAML); begin with: watchbill export", HelpName = "file", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would change" };
        var command = new DocumentedCommand("apply", "Make a server what a file says: sources, parameters of checks, channels, request policies; what it does not name is left")
        {
            Examples = ["./watchbill apply -f watchbill.yaml --dry-run", "./watchbill apply -f watchbill.yaml --server https://watchbill.example.com"],
        };
        command.Add(file);
        command.Add(dryRun);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            using var http = Connect(context);
            var declaration = DeclarationFile.Read(context.Value(file)!);
            var plan = await new Planner(new WatchbillClient(http), context.Terminal, context.Value(file)!.Directory).PlanAsync(declaration, cancellationToken);
            var changes = plan.Where(static one => one.Kind is PlannedKind.New or PlannedKind.Changed).ToList();
            if (!context.Value(dryRun))
            {
                await DoAsync(changes, context, cancellationToken);
            }

            var rest = plan.Count(static one => one.Kind is PlannedKind.Same);
            return context.Show(new Sheet<PlannedChange>(Columns, [.. changes, .. plan.Where(static one => one.Kind is PlannedKind.NotNamed)])
            {
                Headline = changes.Count == 0 ? "Everything is as the file says." : $"{changes.Count} {(context.Value(dryRun) ? "would change" : "changed")}, {rest} as the file says.",
                WhenEmpty = "Nothing to change.",
            });
        });
    }

    public static Command Export(CommandHost host)
    {
        var schema = new Option<bool>("--schema") { Description = "Write the JSON schema of such files instead, for editors" };
        var command = new DocumentedCommand("export", "Write what a server is as a file for `watchbill apply`; secrets are places to fill")
        {
            Examples = ["./watchbill export --server https://watchbill.example.com > watchbill.yaml", "./watchbill export --schema > watchbill.schema.json"],
        };
        command.Add(schema);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            if (context.Value(schema))
            {
                await context.Terminal.Output.WriteAsync(DeclarationSchema.Text());
                return ExitCode.Ok;
            }

            using var http = Connect(context);
            await context.Terminal.Output.WriteAsync(await Exporter.RunAsync(new WatchbillClient(http), cancellationToken));
            return ExitCode.Ok;
        });
    }

    /// <summary>One after the other. What is done stays done when a later one is refused: the same file goes on from there.</summary>
    private static async Task DoAsync(List<PlannedChange> changes, CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var (change, place) in changes.Select(static (change, place) => (change, place)))
        {
            try
            {
                await (change.Apply?.Invoke(cancellationToken) ?? Task.CompletedTask);
            }
            catch (WatchbillApiException refused)
            {
                context.Say($"{place} of {changes.Count} were done. The {change.What} '{change.Name}' was refused. Mend that and apply the file again: it goes on from there.");
                throw new BadInputException($"{refused.Message} ({refused.Code})");
            }
        }
    }

    private static HttpClient Connect(CommandContext context)
    {
        var server = context.Server ?? throw new BadInputException($"Configuration is that of a server: say which, with --server URL or ${ServerChoice.ServerVariable}, and sign in with: watchbill login.");
        return server.Connect(server.ReadToken(context.Terminal), context.Say);
    }

    private static string Word(PlannedKind kind) => kind switch
    {
        PlannedKind.New => "new",
        PlannedKind.Changed => "changed",
        PlannedKind.Same => "same",
        PlannedKind.NotNamed => "not in the file",
    };
}
