using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Access.Matching;
using Watchbill.Access.Roles;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>What the items of a campaign are made of.</summary>
/// <param name="Accounts">The organization and whose accounts are whose.</param>
/// <param name="Beginnings">Since when grants are known and who gave them, by the ledger's keys.</param>
/// <param name="Before">The items of the last completed campaign; null when there was none.</param>
internal sealed record PopulationBasis(
    MatchedAccounts Accounts, IReadOnlyDictionary<string, (DateTimeOffset Since, string? By)> Beginnings, IReadOnlyList<ReviewItem>? Before);

/// <summary>Turns an organization into review items: every grant in the scope, once.</summary>
internal sealed class Population
{
    private const int DormantDays = 90;

    private readonly PopulationBasis _basis;
    private readonly ReviewScope _scope;
    private readonly AccessGraph _graph;
    private readonly Dictionary<(GrantKind, string, string), ReviewItem>? _before;

    private Population(PopulationBasis basis, ReviewScope scope)
    {
        _basis = basis;
        _scope = scope;
        _graph = basis.Accounts.Picture.Graph;
        _before = basis.Before?.ToDictionary(static item => (item.Kind, item.Principal, item.Resource));
    }

    /// <summary>The items, by address, then organization before teams; without reviewers.</summary>
    public static IReadOnlyList<ReviewItem> Of(PopulationBasis basis, ReviewScope scope) => [.. new Population(basis, scope).Items()];

    private IEnumerable<ReviewItem> Items()
    {
        foreach (var account in _basis.Accounts.Accounts.Where(IsInScope))
        {
            if (_scope.Kinds.Contains(GrantKind.OrgRole) && _scope.Teams.Count == 0 && Kept(OrgRole(account)) is { } role)
            {
                yield return role;
            }

            if (_scope.Kinds.Contains(GrantKind.TeamMembership))
            {
                foreach (var place in Places(account).Select(Kept).OfType<ReviewItem>())
                {
                    yield return place;
                }
            }
        }

        if (_scope.Kinds.Contains(GrantKind.NonHuman) && _scope is { Roles.Count: 0, Teams.Count: 0, AccountKinds.Count: 0, InactiveDays: null })
        {
            foreach (var item in _basis.Accounts.Picture.NonHumans.Select(NonHuman).Select(Kept).OfType<ReviewItem>())
            {
                yield return item;
            }
        }
    }

    private bool IsInScope(AccountMatch account) =>
        (_scope.Roles.Count == 0 || _scope.Roles.Contains(account.Member.OrgRole))
        && (_scope.AccountKinds.Count == 0 || _scope.AccountKinds.Contains(account.Kind))
        && !(_scope.WithoutInvitations && account.Member.Pending)
        && (_scope.InactiveDays is not { } days || account.IsDormant(_graph.At.AddDays(-days)));

    private ReviewItem? Kept(ReviewItem item) => (_scope.PrivilegedOnly && !item.IsPrivileged) || (_scope.NewOnly && item.Change is "same") ? null : item;

    private ReviewItem OrgRole(AccountMatch account) => Compared(new ReviewItem
    {
        Kind = GrantKind.OrgRole,
        Principal = account.Member.Id,
        Name = account.Member.Name,
        Email = account.Member.Email,
        Identity = account.Identity?.Id,
        Resource = "",
        ResourceName = _graph.Organization?.Slug ?? "organization",
        Role = account.Member.OrgRole,
        IsPrivileged = IsPrivileged(account.Row.Role),
        Facts = FactsOf(account, account.Member.Id) with { Projects = account.Row.Reachable },
        AdviceReason = "",
        Change = "",
        ReviewerBy = "",
    }, account);

    private IEnumerable<ReviewItem> Places(AccountMatch account)
    {
        foreach (var edge in _graph.MembershipsOf(account.Member).OrderBy(edge => _graph.FindTeam(edge.TeamId)?.Slug ?? edge.TeamId, StringComparer.Ordinal))
        {
            if (_scope.Teams.Count > 0 && !_scope.Teams.Contains(edge.TeamId))
            {
                continue;
            }

            var team = _graph.FindTeam(edge.TeamId);
            var role = _graph.Roles.EffectiveTeamRole(edge.TeamRole, account.Row.Role, _graph.TeamRolesInForce);
            yield return Compared(new ReviewItem
            {
                Kind = GrantKind.TeamMembership,
                Principal = account.Member.Id,
                Name = account.Member.Name,
                Email = account.Member.Email,
                Identity = account.Identity?.Id,
                Resource = edge.TeamId,
                ResourceName = team?.Slug ?? edge.TeamId,
                Role = role.Id,
                IsPrivileged = role.Rank > 0,
                Facts = FactsOf(account, TeamMembershipFact.KeyOf(edge.TeamId, account.Member.Id)) with
                {
                    Projects = team is null ? 0 : _graph.ProjectsOf(team).Count,
                    Caveat = Caveat(account.Row.Role),
                },
                AdviceReason = "",
                Change = "",
                ReviewerBy = "",
            }, account);
        }
    }

