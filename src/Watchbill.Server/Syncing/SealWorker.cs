using Microsoft.Extensions.Logging;
using Watchbill.Integrity;

namespace Watchbill.Server.Syncing;

/// <summary>Puts audit events into the evidence log, soon after they were written.</summary>
internal sealed partial class SealWorker(SealLog log, TimeProvider clock, ILogger<SealWorker> logger) : StepWorker(TimeSpan.FromSeconds(5), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [log.RunAsync];

    protected override void OnBroken(Exception exception) => Broke(logger, exception);

    [LoggerMessage(EventId = 1047, Level = LogLevel.Error, Message = "Audit events could not be put into the evidence log; it is tried again.")]
    private static partial void Broke(ILogger logger, Exception exception);
}
