using Watchbill.Access.Effective;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People.Identities;
using Watchbill.Reviews.Absences;

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
    private readonly Dictionary<AccountId, AccountId> _standIns;
    private readonly Dictionary<AccountId, int> _load = [];

    public ReviewerPool(IReadOnlyList<OwnerAccount> accounts, IdentitySnapshot people, IEnumerable<Absence> away)
    {
        _standIns = away.ToDictionary(static absence => absence.Account, static absence => absence.StandIn);
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

    /// <summary>Who reviews in the place of somebody who is away; null when they are here, or the stand-in is away or closed too.</summary>
    public AccountId? StandInFor(AccountId account) => _standIns.TryGetValue(account, out var standIn) && Has(standIn) && !_standIns.ContainsKey(standIn) ? standIn : null;

    /// <summary>Whether somebody may take an item over: not about their own access, and not when they review another stage of it.</summary>
    public bool MayTake(AccountId account, ReviewItem item) =>
        Has(account) && !IsOwn(account, item) && !item.Stages.Where((_, index) => index != item.Stage - 1).Any(stage => stage.Reviewer == account);

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
            if (Take([.. Candidates(rule, item, choice, graph)], Word.Of(rule)) is { } found)
            {
                return found;
            }
        }

        // Somebody who is away, and whose stand-in may not, is asked before the review could not start.
        return Take([owner], "owner")
            ?? (choice.Second is { } second ? Take([new AccountId(second)], "second") : null)
            ?? (May(owner) ? (Least([owner]), "owner") : null);

        // Those who are here; when none is, the stand-ins of those who are away.
        (AccountId, string)? Take(IReadOnlyList<AccountId> candidates, string by)
        {
            var here = candidates.Where(account => !_standIns.ContainsKey(account) && May(account)).Distinct().ToList();
            var standIns = here.Count > 0 ? [] : candidates.Select(StandInFor).OfType<AccountId>().Where(May).Distinct().ToList();
            return here.Count > 0 ? (Least(here), by) : standIns.Count > 0 ? (Least(standIns), "stand-in") : null;
        }

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
