using Watchbill.Access.Effective;
using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Connectors;

/// <summary>The open accounts of Watchbill and the people behind them, at one instant: whose access is whose, and who looks after what in Sentry.</summary>
internal sealed class AccountBook
{
    private readonly Dictionary<AccountId, OwnerAccount> _accounts;
    private readonly ILookup<string, OwnerAccount> _byAddress;
    private readonly IdentitySnapshot _people;

    public AccountBook(IReadOnlyList<OwnerAccount> accounts, IdentitySnapshot people)
    {
        _accounts = accounts.ToDictionary(static account => account.Id);
        _byAddress = accounts.ToLookup(static account => account.Email.ToLowerInvariant(), StringComparer.Ordinal);
        _people = people;
    }

    public IReadOnlyCollection<OwnerAccount> All => _accounts.Values;

    public bool Has(AccountId account) => _accounts.ContainsKey(account);

    /// <summary>What to call somebody.</summary>
    public string NameOf(AccountId account) => _accounts.TryGetValue(account, out var known) ? known.Name : $"account {account}";

    /// <summary>Every address under which the person behind an account may be known, in lower case; the account's own first.</summary>
    public IReadOnlyList<string> AddressesOf(AccountId account) => _accounts.TryGetValue(account, out var known)
        ? [.. _people.WithAddress(known.Email).SelectMany(static one => one.Aliases.Prepend(one.Email)).Prepend(known.Email.ToLowerInvariant()).Distinct(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether an account in Sentry with this address, or of this identity, is the person behind an account of Watchbill.</summary>
    public bool IsSamePerson(AccountId account, string email, IdentityId? identity)
    {
        if (!_accounts.TryGetValue(account, out var known))
        {
            return false;
        }

        var address = email.ToLowerInvariant();
        var theirs = _people.WithAddress(known.Email).ToList();
        return address.Equals(known.Email, StringComparison.OrdinalIgnoreCase)
            || (identity is { } id && theirs.Any(one => one.Id == id))
            || theirs.Any(one => one.Email == address || one.Aliases.Contains(address));
    }

    /// <summary>The accounts of an identity.</summary>
    public IEnumerable<AccountId> AccountsOf(Identity identity) => identity.Aliases.Prepend(identity.Email).SelectMany(address => _byAddress[address]).Select(static account => account.Id);

    /// <summary>The account with this address, or one of the person who has it.</summary>
    public IEnumerable<AccountId> AccountsWith(string email) =>
        _byAddress[email.ToLowerInvariant()].Select(static account => account.Id).Concat(_people.WithAddress(email).SelectMany(AccountsOf));

    /// <summary>The accounts of an identity's manager; nobody when the directory tells none who is active.</summary>
    public IEnumerable<AccountId> ManagersOf(IdentityId id) =>
        _people.Find(id) is { } identity && _people.ManagerOf(identity) is { IsActive: true } manager ? AccountsOf(manager) : [];

    /// <summary>The accounts of the managers of whoever has this address.</summary>
    public IEnumerable<AccountId> ManagersOf(string email) => _people.WithAddress(email).SelectMany(identity => ManagersOf(identity.Id));

    /// <summary>Those who are admins of the team, by their stored role there or by what their organization role makes of it.</summary>
    public IEnumerable<AccountId> AdminsOf(TeamNode team, AccessGraph graph) =>
        from edge in graph.MembershipsOf(team)
        let member = graph.FindMember(edge.MemberId)
        where member is { Pending: false } && graph.Roles.EffectiveTeamRole(edge.TeamRole, graph.Roles.OrgRole(member.OrgRole), graph.TeamRolesInForce).Rank > 0
        from account in AccountsWith(member.Email)
        select account;
}
