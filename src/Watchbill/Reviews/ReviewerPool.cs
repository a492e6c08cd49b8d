using Watchbill.Access.Effective;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Reviews;

/// <summary>
/// Who may review what: accounts of Watchbill and the people behind them. Nobody reviews access of their own, by whichever of their addresses the account in Sentry is
/// known.
/// </summary>
internal sealed class ReviewerPool
{
    private readonly Dictionary<AccountId, OwnerAccount> _accounts;
    private readonly ILookup<string, OwnerAccount> _byAddress;
    private readonly IdentitySnapshot _people;
    private readonly Dictionary<AccountId, int> _load = [];

    public ReviewerPool(IReadOnlyList<OwnerAccount> accounts, IdentitySnapshot people)
    {
        _accounts = accounts.ToDictionary(static account => account.Id);
        _byAddress = accounts.ToLookup(static account => account.Email.ToLowerInvariant(), StringComparer.Ordinal);
        _people = people;
    }

    public bool Has(AccountId account) => _accounts.ContainsKey(account);

    /// <summary>Whether the grant is this account's own.</summary>
    public bool IsOwn(AccountId reviewer, ReviewItem item)
    {
        if (item.Kind is GrantKind.NonHuman || !_accounts.TryGetValue(reviewer, out var account))
        {
            return false;
        }

        var address = account.Email.ToLowerInvariant();
        var theirs = _people.WithAddress(address).ToList();
        var email = item.Email.ToLowerInvariant();
        return email == address
            || (item.Identity is { } identity && theirs.Any(one => one.Id == identity))
            || theirs.Any(one => one.Email == email || one.Aliases.Contains(email));
    }

    /// <summary>What to call somebody.</summary>
    public string NameOf(AccountId account) => _accounts.TryGetValue(account, out var known) ? known.Name : $"account {account}";

    /// <summary>The item with the reviewers of all its stages, each another person; null when in some stage everybody who could is the person in question or reviews another stage.</summary>
    public ReviewItem? Assign(ReviewItem item, CampaignDraft plan, AccessGraph graph)
    {
        List<ItemStage> stages = [];
        foreach (var choice in plan.Later.Prepend(plan.Reviewers))
        {
            if (Choose(item, choice with { Second = choice.Second ?? plan.Reviewers.Second }, plan.Owner, graph, [.. stages.Select(static stage => stage.Reviewer)]) is not { } chosen)
            {
                return null;
            }

            stages.Add(new ItemStage(chosen.Reviewer, chosen.By));
        }

        return item with { Reviewer = stages[0].Reviewer, ReviewerBy = stages[0].By, Stages = stages.Count == 1 ? [] : stages };
    }

    /// <summary>Who reviews one stage of an item and by which rule; null for nobody.</summary>
    private (AccountId Reviewer, string By)? Choose(ReviewItem item, ReviewerChoice choice, AccountId owner, AccessGraph graph, IReadOnlyList<AccountId> earlier)
    {
        foreach (var rule in choice.Rules)
        {
            var able = Candidates(rule, item, choice, graph).Where(May).Distinct().ToList();
            if (able.Count > 0)
            {
                return (Least(able), Word.Of(rule));
            }
        }

        return May(owner) ? (Least([owner]), "owner")
            : choice.Second is { } second && May(new AccountId(second)) ? (Least([new AccountId(second)]), "second")
            : null;

        bool May(AccountId account) => Has(account) && !IsOwn(account, item) && !earlier.Contains(account);
    }

    private IEnumerable<AccountId> Candidates(ReviewerRule rule, ReviewItem item, ReviewerChoice choice, AccessGraph graph) => rule switch
    {
        ReviewerRule.Named => choice.Named.Select(static id => new AccountId(id)),
        ReviewerRule.Manager => item.Identity is { } id && _people.Find(id) is { } identity && _people.ManagerOf(identity) is { IsActive: true } manager ? AccountsOf(manager) : [],
        ReviewerRule.TeamAdmin => item.Kind is GrantKind.TeamMembership && graph.FindTeam(item.Resource) is { } team ? AdminsOf(team, graph) : [],
    };

    /// <summary>Those who are admins of the team, by their stored role there or by what their organization role makes of it.</summary>
    private IEnumerable<AccountId> AdminsOf(TeamNode team, AccessGraph graph) =>
        from edge in graph.MembershipsOf(team)
        let member = graph.FindMember(edge.MemberId)
        where member is { Pending: false } && graph.Roles.EffectiveTeamRole(edge.TeamRole, graph.Roles.OrgRole(member.OrgRole), graph.TeamRolesInForce).Rank > 0
        from account in AccountsWith(member.Email)
        select account;

    private IEnumerable<AccountId> AccountsOf(Identity identity) => identity.Aliases.Prepend(identity.Email).SelectMany(address => _byAddress[address]).Select(static account => account.Id);

    /// <summary>The account with this address, or one of the person who has it.</summary>
    private IEnumerable<AccountId> AccountsWith(string email) =>
        _byAddress[email.ToLowerInvariant()].Select(static account => account.Id).Concat(_people.WithAddress(email).SelectMany(AccountsOf));

    /// <summary>Of several the one who has least to do; of those, the one with the smallest number, so that the same input gives the same answer.</summary>
    private AccountId Least(IReadOnlyList<AccountId> able)
    {
        var least = able.OrderBy(account => _load.GetValueOrDefault(account)).ThenBy(static account => account.Value).First();
        _load[least] = _load.GetValueOrDefault(least) + 1;
        return least;
    }
}
