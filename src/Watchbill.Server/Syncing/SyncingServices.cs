using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Watchbill.Integrity.Timestamps;
using Watchbill.Storage;

namespace Watchbill.Server.Syncing;

/// <summary>The parts of a server that read organizations: schedules say when, the worker does it.</summary>
internal static class SyncingServices
{
    private const string SchedulerName = "watchbill";
    private const int Threads = 4;

    /// <summary>Registers them. On PostgreSQL several servers share one set of schedules, and what a killed one had to fire another one fires.</summary>
    public static void AddSyncing(this IServiceCollection services, ServerOptions options)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(static scheduler => scheduler.InstanceName = SchedulerName);
            quartz.UseDefaultThreadPool(Threads);
            quartz.UsePersistentStore(store => UseDatabase(store, options.Database));
        });
        services.AddQuartzHostedService(static host => host.WaitForJobsToComplete = true);
        services.AddSingleton<SyncSchedules>();
        services.AddHostedService(static provider => provider.GetRequiredService<SyncSchedules>());
        services.AddHostedService<SyncWorker>();
        services.AddHostedService<ProvisioningWorker>();
        services.AddHostedService<ReviewWorker>();
        services.AddHostedService<GrantWorker>();
        services.AddHostedService<DriftWorker>();
        services.AddHostedService<CheckWorker>();
        services.AddHostedService<SealWorker>();
        services.AddSingleton(TimestampOptions.Read(options.Settings));
        services.AddHostedService<StampWorker>();
        if (options.Collects)
        {
            services.AddHostedService<CollectionWorker>();
        }
    }

    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseAddress address)
    {
        if (address.Engine is DatabaseEngine.Sqlite)
        {
            store.UseSqlite(address.ConnectionString);
        }
        else
        {
            store.UsePostgres(address.ConnectionString);
            store.UseClustering(static cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(5);
            });
        }
    }
}
