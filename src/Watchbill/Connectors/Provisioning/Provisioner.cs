using Watchbill.Connectors.Sentry.Changing;
using Watchbill.Kernel;

namespace Watchbill.Connectors.Provisioning;

/// <summary>
/// Makes the changes that are due: read, send, read back. Only what is read back ends a change well. Killed at any line, the next process reads first and sees what
/// had happened, so that a change takes effect once.
/// </summary>
public sealed class Provisioner
{
    private readonly ConnectorStore _connectors;
    private readonly ProvisioningStore _tasks;
    private readonly ChangeAttempt _attempt;
    private readonly ProvisioningEnding _ending;
    private readonly ProvisioningOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _owner = ProcessName.Current();

    internal Provisioner(
        ConnectorStore connectors, ProvisioningStore tasks, ChangeAttempt attempt, ProvisioningEnding ending, ProvisioningOptions options, TimeProvider clock)
    {
        _connectors = connectors;
        _tasks = tasks;
        _attempt = attempt;
        _ending = ending;
        _options = options;
        _clock = clock;
    }

    /// <summary>The connectors that have something to change now.</summary>
    public Task<IReadOnlyList<ConnectorId>> ConnectorsAsync(CancellationToken cancellationToken) => _tasks.ConnectorsWithDueAsync(_clock.GetUtcNow(), cancellationToken);

    /// <summary>Makes all changes of a connector that are due, one after the other.</summary>
    /// <returns>What became of each.</returns>
    public async Task<IReadOnlyList<ProvisioningTask>> RunDueAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        List<ProvisioningTask> done = [];
        while (true)
        {
            var now = _clock.GetUtcNow();
            if (await _tasks.ClaimAsync(connector, _owner, now, now + _options.Lease, cancellationToken) is not { } held)
            {
                return done;
            }

            if (await RunAsync(held, cancellationToken) is { } ended)
            {
                done.Add(ended);
            }
        }
    }

    private async Task<ProvisioningTask?> RunAsync(ProvisioningRow held, CancellationToken cancellationToken)
    {
        if (await _connectors.FindAsync(held.ConnectorId, cancellationToken) is not { } connector)
        {
            return null;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var keeper = new LeaseKeeper(
            token => _tasks.TryRenewAsync(held, _clock.GetUtcNow() + _options.Lease, token), _options.Lease / 3, _clock, stop);
        try
        {
            return await _ending.WriteAsync(connector, held, await _attempt.RunAsync(connector, held, stop.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process has it: what it reads counts, and nothing is written here.
            return null;
        }
    }
}
