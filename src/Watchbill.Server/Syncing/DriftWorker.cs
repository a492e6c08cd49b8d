using Microsoft.Extensions.Logging;
using Watchbill.Requests.Drifts;

namespace Watchbill.Server.Syncing;

/// <summary>Compares what Sentry shows with what was granted, soon after each read.</summary>
internal sealed partial class DriftWorker(FindDrift drift, TimeProvider clock, ILogger<DriftWorker> log) : StepWorker(TimeSpan.FromSeconds(5), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [CompareAsync];

    protected override void OnBroken(Exception exception) => Broke(log, exception);

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        if (await drift.RunAsync(cancellationToken) is > 0 and var found)
        {
            Found(log, found);
        }
    }

    [LoggerMessage(EventId = 1043, Level = LogLevel.Warning, Message = "Access that differs from what was granted: {Count} found.")]
    private static partial void Found(ILogger log, int count);

    [LoggerMessage(EventId = 1044, Level = LogLevel.Error, Message = "Comparing access with what was granted broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
