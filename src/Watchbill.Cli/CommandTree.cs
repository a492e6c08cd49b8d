using System.CommandLine;
using Watchbill.Cli.Commands;

namespace Watchbill.Cli;

/// <summary>All commands, and how a line is read.</summary>
internal sealed class CommandTree
{
    private static readonly IReadOnlyList<(string Name, Func<CommandHost, Command> Make)> All =
    [
        ("demo", DemoCommand.Create),
        ("serve", ServeCommand.Create),
        ("login", LoginCommand.Create),
        ("logout", LogoutCommand.Create),
        ("mcp", McpCommand.Create),
        ("connect", ConnectCommand.Create),
        ("preflight", PreflightCommand.Create),
        ("connectors", ConnectorsCommand.Create),
        ("sync", SyncCommand.Create),
        ("runs", RunsCommand.Create),
        ("access", AccessCommand.Create),
        ("facts", FactsCommand.Create),
        ("collect", CollectCommand.Create),
        ("evidence", EvidenceCommand.Create),
        ("provisioning", ProvisioningCommand.Create),
        ("check", CheckCommand.Create),
        ("framework", FrameworkCommand.Create),
        ("action", ActionCommand.Create),
        ("review", ReviewCommand.Create),
        ("request", RequestCommand.Create),
        ("members", MembersCommand.Create),
        ("teams", TeamsCommand.Create),
        ("projects", ProjectsCommand.Create),
        ("nonhuman", NonHumanCommand.Create),
        ("backup", BackupCommands.Make),
        ("restore", BackupCommands.Restore),
        ("audit", AuditCommand.Create),
        ("apply", ApplyCommands.Apply),
        ("export", ApplyCommands.Export),
        ("move", MoveCommand.Create),
        ("sign-in-link", SignInLinkCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("simulator", SimulatorCommand.Create),
        ("completion", CompletionCommand.Create),
        ("version", VersionCommand.Create),
    ];

    private readonly Terminal _terminal;

    /// <summary>Makes the commands that a line may mean.</summary>
    /// <param name="terminal">Where it was written.</param>
    /// <param name="args">The line. Where it begins with a command, only that one is made: making all of them takes a tenth of a second, each time.</param>
    public CommandTree(Terminal terminal, IReadOnlyList<string> args)
    {
        _terminal = terminal;
        var host = new CommandHost(terminal);
        Global = host.Global;
        Root = new RootCommand("Watchbill governs access to Sentry: who can reach what, why, since when and until when.") { HelpName = "watchbill" };
        foreach (var command in CommandsFor(args, host))
        {
            Root.Add(command);
        }

        Global.AddTo(Root);
        HelpPage.Attach(Root);
        Root.SetAction(parsed => HelpPage.Write(Root, parsed.InvocationConfiguration.Output));
    }

    public RootCommand Root { get; }

    public GlobalOptions Global { get; }

    // Files named with @ are not read: a slug or a reason may well begin with it.
    public ParseResult Parse(IReadOnlyList<string> args) => Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    public async Task<ExitCode> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors is not true)
        {
            return ParseComplaint.Print(parsed, _terminal);
        }

        var invocation = new InvocationConfiguration
        {
            Output = _terminal.Output,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static IEnumerable<Command> CommandsFor(IReadOnlyList<string> args, CommandHost host) =>
        args.Count > 0 && All.FirstOrDefault(command => command.Name == args[0]) is { Make: { } make } ? [make(host)] : All.Select(command => command.Make(host));
}
