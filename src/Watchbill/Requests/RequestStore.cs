using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>The SQL of policies and requests. Every change of a request is guarded by the state that was seen.</summary>
internal static class RequestStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        foreach (var type in (Type[])[typeof(AccessKind), typeof(RequestState), typeof(Verdict)])
        {
            builder.MappingSchema.SetDefaultFromEnumType(type, typeof(string));
        }

        builder.Entity<PolicyRow>().HasTableName("request_policy").HasIdentityKey(row => row.Id);
        builder.Entity<PolicyVersionRow>().HasTableName("request_policy_version").HasIdentityKey(row => row.Id);
        builder.Entity<AccessRequestRow>().HasTableName("access_request").HasIdentityKey(row => row.Id);
        builder.Entity<ApprovalRow>().HasTableName("access_approval").HasIdentityKey(row => row.Id);
    });

    /// <summary>In the order in which they are asked.</summary>
    public static Task<List<PolicyRow>> PoliciesAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<PolicyRow>().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task<PolicyRow?> FindPolicyAsync(DatabaseSession session, RequestPolicyId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<PolicyRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    public static async Task<RequestPolicyId> InsertPolicyAsync(Transaction transaction, PolicyRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    /// <summary>Writes a policy whose version was looked at under the lock of the policies.</summary>
    public static Task<int> UpdatePolicyAsync(Transaction transaction, PolicyRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static async Task KeepVersionAsync(Transaction transaction, PolicyRow row, Actor actor, CancellationToken cancellationToken) =>
        await transaction.Connection.InsertAsync(
            new PolicyVersionRow
            {
                PolicyId = row.Id,
                Version = row.Version,
                Name = row.Name,
                Position = row.Position,
                IsOn = row.IsOn,
                Rules = row.Rules,
                ActorKind = actor.Kind.ToString(),
                ActorId = actor.Id,
                At = row.ChangedAt,
            },
            token: cancellationToken);

    /// <summary>The newest first.</summary>
    public static Task<List<PolicyVersionRow>> VersionsAsync(DatabaseSession session, RequestPolicyId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<PolicyVersionRow>().Where(row => row.PolicyId == id).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);

    public static async Task<AccessRequestId> InsertAsync(Transaction transaction, AccessRequestRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<AccessRequestRow?> FindAsync(DatabaseSession session, AccessRequestId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Several at once.</summary>
    public static async Task<IReadOnlyList<AccessRequestRow>> ByIdAsync(DatabaseSession session, IReadOnlyList<AccessRequestId> ids, CancellationToken cancellationToken)
    {
        List<AccessRequestRow> found = [];
        foreach (var part in ids.Chunk(500))
        {
            found.AddRange(await session.Connection.GetTable<AccessRequestRow>().Where(row => part.Contains(row.Id)).ToListAsync(cancellationToken));
        }

        return found;
    }

    /// <summary>The newest first.</summary>
    public static Task<List<AccessRequestRow>> ListAsync(DatabaseSession session, RequestSearch search, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<AccessRequestRow>().AsQueryable();
        rows = search.Account is { } account ? rows.Where(row => row.AccountId == (AccountId?)account) : rows;
        rows = search.State is { } state ? rows.Where(row => row.State == state) : rows;
        rows = search.OnlyEmergencies ? rows.Where(row => row.IsBreakGlass) : rows;
        rows = search.Before is { } before ? rows.Where(row => IsBefore(row.Id, before)) : rows;
        return rows.OrderByDescending(row => row.Id).Take(search.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>All that wait for somebody.</summary>
    public static Task<List<AccessRequestRow>> OpenAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().Where(row => row.State == RequestState.Submitted).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Those that nobody answered in time.</summary>
    public static Task<List<AccessRequestRow>> UnansweredAsync(DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().Where(row => row.State == RequestState.Submitted && row.ExpiresAt <= now).OrderBy(row => row.Id).Take(200).ToListAsync(cancellationToken);

    /// <summary>Emergencies that somebody should have looked at by now, and about which nobody was reminded.</summary>
    public static Task<List<AccessRequestRow>> UnreviewedAsync(DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().Where(row => row.IsBreakGlass && row.ReviewedAt == null && row.ReviewDueAt <= now && row.Note == null).OrderBy(row => row.Id).Take(200).ToListAsync(cancellationToken);

    /// <summary>The same request of the same person that is still open.</summary>
    public static Task<AccessRequestRow?> FindSameAsync(DatabaseSession session, ConnectorId connector, string member, AccessTarget target, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().FirstOrDefaultAsync(
            row => row.State == RequestState.Submitted && row.ConnectorId == connector && row.Member == member && row.Kind == target.Kind && row.Team == target.Team && row.Role == target.Role, cancellationToken);

    /// <summary>Moves a request on that is still at the step that was seen.</summary>
    public static async Task<bool> TryMoveAsync(Transaction transaction, AccessRequestRow from, AccessRequestRow to, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<AccessRequestRow>().Where(row => row.Id == from.Id && row.State == from.State && row.Step == from.Step)
            .Set(row => row.State, to.State)
            .Set(row => row.Step, to.Step)
            .Set(row => row.DecidedAt, to.DecidedAt)
            .Set(row => row.GrantedMinutes, to.GrantedMinutes)
            .Set(row => row.Note, to.Note)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Notes what somebody thinks of an emergency that nobody looked at before.</summary>
    public static async Task<bool> TryReviewAsync(Transaction transaction, AccessRequestRow reviewed, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<AccessRequestRow>().Where(row => row.Id == reviewed.Id && row.IsBreakGlass && row.ReviewedAt == null)
            .Set(row => row.ReviewedAt, reviewed.ReviewedAt)
            .Set(row => row.ReviewedBy, reviewed.ReviewedBy)
            .Set(row => row.WasJustified, reviewed.WasJustified)
            .Set(row => row.ReviewNote, reviewed.ReviewNote)
            .UpdateAsync(cancellationToken) == 1;

    public static Task NoteAsync(Transaction transaction, AccessRequestId id, string note, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AccessRequestRow>().Where(row => row.Id == id).Set(row => row.Note, note).UpdateAsync(cancellationToken);

    public static async Task SayAsync(Transaction transaction, ApprovalRow row, CancellationToken cancellationToken) =>
        await transaction.Connection.InsertAsync(row, token: cancellationToken);

    /// <summary>The oldest first.</summary>
    public static Task<List<ApprovalRow>> ApprovalsAsync(DatabaseSession session, AccessRequestId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ApprovalRow>().Where(row => row.RequestId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>How long the last requests under a policy waited, the newest first.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> WaitsAsync(DatabaseSession session, RequestPolicyId policy, CancellationToken cancellationToken)
    {
        var rows = await session.Connection.GetTable<AccessRequestRow>()
            .Where(row => row.PolicyId == policy && row.State == RequestState.Approved && !row.IsBreakGlass)
            .OrderByDescending(row => row.Id).Take(50).Select(row => new { row.RequestedAt, row.DecidedAt }).ToListAsync(cancellationToken);
        return [.. rows.Where(static row => row.DecidedAt is not null).Select(static row => row.DecidedAt!.Value - row.RequestedAt)];
    }

    [Sql.Expression("{0} < {1}", IsPredicate = true, ServerSideOnly = true)]
    private static bool IsBefore(AccessRequestId one, AccessRequestId other) => throw new InvalidOperationException("Only the database compares.");
}

/// <summary>Which requests to show.</summary>
internal sealed record RequestSearch
{
    public AccountId? Account { get; init; }

    public RequestState? State { get; init; }

    public bool OnlyEmergencies { get; init; }

    public AccessRequestId? Before { get; init; }

    public int Limit { get; init; } = 100;
}
