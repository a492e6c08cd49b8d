using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access;
using Watchbill.Audit;
using Watchbill.Connectors.Sentry;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Connecting to Sentry and syncing from it.</summary>
public static class ConnectorsFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, access and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(new SyncOptions());
        services.AddSingleton(provider => new ConnectorStore(Get<Database>(provider)));
        services.AddSingleton(provider => new SyncRunStore(Get<Database>(provider)));
        services.AddSingleton(provider => new PreflightCheck(Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SentrySource(Get<SecretVault>(provider), Get<SyncOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton<RunBook>();
        services.AddSingleton(provider => new ConnectSentry(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<PreflightCheck>(provider),
            Get<SecretVault>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageConnector(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<SyncRunStore>(provider),
            Get<SecretVault>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new DecideHeldRun(
            Get<Database>(provider), Get<SyncRunStore>(provider), Get<ConnectorStore>(provider),
            Get<Ledger>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SyncOrganization(
            Get<ConnectorStore>(provider), Get<RunBook>(provider), Get<Ledger>(provider),
            Get<SentrySource>(provider), Get<SyncOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new PredictSync(Get<Ledger>(provider)));
        services.AddSingleton(provider => new ConnectorQueries(
            Get<ConnectorStore>(provider), Get<SyncRunStore>(provider), Get<Ledger>(provider)));
        return services;
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
