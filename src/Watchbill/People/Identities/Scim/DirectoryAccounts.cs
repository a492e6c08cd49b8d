using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.SingleSignOn;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>
/// Accounts here as an identity provider pushes them: whoever is in a group that gives a role has an account with these roles, and whoever is in none any more, or left, has
/// none. Only for directories that an administrator let decide, in the transaction in which the provider pushes.
/// </summary>
internal sealed class DirectoryAccounts(SingleSignOnOptions options, AccountClosing closing, AuditLog audit, TimeProvider clock)
{
    /// <summary>Whether a directory decides at all.</summary>
    public bool Decides(DirectoryRow directory) => directory.DecidesAccounts && options.DirectoryRoles.Count > 0;

    /// <summary>The roles that a group gives; none where settings do not name it.</summary>
    public IReadOnlyList<Role> RolesOf(string group) => options.DirectoryRoles.GetValueOrDefault(group) ?? [];

    /// <summary>Makes the accounts of some people what their groups say now.</summary>
    public async Task FollowAsync(Transaction transaction, DirectoryRow directory, IReadOnlyCollection<IdentityRow> people, Actor pusher, CancellationToken cancellationToken)
    {
        if (!Decides(directory) || people.Count == 0)
        {
            return;
        }

        // In the order in which signing in locks: addresses first, sorted, then what is one for all.
        foreach (var address in people.Select(static person => person.Email).Distinct().Order(StringComparer.Ordinal))
        {
            await Database.LockAsync(transaction, $"address {address}", cancellationToken);
        }

        await SuperAdministrators.LockAsync(transaction, cancellationToken);
        foreach (var person in people)
        {
            await FollowAsync(transaction, person, pusher, cancellationToken);
        }
    }

    private async Task FollowAsync(Transaction transaction, IdentityRow person, Actor pusher, CancellationToken cancellationToken)
    {
        List<Role> roles = person.IsActive ? [.. (await ScimGroupStore.NamesOfAsync(transaction, person.Id, cancellationToken)).SelectMany(RolesOf).Distinct().Order()] : [];
        var tie = await ScimGroupStore.OfIdentityAsync(transaction, person.Id, cancellationToken);
        var account = tie is null ? await AccountStore.FindAsync(transaction, person.Email, cancellationToken) : await AccountStore.FindAsync(transaction, tie.AccountId, cancellationToken);
        if (roles.Count == 0)
        {
            if (tie is not null && account is { State: not AccountState.Closed })
            {
                await CloseAsync(transaction, account, tie, pusher, cancellationToken);
            }
        }
        else if (account is null)
        {
            await MakeAsync(transaction, person, roles, pusher, cancellationToken);
        }
        else if (account.Kind is HolderKind.Person && (tie ?? await AdoptAsync(transaction, account, person, cancellationToken)) is { } own)
        {
            await SettleAsync(transaction, account, (own, person, roles), pusher, cancellationToken);
        }
    }

    /// <summary>Nobody is mailed: they sign in at the provider, which is when the account becomes active.</summary>
    private async Task MakeAsync(Transaction transaction, IdentityRow person, IReadOnlyList<Role> roles, Actor pusher, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = new AccountRow { Name = person.Name, Address = person.Email, Roles = NameList.Write(roles), State = AccountState.Invited, StateSince = now, Version = 1, CreatedAt = now };
        var id = await AccountStore.InsertAsync(transaction, row, cancellationToken);
        await ScimGroupStore.SaveAsync(transaction, new DirectoryAccountRow { AccountId = id, IdentityId = person.Id }, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.Made("account-made", row, id, pusher) with { Reason = "The identity provider pushed a group that gives a role." }, cancellationToken);
    }

    /// <summary>
    /// An account that was here before; null when it is somebody else's already, or an administrator closed it. Whoever was deleted at the provider and is pushed anew gets back what was theirs.
    /// </summary>
    private static async Task<DirectoryAccountRow?> AdoptAsync(Transaction transaction, AccountRow account, IdentityRow person, CancellationToken cancellationToken)
    {
        var before = await ScimGroupStore.OfAccountAsync(transaction, account.Id, cancellationToken);
        if (before is null ? account.State is AccountState.Closed : await IdentityStore.FindAsync(transaction, before.IdentityId, cancellationToken) is { IsDeleted: false })
        {
            return null;
        }

        var tie = new DirectoryAccountRow { AccountId = account.Id, IdentityId = person.Id, IsClosed = before?.IsClosed ?? false };
        await ScimGroupStore.SaveAsync(transaction, tie, cancellationToken);
        return tie;
    }

    private async Task SettleAsync(
        Transaction transaction, AccountRow account, (DirectoryAccountRow Tie, IdentityRow Person, IReadOnlyList<Role> Roles) own, Actor pusher, CancellationToken cancellationToken)
    {
        if (account.State is AccountState.Closed && !own.Tie.IsClosed)
        {
            return;
        }

        var isLast = !own.Roles.Contains(Role.SuperAdministrator) && await SuperAdministrators.IsLastAsync(transaction, account, cancellationToken);
        var opens = account.State is AccountState.Closed;
        var after = account with
        {
            Address = await AddressAsync(transaction, account, own.Person, cancellationToken),
            Roles = NameList.Write(isLast ? [.. own.Roles, Role.SuperAdministrator] : own.Roles),
            State = opens ? account.AcceptedAt is null ? AccountState.Invited : AccountState.Active : account.State,
            StateSince = opens ? clock.GetUtcNow() : account.StateSince,
        };
        if (after == account)
        {
            return;
        }

        await AccountStore.UpdateAsync(transaction, after, cancellationToken);
        await ScimGroupStore.SaveAsync(transaction, own.Tie with { IsClosed = false }, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.Changed(opens ? "account-reopened" : "roles-changed", account, after, pusher) with { Reason = Why(isLast) }, cancellationToken);
    }

    /// <summary>Whoever never came yet is found by the address when they do, so it has to be the one that the provider knows now; afterwards the provider's number finds them.</summary>
    private static async Task<string> AddressAsync(Transaction transaction, AccountRow account, IdentityRow person, CancellationToken cancellationToken) =>
        account.AcceptedAt is null && account.Address != person.Email && await AccountStore.FindAsync(transaction, person.Email, cancellationToken) is null ? person.Email : account.Address;

    private async Task CloseAsync(Transaction transaction, AccountRow account, DirectoryAccountRow tie, Actor pusher, CancellationToken cancellationToken)
    {
        if (await closing.CloseAsync(transaction, account, "Its person left, or is in no group that gives a role, says the identity provider.", pusher, cancellationToken))
        {
            await ScimGroupStore.SaveAsync(transaction, tie with { IsClosed = true }, cancellationToken);
        }
    }

    private static string Why(bool isLast) => isLast ? SuperAdministrators.WhyLastStays : "The identity provider pushed other groups.";
}
