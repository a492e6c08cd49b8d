using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SecondFactors;

/// <summary>The SQL of second factors. Whoever judges or changes one holds its lock until their transaction ends.</summary>
internal static class SecondFactorStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.Entity<SecondFactorRow>().HasPrimaryKey(row => row.AccountId);
        builder.Entity<RecoveryCodeRow>().HasPrimaryKey(row => new { row.AccountId, row.Digest });
    });

    public static Task LockAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken) =>
        Database.LockAsync(transaction, $"second factor {account}", cancellationToken);

    public static Task<SecondFactorRow?> FindAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        session.Connection.GetTable<SecondFactorRow>().FirstOrDefaultAsync(row => row.AccountId == account, cancellationToken);

    public static Task PutAsync(Transaction transaction, SecondFactorRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertOrReplaceAsync(row, token: cancellationToken);

    /// <summary>Notes that the code of a step was used.</summary>
    public static Task SetStepAsync(Transaction transaction, AccountId account, long step, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SecondFactorRow>().Where(row => row.AccountId == account).Set(row => row.LastStep, step).UpdateAsync(cancellationToken);

    public static Task<bool> HasCodeAsync(DatabaseSession session, AccountId account, string digest, CancellationToken cancellationToken) =>
        session.Connection.GetTable<RecoveryCodeRow>().AnyAsync(row => row.AccountId == account && row.Digest == digest, cancellationToken);

    public static Task<int> CountCodesAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        session.Connection.GetTable<RecoveryCodeRow>().CountAsync(row => row.AccountId == account, cancellationToken);

    public static Task DeleteCodeAsync(Transaction transaction, AccountId account, string digest, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<RecoveryCodeRow>().DeleteAsync(row => row.AccountId == account && row.Digest == digest, cancellationToken);

    public static async Task ReplaceCodesAsync(Transaction transaction, AccountId account, IEnumerable<string> digests, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<RecoveryCodeRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
        foreach (var digest in digests)
        {
            await transaction.Connection.InsertAsync(new RecoveryCodeRow { AccountId = account, Digest = digest }, token: cancellationToken);
        }
    }

    public static async Task DeleteAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<SecondFactorRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
        await transaction.Connection.GetTable<RecoveryCodeRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
    }
}

/// <summary>What makes the codes of an account. It is asked for codes once the account says since when it has a second factor; before, it is being set up.</summary>
internal sealed record SecondFactorRow
{
    public AccountId AccountId { get; init; }

    /// <summary>Encrypted by the vault.</summary>
    public required string Secret { get; init; }

    /// <summary>The step of the last code that was used; zero before the first.</summary>
    public long LastStep { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"second factor of {AccountId}";
}

/// <summary>A code that is still good for once.</summary>
internal sealed record RecoveryCodeRow
{
    public AccountId AccountId { get; init; }

    public required string Digest { get; init; }
}
