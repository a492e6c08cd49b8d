using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Kernel;
using Watchbill.Operations;
using Watchbill.People;

namespace Watchbill.Server.Operations;

/// <summary>Says that this process lives, and reads for whoever measures how Watchbill stands.</summary>
internal sealed partial class NodeWorker(NodeBook nodes, ReadStatus status, StatusGauges gauges, TelemetryOptions options, TimeProvider clock, ILogger<NodeWorker> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await GuardAsync(() => nodes.LeaveAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(NodeBook.Beat, clock);
        do
        {
            await GuardAsync(() => nodes.BeatAsync(stoppingToken));
            if (options.Measures)
            {
                await GuardAsync(() => MeasureAsync(stoppingToken));
            }
        }
        while (await timer.TickAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var read = await status.RunAsync(Caller.System, cancellationToken);
        if (read.Succeeded)
        {
            gauges.Show(read.Value);
        }
    }

    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Missed(log, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    [LoggerMessage(EventId = 2020, Level = LogLevel.Warning, Message = "No sign of life could be given: {Problem}")]
    private static partial void Missed(ILogger log, string problem);
}
