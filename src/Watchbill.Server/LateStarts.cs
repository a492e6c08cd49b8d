using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Watchbill.Server;

/// <summary>Registers work in the background.</summary>
internal static class LateStarts
{
    public static void AddWorker<TWorker>(this IServiceCollection services)
        where TWorker : BackgroundService
    {
        services.AddSingleton<TWorker>();
        services.AddHostedService<LateStart<TWorker>>();
    }
}
