using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Watchbill.Access;
using Watchbill.Audit;
using Watchbill.Connectors.Collecting;
using Watchbill.Connectors.Provisioning;
using Watchbill.Connectors.Sentry;
using Watchbill.Connectors.Sentry.Changing;
using Watchbill.Connectors.Sentry.Evidence;
using Watchbill.Evidence;
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
        AddStores(services);
        AddRuns(services);
        AddUseCases(services);
        AddCollecting(services);
        AddProvisioning(services);
        AddQueries(services);
        return services;
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton(provider => new ConnectorStore(Get<Database>(provider)));
        services.AddSingleton(provider => new SyncRunStore(Get<Database>(provider)));
        services.AddSingleton(provider => new ConnectorOwnerStore(Get<Database>(provider)));
        services.AddSingleton(provider => new SyncRequestStore(Get<Database>(provider)));
        services.AddSingleton(provider => new ConnectionDraftStore(Get<Database>(provider)));
        services.AddSingleton<ConnectorBelongings>();
        services.AddSingleton<ConnectorWriter>();
        services.TryAddSingleton<NoOwners>();
        services.TryAddSingleton<IOwnerDirectory>(static provider => Get<NoOwners>(provider));
        services.TryAddSingleton<IOwnerMail>(static provider => Get<NoOwners>(provider));
        services.AddSingleton<OwnerNotices>();
    }

    private static void AddRuns(IServiceCollection services)
    {
        services.AddSingleton<SentryBudgets>();
        services.AddSingleton<SentryClients>();
        services.AddSingleton<SentrySource>();
        services.AddSingleton<RunEnding>();
        services.AddSingleton<RunBook>();
        services.AddSingleton(provider => new SyncOrganization(
            Get<ConnectorStore>(provider), Get<RunBook>(provider), Get<Ledger>(provider),
            Get<SentrySource>(provider), Get<SyncOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new RequestSync(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<SyncRequestStore>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SyncQueue(
            Get<SyncRequestStore>(provider), Get<SyncRunStore>(provider), Get<RequestSync>(provider),
            Get<SyncOrganization>(provider), Get<SyncOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new WatchAuditLog(
            Get<ConnectorStore>(provider), Get<RunBook>(provider), Get<Ledger>(provider),
            Get<SentrySource>(provider), Get<RequestSync>(provider), Get<TimeProvider>(provider)));
        services.TryAddSingleton(RetentionOptions.Usual);
        services.AddSingleton(provider => new SweepRunLogs(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<AuditLog>(provider), Get<RetentionOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new DecideHeldRun(
            Get<Database>(provider), Get<SyncRunStore>(provider), Get<ConnectorStore>(provider),
            Get<Ledger>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton(provider => new PreflightCheck(Get<SentryBudgets>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ConnectionDrafts(
            Get<ConnectionDraftStore>(provider), Get<ConnectorStore>(provider), Get<OwnerNotices>(provider), Get<PreflightCheck>(provider),
            Get<SecretVault>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ConnectSentry(
            Get<ConnectorWriter>(provider), Get<PreflightCheck>(provider), Get<ConnectionDrafts>(provider),
            Get<SecretVault>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new EditConnector(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<SyncRunStore>(provider), Get<OwnerNotices>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new RotateToken(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<ConnectionDrafts>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageConnector(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<ConnectorBelongings>(provider),
            Get<SecretVault>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
    }

    private static void AddCollecting(IServiceCollection services)
    {
        services.TryAddSingleton(new CollectOptions());
        services.AddSingleton<EvidencePlans>();
        services.AddSingleton<EvidenceSource>();
        services.AddSingleton(provider => new CollectEvidence(
            Get<ConnectorStore>(provider), Get<EvidenceSource>(provider), Get<EvidenceBook>(provider), Get<CollectOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new RequestCollection(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<EvidenceRequests>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new EvidenceQueries(Get<ReadEvidence>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new CollectionQueue(
            Get<ConnectorStore>(provider), Get<ReadEvidence>(provider), Get<EvidenceRequests>(provider),
            Get<CollectEvidence>(provider), Get<CollectOptions>(provider), Get<TimeProvider>(provider)));
    }

    private static void AddProvisioning(IServiceCollection services)
    {
        services.TryAddSingleton(new ProvisioningOptions());
        services.AddSingleton(provider => new ProvisioningStore(Get<Database>(provider)));
        services.AddSingleton<ChangeDesk>();
        services.AddSingleton<ChangeAttempt>();
        services.AddSingleton<ProvisioningEnding>();
        services.AddSingleton(provider => new Provisioner(
            Get<ConnectorStore>(provider), Get<ProvisioningStore>(provider), Get<ChangeAttempt>(provider),
            Get<ProvisioningEnding>(provider), Get<ProvisioningOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new RequestChange(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<ChangeDesk>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageChanges(Get<Database>(provider), Get<ProvisioningStore>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageWriting(
            Get<Database>(provider), Get<ConnectorStore>(provider), Get<ChangeDesk>(provider), Get<SecretVault>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
    }

    private static void AddQueries(IServiceCollection services)
    {
        services.AddSingleton(provider => new PredictSync(Get<Ledger>(provider), Get<OpenFactsStore>(provider)));
        services.AddSingleton(provider => new ConnectorQueries(
            Get<ConnectorStore>(provider), Get<SyncRunStore>(provider), Get<Ledger>(provider)));
        services.AddSingleton(provider => new ConnectorStandings(
            Get<ConnectorStore>(provider), Get<SyncRunStore>(provider), Get<SyncRequestStore>(provider),
            Get<ConnectorOwnerStore>(provider), Get<IOwnerDirectory>(provider), Get<TimeProvider>(provider)));
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
