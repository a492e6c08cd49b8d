using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>The SQL of API tokens. A revoked token keeps its row: it shows who had what until when.</summary>
internal static class ApiTokenStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
        builder.Entity<ApiTokenRow>().HasIdentityKey(row => row.Id));

    public static async Task<ApiTokenId> InsertAsync(Transaction transaction, ApiTokenRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    /// <summary>The token with this digest and its owner, when both are good: asked on each request, so one question.</summary>
    public static async Task<(ApiTokenRow Token, AccountRow Owner)?> FindAsync(
        DatabaseSession session, string digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (
            from row in session.Connection.GetTable<ApiTokenRow>()
            join account in session.Connection.GetTable<AccountRow>() on row.AccountId equals account.Id
            where row.TokenDigest == digest && row.ExpiresAt > now && row.RevokedAt == null && account.State == AccountState.Active
            select new { row, account }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.row, found.account);
    }

    public static Task<ApiTokenRow?> FindAsync(DatabaseSession session, ApiTokenId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ApiTokenRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The tokens of one account, or of all, newest first.</summary>
    public static async Task<IReadOnlyList<OwnedApiToken>> ListAsync(DatabaseSession session, AccountId? owner, CancellationToken cancellationToken)
    {
        var tokens = session.Connection.GetTable<ApiTokenRow>().AsQueryable();
        if (owner is { } id)
        {
            tokens = tokens.Where(row => row.AccountId == id);
        }

        var rows = await (
            from row in tokens
            join account in session.Connection.GetTable<AccountRow>() on row.AccountId equals account.Id
            orderby row.Id descending
            select new { row, account }).ToListAsync(cancellationToken);
        return [.. rows.Select(static found => new OwnedApiToken(found.row.ToToken(), found.account.ToAccount()))];
    }

    public static Task<int> CountLivingAsync(Transaction transaction, AccountId owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ApiTokenRow>()
            .CountAsync(row => row.AccountId == owner && row.RevokedAt == null && row.ExpiresAt > now, cancellationToken);

    public static async Task<bool> TryRevokeAsync(Transaction transaction, ApiTokenId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ApiTokenRow>()
            .Where(row => row.Id == id && row.RevokedAt == null)
            .Set(row => row.RevokedAt, at)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Notes a use; never turns the clock back.</summary>
    public static Task TouchAsync(Transaction transaction, ApiTokenId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ApiTokenRow>()
            .Where(row => row.Id == id && (row.LastUsedAt == null || row.LastUsedAt < at))
            .Set(row => row.LastUsedAt, at)
            .UpdateAsync(cancellationToken);
}

/// <summary>A row of the API tokens' table.</summary>
internal sealed record ApiTokenRow
{
    public ApiTokenId Id { get; init; }

    public AccountId AccountId { get; init; }

    public required string Name { get; init; }

    public required string Rights { get; init; }

    public required string TokenDigest { get; init; }

    public required string LastFour { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public ApiToken ToToken() => new()
    {
        Id = Id,
        AccountId = AccountId,
        Name = Name,
        Rights = NameList.Parse<Right>(Rights),
        LastFour = LastFour,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        LastUsedAt = LastUsedAt,
        RevokedAt = RevokedAt,
    };
}
