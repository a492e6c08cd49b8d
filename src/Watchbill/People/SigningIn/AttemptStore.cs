using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>The SQL of counted attempts. Whoever reads to change holds the lock of the key.</summary>
internal static class AttemptStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<AttemptRow>().HasKey(row => row.Key));

    public static Task LockAsync(Transaction transaction, string key, CancellationToken cancellationToken) =>
        Database.LockAsync(transaction, $"attempt {key}", cancellationToken);

    public static Task<AttemptRow?> FindAsync(Transaction transaction, string key, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AttemptRow>().FirstOrDefaultAsync(row => row.Key == key, cancellationToken);

    public static Task PutAsync(Transaction transaction, AttemptRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertOrReplaceAsync(row, token: cancellationToken);

    public static Task DeleteAsync(Transaction transaction, string key, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AttemptRow>().DeleteAsync(row => row.Key == key, cancellationToken);

    public static Task SweepAsync(Transaction transaction, DateTimeOffset before, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AttemptRow>().DeleteAsync(row => row.LastAt < before, cancellationToken);
}

/// <summary>How often something was tried under one key.</summary>
internal sealed record AttemptRow
{
    public required string Key { get; init; }

    public long Count { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public DateTimeOffset? PausedUntil { get; init; }
}
