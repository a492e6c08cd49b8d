using Watchbill.Cli.Output;
using Watchbill.Connectors;

namespace Watchbill.Cli.Commands;

/// <summary>Runs a sync with a progress display, and tells what became of it.</summary>
internal sealed class SyncReport(CommandContext context)
{
    public async Task<ExitCode> RunAsync(Connector connector, SyncMode mode, CancellationToken cancellationToken)
    {
        var run = await ReadAsync(connector, mode, cancellationToken);
        if (run is null)
        {
            return _refused;
        }

        var scopes = await context.Watchbill.ScopesAsync(run.Id, cancellationToken);
        context.Show(RunSheets.Finished(connector, run, context.Choice.Format is OutputFormat.Table ? [.. scopes.Value.Where(RunSheets.IsNotable)] : scopes.Value));
        SayWhatNow(run);
        return ExitCodes.Of(run.State);
    }

    private ExitCode _refused;

    /// <summary>The run; null when it was refused, which has been said then.</summary>
    public async Task<SyncRun?> ReadAsync(Connector connector, SyncMode mode, CancellationToken cancellationToken)
    {
        using var display = new SyncDisplay(context.Terminal, connector.Name);
        var run = await context.Watchbill.SyncAsync(connector, mode, display, cancellationToken);
        display.Dispose();
        if (run.Succeeded)
        {
            return run.Value;
        }

        _refused = context.Refuse(run.Refusal!);
        return null;
    }

    private void SayWhatNow(SyncRun run)
    {
        if (run.State is SyncRunState.NeedsConfirmation)
        {
            context.Say($"Look at what it would end: watchbill runs difference {run.Id}; then: watchbill runs confirm {run.Id}, or: watchbill runs reject {run.Id} --reason WHY");
        }
        else if (run.State is SyncRunState.Degraded or SyncRunState.Failed)
        {
            context.Say($"Its whole log: watchbill runs log {run.Id}");
        }
    }
}
