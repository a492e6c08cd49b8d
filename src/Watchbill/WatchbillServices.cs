using Watchbill.Api;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access;
using Watchbill.Access.Changes;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Access.Logged;
using Watchbill.Access.Matching;
using Watchbill.Access.Queries;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Connectors.Sentry;
using Watchbill.Engagements;
using Watchbill.Evidence;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Integrity.Timestamps;
using Watchbill.Notifications;
using Watchbill.Packs;
using Watchbill.Notifications.Channels;
using Watchbill.Notifications.Notices;
using Watchbill.Operations;
using Watchbill.Operations.AuditExport;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Requests;
using Watchbill.Requests.Answering;
using Watchbill.Requests.Drifts;
using Watchbill.Reviews;
using Watchbill.Reviews.Absences;
using Watchbill.Storage;

namespace Watchbill;

/// <summary>Puts the features together for whoever hosts them.</summary>
public static class WatchbillServices
{
    /// <summary>How the rows of all features lie in tables.</summary>
    public static DatabaseModel Model { get; } =
        new(
        [
            AuditStore.Mapping, IdempotencyStore.Mapping, .. PeopleFeature.Mappings, MailStore.Mapping, ChannelStore.Mapping, NoticeStore.Mapping, AccessStoreMapping.Mapping, MatchStore.Mapping,
            ConnectorStore.Mapping, SyncRunStore.Mapping, ConnectorOwnerStore.Mapping, SyncRequestStore.Mapping, ConnectionDraftStore.Mapping, ProvisioningStore.Mapping, EvidenceFeature.Mapping,
            RequestStore.Mapping, GrantStore.Mapping, DriftStore.Mapping, AnswerLinkStore.Mapping, ReviewStore.Mapping, AbsenceStore.Mapping, ComplianceStoreMapping.Mapping, LogStore.Mapping, KeyStore.Mapping, TimestampStore.Mapping, EngagementStore.Mapping, NodeStore.Mapping, ForwardStore.Mapping,
        ]);

    /// <summary>Registers everything on one database.</summary>
    /// <param name="services">The container.</param>
    /// <param name="address">The database; migrate it first with <see cref="Migrator.Migrate"/>.</param>
    /// <param name="keyRingFolder">Where the keys of stored secrets are.</param>
    public static IServiceCollection AddWatchbill(this IServiceCollection services, DatabaseAddress address, string keyRingFolder)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => new Database(address, Model))
            .AddSingleton(_ => new DatabaseHealth(address))
            .AddSingleton(_ => new SecretVault(keyRingFolder))
            .AddSingleton<IdempotencyKeys>()
            .AddSingleton<AuditLog>()
            .AddSingleton<Func<ISealedRecord>>(static () => new SealedLedger())
            .AddSingleton<ReadAudit>()
            .AddSingleton<Ledger>()
            .AddSingleton<LoggedStore>()
            .AddSingleton<OpenFactsStore>()
            .AddSingleton<AccessQueries>()
            .AddSingleton<OrganizationPictures>()
            .AddSingleton<ExploreAccess>()
            .AddSingleton<AccessHistory>()
            .AddSingleton(static provider => new ExplainChanges(provider.GetRequiredService<Database>()))
            .AddSingleton(static provider => new AccountMatching(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<OrganizationPictures>(), provider.GetRequiredService<IdentityBook>(),
                provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddEvidence()
            .AddPeople()
            .AddSingleton<ChannelConnections>(GuardedConnections.HandlerFor)
            .AddNotifications()
            .AddSingleton<SendDigests>()
            .AddSingleton<IOwnerDirectory, AccountOwners>()
            .AddSingleton<IOwnerMail, AccountOwners>()
            .AddConnectors()
            .AddRequests()
            .AddReviews()
            .AddCompliance()
            .AddPacks()
            .AddEngagements()
            .AddOperations(address)
            .AddIntegrity(keyRingFolder);
    }
}
