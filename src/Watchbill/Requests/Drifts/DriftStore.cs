using LinqToDB;
using LinqToDB.Async;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests.Drifts;

/// <summary>The SQL of drifts. They are written only under the lock of the organization's changes.</summary>
internal static class DriftStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        foreach (var type in (Type[])[typeof(DriftKind), typeof(DriftState)])
        {
            builder.MappingSchema.SetDefaultFromEnumType(type, typeof(string));
        }

        builder.Entity<DriftRow>().HasTableName("access_drift").HasIdentityKey(row => row.Id);
    });

    /// <summary>The connectors with access that is to be watched.</summary>
    public static Task<List<ConnectorId>> ConnectorsAsync(DatabaseSession session, DateTimeOffset since, CancellationToken cancellationToken) =>
        Watched(session, since).Select(row => row.ConnectorId).Distinct().ToListAsync(cancellationToken);

    /// <summary>Grants that count, that are not proven to be gone, or that were since an instant.</summary>
    public static Task<List<GrantRow>> WatchedAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset since, CancellationToken cancellationToken) =>
        Watched(session, since).Where(row => row.ConnectorId == connector).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What is open or was accepted, the newest first.</summary>
    public static Task<List<DriftRow>> StandingAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DriftRow>().Where(row => row.ConnectorId == connector && (row.State == DriftState.Open || row.State == DriftState.Accepted))
            .OrderByDescending(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The newest change of a place that Watchbill proved after an instant; null for none.</summary>
    public static async Task<ProvisioningRow?> OwnChangeAsync(DatabaseSession session, GrantRow grant, DateTimeOffset after, CancellationToken cancellationToken)
    {
        ChangeKind[] kinds = grant.Kind is AccessKind.OrgRole ? [ChangeKind.ChangeOrgRole] : [ChangeKind.JoinTeam, ChangeKind.LeaveTeam, ChangeKind.ChangeTeamRole];
        return await session.Connection.GetTable<ProvisioningRow>()
            .Where(row => row.ConnectorId == grant.ConnectorId && row.State == ProvisioningState.Proven && row.Member == grant.Member && row.ReadBackAt > after)
            .Where(row => row.Kind == ChangeKind.RemoveMember || (kinds.Contains(row.Kind) && row.Team == grant.Team))
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether somebody must still say what becomes of access in a place.</summary>
    public static Task<bool> IsOpenAsync(DatabaseSession session, GrantRow place, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DriftRow>().Where(row => row.ConnectorId == place.ConnectorId && row.State == DriftState.Open)
            .Join(
                session.Connection.GetTable<GrantRow>().Where(grant => grant.Member == place.Member && grant.Kind == place.Kind && grant.Team == place.Team),
                static row => row.GrantId, static grant => grant.Id, static (row, _) => row.Id)
            .AnyAsync(cancellationToken);

    /// <summary>What is open about a grant.</summary>
    public static Task<DriftRow?> FindOpenAsync(DatabaseSession session, TemporaryGrantId grant, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DriftRow>().FirstOrDefaultAsync(row => row.GrantId == grant && row.State == DriftState.Open, cancellationToken);

    public static Task<DriftRow?> FindAsync(DatabaseSession session, AccessDriftId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DriftRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>How many are open.</summary>
    public static Task<int> CountOpenAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DriftRow>().CountAsync(row => row.State == DriftState.Open, cancellationToken);

    /// <summary>Open ones first, then the newest.</summary>
    public static Task<List<DriftRow>> ListAsync(DatabaseSession session, bool onlyOpen, int limit, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<DriftRow>().AsQueryable();
        rows = onlyOpen ? rows.Where(row => row.State == DriftState.Open) : rows;
        return rows.OrderBy(row => row.State == DriftState.Open ? 0 : 1).ThenByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    public static async Task<AccessDriftId> InsertAsync(Transaction transaction, DriftRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<int> UpdateAsync(Transaction transaction, DriftRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    private static IQueryable<GrantRow> Watched(DatabaseSession session, DateTimeOffset since) => session.Connection.GetTable<GrantRow>().Where(row =>
        row.State == GrantState.Active || row.Provisioning == GrantProvisioning.Revoking || row.Provisioning == GrantProvisioning.RevokeFailed
        || (row.Provisioning == GrantProvisioning.Revoked && row.RevokedAt > since));
}

/// <summary>A row of the drifts' table.</summary>
internal sealed record DriftRow
{
    public AccessDriftId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public TemporaryGrantId GrantId { get; init; }

    public DriftKind Kind { get; init; }

    public DriftState State { get; init; }

    public string? FoundRole { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public string? LoggedActor { get; init; }

    public DateTimeOffset? LoggedAt { get; init; }

    public string? Reason { get; init; }

    public AccountId? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public AccessDrift ToDrift(GrantRow grant, AccessRequestRow request) => new()
    {
        Id = Id,
        Connector = ConnectorId,
        Grant = grant.ToGrant(),
        Request = request.ToRequest(),
        Kind = Kind,
        State = State,
        FoundRole = FoundRole,
        FoundAt = FoundAt,
        LoggedActor = LoggedActor,
        LoggedAt = LoggedAt,
        Reason = Reason,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
    };
}
