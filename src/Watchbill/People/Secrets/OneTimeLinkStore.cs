using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Secrets;

/// <summary>The SQL of one-time links.</summary>
internal static class OneTimeLinkStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(OneTimeLinkKind), typeof(string));
        builder.Entity<OneTimeLinkRow>().HasIdentityKey(row => row.Id);
    });

    /// <summary>Makes a link and voids the one of its kind that the account had.</summary>
    public static async Task ReplaceAsync(Transaction transaction, OneTimeLinkRow row, CancellationToken cancellationToken)
    {
        await VoidAsync(transaction, row.Kind, row.AccountId, cancellationToken);
        await transaction.Connection.InsertAsync(row, token: cancellationToken);
    }

    public static Task VoidAsync(Transaction transaction, OneTimeLinkKind kind, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<OneTimeLinkRow>().DeleteAsync(row => row.Kind == kind && row.AccountId == account, cancellationToken);

    public static Task VoidAllAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<OneTimeLinkRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);

    public static Task<OneTimeLinkRow?> FindAsync(DatabaseSession session, OneTimeLinkKind kind, string digest, CancellationToken cancellationToken) =>
        session.Connection.GetTable<OneTimeLinkRow>().FirstOrDefaultAsync(row => row.SecretDigest == digest && row.Kind == kind, cancellationToken);

    /// <summary>Uses the link up. Of several who try at once, one is answered true.</summary>
    public static async Task<bool> TryTakeAsync(Transaction transaction, OneTimeLinkRow link, DateTimeOffset now, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<OneTimeLinkRow>().DeleteAsync(row => row.Id == link.Id && row.ExpiresAt > now, cancellationToken) == 1;

    public static Task SweepAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<OneTimeLinkRow>().DeleteAsync(row => row.ExpiresAt <= now, cancellationToken);
}
