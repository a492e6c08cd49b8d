using Microsoft.Extensions.Logging;
using Watchbill.Operations.AuditExport;
using Watchbill.Server.Syncing;

namespace Watchbill.Server.Operations;

/// <summary>Hands audit events on to syslog and webhook, soon after they were sealed.</summary>
internal sealed partial class AuditForwardWorker(ForwardAudit forward, TimeProvider clock, ILogger<AuditForwardWorker> logger) : StepWorker(TimeSpan.FromSeconds(5), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [forward.RunAsync];

    protected override void OnBroken(Exception exception)
    {
        foreach (var trouble in exception is AggregateException several ? several.InnerExceptions : (IReadOnlyList<Exception>)[exception])
        {
            NotTaken(logger, trouble.Message);
        }
    }

    [LoggerMessage(EventId = 2021, Level = LogLevel.Warning, Message = "Audit events were not taken, and are sent again: {Problem}")]
    private static partial void NotTaken(ILogger logger, string problem);
}
