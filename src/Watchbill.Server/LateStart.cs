using Microsoft.Extensions.Hosting;

namespace Watchbill.Server;

/// <summary>Begins work in the background a little after the server answers: whoever opens the first page after a start has the processor to themselves.</summary>
internal sealed class LateStart<TWorker>(TWorker worker, ServerOptions options, TimeProvider clock) : BackgroundService
    where TWorker : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await worker.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(options.Settling, clock, stoppingToken);
        await worker.StartAsync(stoppingToken);
        await worker.ExecuteTask!;
    }
}
