using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.Api;

/// <summary>The SQL of idempotency keys.</summary>
internal static class IdempotencyStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<IdempotencyRow>().HasTableName("idempotency_keys").HasPrimaryKey(row => new { row.Caller, row.Key }));

    public static Task<IdempotencyRow?> FindAsync(DatabaseSession session, string caller, string key, CancellationToken cancellationToken) =>
        session.Connection.GetTable<IdempotencyRow>().Where(row => row.Caller == caller && row.Key == key).FirstOrDefaultAsync(cancellationToken);

    public static Task InsertAsync(Transaction transaction, IdempotencyRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    public static Task AnswerAsync(Transaction transaction, IdempotencyRow row, string answer, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<IdempotencyRow>()
            .Where(other => other.Caller == row.Caller && other.Key == row.Key)
            .Set(other => other.ProtectedAnswer, answer)
            .UpdateAsync(cancellationToken);

    public static Task DeleteAsync(Transaction transaction, IdempotencyRow row, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<IdempotencyRow>().DeleteAsync(other => other.Caller == row.Caller && other.Key == row.Key, cancellationToken);

    public static Task SweepAsync(Transaction transaction, DateTimeOffset before, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<IdempotencyRow>().DeleteAsync(row => row.CreatedAt < before, cancellationToken);
}

/// <summary>A request that said by a key that it must not be carried out twice.</summary>
internal sealed record IdempotencyRow
{
    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>What was asked for, as a digest.</summary>
    public required string Request { get; init; }

    /// <summary>What was answered, as the vault's ciphertext (answers may hold links that are secrets); null until then.</summary>
    public string? ProtectedAnswer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
