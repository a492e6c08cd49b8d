using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>There is always an active Super Administrator: whoever could take that away holds the lock and asks first.</summary>
internal static class SuperAdministrators
{
    /// <summary>Why an account kept the role, in the words of the audit log.</summary>
    public const string WhyLastStays = "It is the last Super Administrator's.";

    /// <summary>Two who demote each other at once must not both succeed.</summary>
    public static Task LockAsync(Transaction transaction, CancellationToken cancellationToken) => Database.LockAsync(transaction, "super administrators", cancellationToken);

    /// <summary>Whether an account is an active one.</summary>
    public static bool Has(AccountRow row) => row is { State: AccountState.Active, Kind: HolderKind.Person } && row.ToAccount().Roles.Contains(Role.SuperAdministrator);

    /// <summary>Whether an account is the only active one.</summary>
    public static async Task<bool> IsLastAsync(Transaction transaction, AccountRow row, CancellationToken cancellationToken) =>
        Has(row) && !await AccountStore.HasAnotherSuperAdministratorAsync(transaction, row.Id, cancellationToken);
}
