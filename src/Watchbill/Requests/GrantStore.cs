using LinqToDB;
using LinqToDB.Async;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>
/// The SQL of grants. Grants are written only under the lock of the organization's changes, so that what is due is decided once, whoever decides it.
/// </summary>
internal static class GrantStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        foreach (var type in (Type[])[typeof(GrantState), typeof(GrantProvisioning)])
        {
            builder.MappingSchema.SetDefaultFromEnumType(type, typeof(string));
        }

        builder.Entity<GrantRow>().HasTableName("temporary_grant").HasIdentityKey(row => row.Id)
            .Property(row => row.Ending).HasConversion(static ending => ending == null ? null : ending.Value.ToString(), static text => text == null ? null : Enum.Parse<GrantEnding>(text));
    });

    /// <summary>Waits until nobody else decides about the organization's grants and changes.</summary>
    public static Task LockAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        Database.LockAsync(transaction, $"provisioning {connector}", cancellationToken);

    public static async Task<TemporaryGrantId> InsertAsync(Transaction transaction, GrantRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<int> UpdateAsync(Transaction transaction, GrantRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static Task<GrantRow?> FindAsync(DatabaseSession session, TemporaryGrantId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GrantRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Several at once.</summary>
    public static async Task<IReadOnlyList<GrantRow>> ByIdAsync(DatabaseSession session, IReadOnlyList<TemporaryGrantId> ids, CancellationToken cancellationToken)
    {
        List<GrantRow> found = [];
        foreach (var part in ids.Chunk(500))
        {
            found.AddRange(await session.Connection.GetTable<GrantRow>().Where(row => part.Contains(row.Id)).ToListAsync(cancellationToken));
        }

        return found;
    }

    public static Task<GrantRow?> FindByTaskAsync(DatabaseSession session, ProvisioningTaskId task, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GrantRow>().FirstOrDefaultAsync(row => row.TaskId == (ProvisioningTaskId?)task, cancellationToken);

    public static Task<GrantRow?> FindByRequestAsync(DatabaseSession session, AccessRequestId request, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GrantRow>().FirstOrDefaultAsync(row => row.RequestId == request, cancellationToken);

    /// <summary>Other grants of the same place that count, or that are not proven to be gone.</summary>
    public static async Task<IReadOnlyList<GrantRow>> BesideAsync(DatabaseSession session, GrantRow grant, CancellationToken cancellationToken) =>
        [.. (await session.Connection.GetTable<GrantRow>()
            .Where(row => row.ConnectorId == grant.ConnectorId && row.Member == grant.Member && row.Kind == grant.Kind)
            .Where(row => row.State == GrantState.Active || row.Provisioning == GrantProvisioning.Revoking || row.Provisioning == GrantProvisioning.RevokeFailed)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken)).Where(row => row.IsBeside(grant))];

    /// <summary>The newest first.</summary>
    public static Task<List<GrantRow>> ListAsync(DatabaseSession session, GrantSearch search, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<GrantRow>().AsQueryable();
        rows = search.Account is { } account ? rows.Where(row => row.AccountId == (AccountId?)account) : rows;
        rows = search.OnlyOpen ? rows.Where(row => row.State != GrantState.Ended || row.Provisioning == GrantProvisioning.Revoking || row.Provisioning == GrantProvisioning.RevokeFailed) : rows;
        return (search.OnlyOpen ? rows.OrderBy(row => row.EndsAt).ThenBy(row => row.Id) : rows.OrderByDescending(row => row.Id)).Take(search.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Those whose beginning, or end, is due; the longest due first.</summary>
    public static async Task<IReadOnlyList<GrantRow>> DueAsync(DatabaseSession session, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<GrantRow>();
        var ends = await rows.Where(row => (row.State == GrantState.Active || row.State == GrantState.Scheduled) && row.EndsAt <= now).OrderBy(row => row.EndsAt).Take(limit).ToListAsync(cancellationToken);
        var starts = await rows.Where(row => row.State == GrantState.Scheduled && row.StartsAt <= now && row.EndsAt > now).OrderBy(row => row.StartsAt).Take(limit).ToListAsync(cancellationToken);
        return [.. ends, .. starts];
    }

    /// <summary>Those that do not go on by themselves: a person withdrew their change, they may be tried to take back again, or their source was removed.</summary>
    public static Task<List<GrantRow>> StuckAsync(DatabaseSession session, DateTimeOffset failedBefore, CancellationToken cancellationToken)
    {
        GrantProvisioning[] unsettled = [GrantProvisioning.Granting, GrantProvisioning.Revoking, GrantProvisioning.RevokeFailed, GrantProvisioning.GrantFailed];
        var (tasks, connectors) = (session.Connection.GetTable<ProvisioningRow>(), session.Connection.GetTable<ConnectorRow>());
        return session.Connection.GetTable<GrantRow>()
            .Where(row => unsettled.Contains(row.Provisioning))
            .Where(row => !connectors.Any(connector => connector.Id == row.ConnectorId) || (row.Provisioning != GrantProvisioning.GrantFailed && tasks.Any(task => (ProvisioningTaskId?)task.Id == row.TaskId
                && (task.State == ProvisioningState.Withdrawn || (task.State == ProvisioningState.Escalated && row.Provisioning == GrantProvisioning.RevokeFailed && task.EndedAt <= failedBefore)))))
            .OrderBy(row => row.Id).Take(1000).ToListAsync(cancellationToken);
    }

    /// <summary>Those about whose end nobody was warned, and that end before an instant.</summary>
    public static Task<List<GrantRow>> UnwarnedAsync(DatabaseSession session, DateTimeOffset before, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GrantRow>().Where(row => row.State == GrantState.Active && row.WarnedAt == null && row.EndsAt <= before).OrderBy(row => row.EndsAt).Take(500).ToListAsync(cancellationToken);
}

/// <summary>Which grants to show.</summary>
internal sealed record GrantSearch
{
    public AccountId? Account { get; init; }

    public bool OnlyOpen { get; init; }

    public int Limit { get; init; } = KeepGrants.MostListed;
}
