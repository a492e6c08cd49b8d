using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>The SQL of sessions. A session that ended is deleted; the audit log remembers that it was.</summary>
internal static class SessionStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
        builder.Entity<SessionRow>().HasIdentityKey(row => row.Id));

    public static async Task<SessionId> InsertAsync(Transaction transaction, SessionRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    /// <summary>The session of a token and its account, when both are good: asked on each request, so one question.</summary>
    public static async Task<(SessionRow Session, AccountRow Account)?> FindAsync(
        DatabaseSession session, string digest, SessionBounds bounds, CancellationToken cancellationToken)
    {
        var found = await (
            from row in session.Connection.GetTable<SessionRow>()
            join account in session.Connection.GetTable<AccountRow>() on row.AccountId equals account.Id
            where row.TokenDigest == digest && row.EndsAt > bounds.Now && row.LastSeenAt > bounds.SeenAfter && account.State == AccountState.Active
            select new { row, account }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.row, found.account);
    }

    public static async Task<IReadOnlyList<SessionRow>> ListAsync(
        DatabaseSession session, AccountId account, SessionBounds bounds, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<SessionRow>()
            .Where(row => row.AccountId == account && row.EndsAt > bounds.Now && row.LastSeenAt > bounds.SeenAfter)
            .OrderByDescending(row => row.LastSeenAt).ThenByDescending(row => row.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Notes a use; never turns the clock back.</summary>
    public static Task TouchAsync(Transaction transaction, SessionId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SessionRow>()
            .Where(row => row.Id == id && row.LastSeenAt < at)
            .Set(row => row.LastSeenAt, at)
            .UpdateAsync(cancellationToken);

    /// <summary>Notes when its person proved to an identity provider who they are, and which session there it comes of; null where it did not say.</summary>
    public static Task ProveAsync(Transaction transaction, SessionId id, DateTimeOffset at, string? providerSession, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SessionRow>().Where(row => row.Id == id).Set(row => row.ProvedAt, at).Set(row => row.ProviderSession, providerSession).UpdateAsync(cancellationToken);

    /// <summary>Notes that its person proved again who they are, and gives it another token.</summary>
    public static async Task<bool> RenewAsync(Transaction transaction, SessionId id, string digest, DateTimeOffset at, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<SessionRow>().Where(row => row.Id == id).Set(row => row.ProvedAt, at).Set(row => row.TokenDigest, digest).UpdateAsync(cancellationToken) == 1;

    public static async Task<bool> DeleteAsync(Transaction transaction, SessionId id, AccountId account, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<SessionRow>().DeleteAsync(row => row.Id == id && row.AccountId == account, cancellationToken) == 1;

    /// <summary>Ends all sessions of an account but one.</summary>
    /// <param name="except">The one that stays; zero when none does.</param>
    /// <returns>How many ended.</returns>
    public static Task<int> DeleteAllAsync(Transaction transaction, AccountId account, SessionId except, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SessionRow>().DeleteAsync(row => row.AccountId == account && row.Id != except, cancellationToken);

    /// <summary>Ends sessions that came of one at the identity provider, where one is named, or else all of an account; only those that began until then.</summary>
    /// <returns>Whose ended, and how many of each.</returns>
    public static async Task<IReadOnlyDictionary<AccountId, int>> DeleteOfProviderAsync(
        Transaction transaction, AccountId? account, string? providerSession, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var rows = transaction.Connection.GetTable<SessionRow>().Where(row => row.CreatedAt <= until && (account == null || row.AccountId == account) && (providerSession == null || row.ProviderSession == providerSession));
        var ended = await rows.GroupBy(row => row.AccountId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(static one => one.Key, static one => one.Count, cancellationToken);
        await rows.DeleteAsync(cancellationToken);
        return ended;
    }

    public static Task SweepAsync(Transaction transaction, SessionBounds bounds, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SessionRow>()
            .DeleteAsync(row => row.EndsAt <= bounds.Now || row.LastSeenAt <= bounds.SeenAfter, cancellationToken);
}

/// <summary>Which sessions still live: they end after <paramref name="Now"/> and were seen after <paramref name="SeenAfter"/>.</summary>
internal sealed record SessionBounds(DateTimeOffset Now, DateTimeOffset SeenAfter);

/// <summary>A row of the sessions' table.</summary>
internal sealed record SessionRow
{
    public SessionId Id { get; init; }

    public AccountId AccountId { get; init; }

    public required string TokenDigest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? ProvedAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public string? ProviderSession { get; init; }

    public string? FromAddress { get; init; }

    public string? UserAgent { get; init; }

    public Session ToSession() => new()
    {
        Id = Id,
        AccountId = AccountId,
        CreatedAt = CreatedAt,
        LastSeenAt = LastSeenAt,
        ProvedAt = ProvedAt ?? CreatedAt,
        EndsAt = EndsAt,
        From = FromAddress,
        UserAgent = UserAgent,
    };
}