    /// <summary>Taking somebody off a team ends less than it seems where something else leads to the same.</summary>
    private string? Caveat(OrgRole role) =>
        role.IsGlobal ? $"The organization role {role.Id} reaches every project without a team."
        : _graph.OpenMembership is true ? "Under open membership everybody may join the team again and reaches its projects anyhow."
        : null;

    private ReviewItem NonHuman(NonHumanRow row)
    {
        var since = _basis.Beginnings.TryGetValue(row.Principal.Key, out var begun) ? begun : default;
        return Compared(new ReviewItem
        {
            Kind = GrantKind.NonHuman,
            Principal = row.Principal.Key,
            Name = row.Principal.Name,
            Email = "",
            Resource = row.Project?.Id ?? "",
            ResourceName = row.Project?.Slug ?? _graph.Organization?.Slug ?? "organization",
            Role = row.Scopes?.ToString() ?? "scopes not told",
            IsPrivileged = row.Scopes is not { } scopes || scopes.ToString().Contains(":admin", StringComparison.Ordinal) || scopes.ToString().Contains("org:write", StringComparison.Ordinal),
            Facts = new ReviewFacts
            {
                State = Word.Of(row.Principal.Kind),
                ActivityTold = row.LastActive is not null,
                LastActive = row.LastActive,
                Since = row.Principal.DateCreated ?? since.Since,
                GivenBy = since.By,
                Caveat = "Sentry's API lets nobody take it away here; a revocation is escalated to a person.",
            },
            AdviceReason = "",
            Change = "",
            ReviewerBy = "",
        }, account: null);
    }

    private ReviewFacts FactsOf(AccountMatch account, string key)
    {
        var begun = _basis.Beginnings.TryGetValue(key, out var found) ? found : default;
        return new ReviewFacts
        {
            State = Word.Of(account.Row.State),
            AccountKind = Word.Of(account.Kind),
            Match = _basis.Accounts.HasPeople ? Word.Of(account.State) : null,
            TwoFactor = account.Member.HasTwoFactor,
            ActivityTold = account.Row.ActivityTold,
            LastActive = account.Row.LastActive,
            Since = begun.Since == default ? null : begun.Since,
            GivenBy = begun.By,
        };
    }

    /// <summary>Compared with the last review, and with what the facts suggest.</summary>
    private ReviewItem Compared(ReviewItem item, AccountMatch? account)
    {
        var was = _before?.GetValueOrDefault((item.Kind, item.Principal, item.Resource));
        var (advice, reason) = account is null ? OfProgram(item) : Advise(item, account);
        return item with
        {
            Advice = advice,
            AdviceReason = reason,
            Change = _before is null ? "first" : was is null ? "new" : was.Role == item.Role ? "same" : "role changed",
            PreviousDecision = was?.Decision,
            PreviousReason = was?.Reason,
            PreviousAt = was?.SubmittedAt,
        };
    }

    private (Advice Advice, string Reason) Advise(ReviewItem item, AccountMatch account) => (account, item.Facts) switch
    {
        ({ State: MatchState.Leaver, Identity: { } identity }, _) when account.Kind is AccountKind.Person => (Advice.Revoke, $"{identity.Name} left{(identity.InactiveSince is { } since ? $", known since {since:yyyy-MM-dd}" : "")}."),
        (_, { State: "invitation-expired" }) => (Advice.Revoke, "The invitation was never accepted and can no longer be."),
        (_, { State: "deactivated" }) => (Advice.Revoke, "The user account is deactivated."),
        _ when account.IsDormant(_graph.At.AddDays(-DormantDays)) => (Advice.Revoke, item.Facts.LastActive is { } last ? $"Not active since {last:yyyy-MM-dd}, more than {DormantDays} days." : "Never active."),
        ({ State: MatchState.Orphaned }, { Match: not null }) => (Advice.Look, "The account belongs to nobody in a directory."),
        ({ State: MatchState.Ambiguous }, _) => (Advice.Look, "The account may belong to several people."),
        (_, { TwoFactor: false }) when item.IsPrivileged => (Advice.Look, "Privileged, without a second factor."),
        (_, { State: "invited" }) => (Advice.Look, "The invitation is still open."),
        _ when item.IsPrivileged => (Advice.Look, "Privileged: others can be governed with it."),
        (_, { ActivityTold: false }) => (Advice.Look, "Sentry does not tell when it was last used."),
        _ => (Advice.Keep, $"Active within {DormantDays} days."),
    };

    private static (Advice Advice, string Reason) OfProgram(ReviewItem item) =>
        item.IsPrivileged ? (Advice.Look, "It can govern others, or its scopes are not told.") : (Advice.Look, "No person answers for it in Sentry; make sure that somebody does.");

    private static bool IsPrivileged(OrgRole role) => role.IsGlobal || !role.IsKnown || role.Id is "admin";
}
