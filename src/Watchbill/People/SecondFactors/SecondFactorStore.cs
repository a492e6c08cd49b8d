using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SecondFactors;

/// <summary>The SQL of second factors. Whoever judges or changes one holds its lock until their transaction ends; beginning to set one up changes nothing that is asked for.</summary>
internal static class SecondFactorStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.Entity<SecondFactorRow>().HasKey(row => row.AccountId);
        builder.Entity<RecoveryCodeRow>().HasPrimaryKey(row => new { row.AccountId, row.Digest });
    });

    public static Task LockAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken) =>
        Database.LockAsync(transaction, $"second factor {account}", cancellationToken);

    public static Task<SecondFactorRow?> FindAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        session.Connection.GetTable<SecondFactorRow>().FirstOrDefaultAsync(row => row.AccountId == account, cancellationToken);

    /// <summary>Keeps the secret of one that is being set up, beside the one that is there.</summary>
    public static Task SetBegunAsync(Transaction transaction, AccountId account, string begun, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SecondFactorRow>()
            .InsertOrUpdateAsync(() => new SecondFactorRow { AccountId = account, Begun = begun, LastStep = 0 }, row => new SecondFactorRow { Begun = begun }, cancellationToken);

    /// <summary>Makes a secret that was begun, and proved by the code of a step, the one that is asked for.</summary>
    public static Task SetUpAsync(Transaction transaction, AccountId account, string secret, long step, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SecondFactorRow>()
            .Where(row => row.AccountId == account)
            .Set(row => row.Secret, secret)
            .Set(row => row.Begun, (string?)null)
            .Set(row => row.LastStep, step)
            .UpdateAsync(cancellationToken);

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

/// <summary>What makes the codes of an account. Secrets are encrypted by the vault.</summary>
internal sealed record SecondFactorRow
{
    public AccountId AccountId { get; init; }

    /// <summary>That of the codes that are asked for; null while there are none.</summary>
    public string? Secret { get; init; }

    /// <summary>That of one that is being set up: nothing is asked for by it, and whoever begins anew replaces it. Null when nobody is at it.</summary>
    public string? Begun { get; init; }

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
