using Watchbill.Access.Effective;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Reviews.Absences;

namespace Watchbill.Reviews;

/// <summary>
/// Who may review what: accounts of Watchbill and the people behind them. Nobody reviews access of their own, by whichever of their addresses the account in Sentry is
/// known.
/// </summary>
internal sealed class ReviewerPool
{
    private readonly AccountBook _accounts;
    private readonly Dictionary<AccountId, AccountId> _standIns;
    private readonly Dictionary<AccountId, int> _load = [];

    public ReviewerPool(AccountBook accounts, IEnumerable<Absence> away)
    {
        _accounts = accounts;
        _standIns = away.ToDictionary(static absence => absence.Account, static absence => absence.StandIn);
    }

    /// <summary>Everybody who can review something.</summary>
    public IReadOnlyCollection<OwnerAccount> All => _accounts.All;

    public bool Has(AccountId account) => _accounts.Has(account);

    /// <summary>Whether the grant is this account's own.</summary>
    public bool IsOwn(AccountId reviewer, ReviewItem item) => item.Kind is not GrantKind.NonHuman && _accounts.IsSamePerson(reviewer, item.Email, item.Identity);

    /// <summary>Who reviews in the place of somebody who is away; null when they are here, or the stand-in is away or closed too.</summary>
    public AccountId? StandInFor(AccountId account) => _standIns.TryGetValue(account, out var standIn) && Has(standIn) && !_standIns.ContainsKey(standIn) ? standIn : null;

    /// <summary>Whether somebody may take an item over: not about their own access, and not when they review another stage of it.</summary>
    public bool MayTake(AccountId account, ReviewItem item) =>
        Has(account) && !IsOwn(account, item) && !item.Stages.Where((_, index) => index != item.Stage - 1).Any(stage => stage.Reviewer == account);

    /// <summary>What to call somebody.</summary>
    public string NameOf(AccountId account) => _accounts.NameOf(account);

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
        ReviewerRule.Manager => item.Identity is { } id ? _accounts.ManagersOf(id) : [],
        ReviewerRule.TeamAdmin => item.Kind is GrantKind.TeamMembership && graph.FindTeam(item.Resource) is { } team ? _accounts.AdminsOf(team, graph) : [],
    };

    /// <summary>Of several the one who has least to do; of those, the one with the smallest number, so that the same input gives the same answer.</summary>
    private AccountId Least(IReadOnlyList<AccountId> able)
    {
        var least = able.OrderBy(account => _load.GetValueOrDefault(account)).ThenBy(static account => account.Value).First();
        _load[least] = _load.GetValueOrDefault(least) + 1;
        return least;
    }
}
