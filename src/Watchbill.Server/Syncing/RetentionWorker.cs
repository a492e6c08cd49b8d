using Microsoft.Extensions.Logging;
using Watchbill.Connectors;

namespace Watchbill.Server.Syncing;

/// <summary>Removes what is kept for a time only, when that time is over.</summary>
internal sealed partial class RetentionWorker(SweepRunLogs runLogs, TimeProvider clock, ILogger<RetentionWorker> log) : StepWorker(TimeSpan.FromHours(1), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [SweepAsync];

    protected override void OnBroken(Exception exception) => Broke(log, exception);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (await runLogs.RunAsync(cancellationToken) is > 0 and var removed)
        {
            Removed(log, removed);
        }
    }

    [LoggerMessage(EventId = 1050, Level = LogLevel.Information, Message = "The logs of {Runs} old runs were removed.")]
    private static partial void Removed(ILogger log, int runs);

    [LoggerMessage(EventId = 1051, Level = LogLevel.Error, Message = "Logs of old runs could not be removed; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
