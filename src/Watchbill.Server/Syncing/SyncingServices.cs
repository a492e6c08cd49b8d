using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Watchbill.Connectors;
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
        services.AddQuartzHostedService(host =>
        {
            host.WaitForJobsToComplete = true;
            host.StartDelay = options.Settling;
        });
        services.AddWorker<SyncSchedules>();
        services.AddWorker<SyncWorker>();
        services.AddWorker<ProvisioningWorker>();
        services.AddWorker<ReviewWorker>();
        services.AddWorker<GrantWorker>();
        services.AddWorker<DriftWorker>();
        services.AddWorker<CheckWorker>();
        services.AddWorker<SealWorker>();
        services.AddSingleton(RetentionOptions.Read(options.Settings));
        services.AddWorker<RetentionWorker>();
        services.AddSingleton(TimestampOptions.Read(options.Settings));
        services.AddWorker<StampWorker>();
        if (options.Collects)
        {
            services.AddWorker<CollectionWorker>();
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
