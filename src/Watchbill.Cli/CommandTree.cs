using System.CommandLine;
using Watchbill.Cli.Commands;

namespace Watchbill.Cli;

/// <summary>All commands, and how a line is read.</summary>
internal sealed class CommandTree
{
    private readonly Terminal _terminal;

    public CommandTree(Terminal terminal)
    {
        _terminal = terminal;
        var host = new CommandHost(terminal);
        Global = host.Global;
        Root = new RootCommand("Watchbill governs access to Sentry: who can reach what, why, since when and until when.") { HelpName = "watchbill" };
        AddCommands(host);
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

    private void AddCommands(CommandHost host)
    {
        Command[] commands =
        [
            DemoCommand.Create(host),
            ServeCommand.Create(host),
            LoginCommand.Create(host),
            LogoutCommand.Create(host),
            McpCommand.Create(host),
            ConnectCommand.Create(host),
            PreflightCommand.Create(host),
            ConnectorsCommand.Create(host),
            SyncCommand.Create(host),
            RunsCommand.Create(host),
            AccessCommand.Create(host),
            FactsCommand.Create(host),
            CollectCommand.Create(host),
            EvidenceCommand.Create(host),
            ProvisioningCommand.Create(host),
            CheckCommand.Create(host),
            FrameworkCommand.Create(host),
            ActionCommand.Create(host),
            ReviewCommand.Create(host),
            RequestCommand.Create(host),
            MembersCommand.Create(host),
            TeamsCommand.Create(host),
            ProjectsCommand.Create(host),
            NonHumanCommand.Create(host),
            BackupCommands.Make(host),
            BackupCommands.Restore(host),
            AuditCommand.Create(host),
            ApplyCommands.Apply(host),
            ApplyCommands.Export(host),
            MoveCommand.Create(host),
            DoctorCommand.Create(host),
            SimulatorCommand.Create(host),
            CompletionCommand.Create(host),
            VersionCommand.Create(host),
        ];
        Array.ForEach(commands, Root.Add);
    }
}
