using Microsoft.Extensions.Logging;
using Watchbill.Integrity.Timestamps;

namespace Watchbill.Server.Syncing;

/// <summary>Has the evidence log stamped by a time authority, where one is configured.</summary>
internal sealed partial class StampWorker(StampLog log, TimeProvider clock, ILogger<StampWorker> logger) : StepWorker(TimeSpan.FromMinutes(5), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [log.RunAsync];

    protected override void OnBroken(Exception exception)
    {
        if (exception is TimestampException refused)
        {
            Refused(logger, refused.Message);
        }
        else
        {
            Broke(logger, exception);
        }
    }

    [LoggerMessage(EventId = 1048, Level = LogLevel.Warning, Message = "The evidence log was not stamped; it is tried again. {Reason}")]
    private static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(EventId = 1049, Level = LogLevel.Error, Message = "The evidence log could not be stamped; it is tried again.")]
    private static partial void Broke(ILogger logger, Exception exception);
}
