using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>
/// Changes an account: its name, its roles, whether it is open. Whoever asks says which version they saw; when it is not the stored one any more,
/// they are told instead of overwriting what somebody else did.
/// </summary>
public sealed class ManageAccount
{
    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageAccount(Database database, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Gives an account other roles. They hold from its next request on.</summary>
    public async Task<Result<Account>> ChangeRolesAsync(
        AccountId id, IReadOnlyCollection<Role> roles, long expectedVersion, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if ((RefuseToManage(id, caller) ?? PersonInput.RefuseRoles(roles) ?? PeopleRules.RefuseBeyond(roles, caller)) is { } refusal)
        {
            return refusal;
        }

        var change = new Change(
            "roles-changed", caller,
            row => row.State is AccountState.Closed ? PeopleRefusals.NotInState("open") : PeopleRules.RefuseRolesOfService(row.Kind, roles) ?? PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller),
            row => row with { Roles = NameList.Write(roles) });
        return await ChangeAsync(id, expectedVersion, change, cancellationToken);
    }

    /// <summary>Gives an account another name: one's own, or with the right to manage accounts anybody's.</summary>
    public async Task<Result<Account>> RenameAsync(AccountId id, string name, long expectedVersion, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != id && caller.Lacks(Right.ManagePeople) is { } refusal)
        {
            return refusal;
        }

        return PersonInput.Name(name) is { } known
            ? await ChangeAsync(id, expectedVersion, new Change("account-renamed", caller, static _ => null, row => row with { Name = known }), cancellationToken)
            : PeopleRefusals.BadName();
    }

    /// <summary>Closes an active account: its sessions end and its API tokens stop working.</summary>
    public async Task<Result<Account>> CloseAsync(AccountId id, long expectedVersion, Caller caller, CancellationToken cancellationToken)
    {
        if (RefuseToManage(id, caller) is { } refusal)
        {
            return refusal;
        }

        var change = new Change(
            "account-closed", caller,
            static row => row.State is AccountState.Active ? null : PeopleRefusals.NotInState("active"),
            row => row with { State = AccountState.Closed, StateSince = _clock.GetUtcNow() });
        return await ChangeAsync(id, expectedVersion, change, cancellationToken);
    }

    /// <summary>Opens a closed account again, with the password and the API tokens it had.</summary>
    public async Task<Result<Account>> ReopenAsync(AccountId id, long expectedVersion, Caller caller, CancellationToken cancellationToken)
    {
        if (RefuseToManage(id, caller) is { } refusal)
        {
            return refusal;
        }

        var change = new Change(
            "account-reopened", caller,
            row => row.State is not AccountState.Closed ? PeopleRefusals.NotInState("closed")
                : row.AcceptedAt is null ? PeopleRefusals.NeverAccepted()
                : PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller),
            row => row with { State = AccountState.Active, StateSince = _clock.GetUtcNow() });
        return await ChangeAsync(id, expectedVersion, change, cancellationToken);
    }

    private static Refusal? RefuseToManage(AccountId id, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ManagePeople) ?? (caller.Account == id ? PeopleRefusals.NotOwnRoles() : null);
    }

    private Task<Result<Account>> ChangeAsync(AccountId id, long expectedVersion, Change change, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<Result<Account>>(
            async transaction =>
            {
                await SuperAdministrators.LockAsync(transaction, cancellationToken);
                if (await AccountStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return PeopleRefusals.NoSuchAccount(id);
                }

                if (row.Version != expectedVersion)
                {
                    return PeopleRefusals.ChangedMeanwhile();
                }

                return (change.Refuse(row) ?? await RefuseLastAsync(transaction, row, change.Apply(row), cancellationToken)) is { } refusal
                    ? refusal
                    : await WriteAsync(transaction, row, change, cancellationToken);
            },
            cancellationToken);

    private async Task<Result<Account>> WriteAsync(Transaction transaction, AccountRow row, Change change, CancellationToken cancellationToken)
    {
        var after = change.Apply(row);
        if (!await AccountStore.TryUpdateAsync(transaction, after, cancellationToken))
        {
            return PeopleRefusals.ChangedMeanwhile();
        }

        if (after.State is AccountState.Closed)
        {
            await WaysIn.EndAsync(transaction, row.Id, except: default, cancellationToken);
        }

        await _audit.AppendAsync(transaction, PeopleEvents.Changed(change.Action, row, after, change.Caller.Actor), cancellationToken);
        return (after with { Version = row.Version + 1 }).ToAccount();
    }

    private static async Task<Refusal?> RefuseLastAsync(Transaction transaction, AccountRow before, AccountRow after, CancellationToken cancellationToken) =>
        !SuperAdministrators.Has(after) && await SuperAdministrators.IsLastAsync(transaction, before, cancellationToken)
            ? PeopleRefusals.LastSuperAdministrator()
            : null;

    /// <summary>What happens to a row, unless something about it refuses.</summary>
    private sealed record Change(string Action, Caller Caller, Func<AccountRow, Refusal?> Refuse, Func<AccountRow, AccountRow> Apply);
}
