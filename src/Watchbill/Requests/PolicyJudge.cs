using Watchbill.Access.Effective;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>What a policy makes of a request, before anybody asks.</summary>
public sealed record Evaluation
{
    /// <summary>The policy that counts.</summary>
    public required RequestPolicy Policy { get; init; }

    /// <summary>What the team is called that is asked for; "the organization" for a role in it.</summary>
    public required string ResourceName { get; init; }

    /// <summary>What the person has there already, as a sentence; null for nothing.</summary>
    public string? Held { get; init; }

    /// <summary>The grant that the request would go on from; null for none.</summary>
    public TemporaryGrantId? Extends { get; init; }

    /// <summary>Who would decide, step by step; empty when nobody needs to.</summary>
    public IReadOnlyList<RequestStep> Steps { get; init; } = [];

    /// <summary>Whether the policy's rule would say yes at once.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>The times to choose from, in minutes, the shortest first.</summary>
    public IReadOnlyList<int> Choices { get; init; } = [];

    /// <summary>Half of the requests under this policy were decided within this time; null when there were none.</summary>
    public TimeSpan? TypicalWait { get; init; }
}

/// <summary>Who asks, for whom, in which organization: all that a policy looks at.</summary>
/// <param name="Connector">In which organization.</param>
/// <param name="Graph">The organization.</param>
/// <param name="Member">Who gets it.</param>
/// <param name="Asker">Who asks; null at the command line.</param>
/// <param name="Book">The accounts of Watchbill.</param>
internal sealed record RequestBasis(ConnectorId Connector, AccessGraph Graph, MemberNode Member, AccountId? Asker, AccountBook Book);

/// <summary>Applies policies: which one counts, whether anybody must be asked, and who.</summary>
internal static class PolicyJudge
{
    private static readonly int[] Times = [15, 30, 60, 120, 240, 480, 1440, 4320, 10080, 20160, 43200, 129600];

    /// <summary>The policy that counts; null when none lets the person ask for it.</summary>
    public static RequestPolicy? Choose(IEnumerable<RequestPolicy> policies, RequestBasis basis, AccessTarget target)
    {
        var teams = basis.Graph.MembershipsOf(basis.Member).Select(static edge => edge.TeamId).ToHashSet(StringComparer.Ordinal);
        return policies.FirstOrDefault(policy => policy.IsOn
            && (policy.Rules.Connector is not { } connector || connector == basis.Connector.Value)
            && policy.Rules.Kinds.Contains(target.Kind)
            && policy.Rules.Roles.Contains(target.Role, StringComparer.Ordinal)
            && (target.Team is null || policy.Rules.Teams.Count == 0 || policy.Rules.Teams.Contains(target.Team, StringComparer.Ordinal))
            && (policy.Rules.AskerTeams.Count == 0 || policy.Rules.AskerTeams.Any(teams.Contains)));
    }

    /// <summary>The times that a policy offers.</summary>
    public static IReadOnlyList<int> Choices(PolicyRules rules) => [.. Times.Where(minutes => minutes < rules.LongestMinutes).Append(rules.LongestMinutes)];

    /// <summary>Whether the policy's own rule says yes.</summary>
    public static bool IsAutomatic(PolicyRules rules, RequestBasis basis, int? minutes, DateTimeOffset now)
    {
        if (rules.Auto is not { } auto || (auto.OnTeams.Count == 0 && auto.UpToMinutes is null && auto.FromHour is null))
        {
            return false;
        }

        var teams = basis.Graph.MembershipsOf(basis.Member).Select(static edge => edge.TeamId);
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(auto.TimeZone));
        return (auto.OnTeams.Count == 0 || teams.Any(team => auto.OnTeams.Contains(team, StringComparer.Ordinal)))
            && (auto.UpToMinutes is not { } most || minutes <= most)
            && (auto.FromHour is not { } from || (local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour >= from && local.Hour < auto.UntilHour));
    }

    /// <summary>Who decides, step by step; a refusal when some step would have nobody.</summary>
    public static Result<IReadOnlyList<RequestStep>> Steps(PolicyRules rules, RequestBasis basis, AccessTarget target, IReadOnlyList<AccountId> owners)
    {
        List<RequestStep> steps = [];
        foreach (var step in rules.Steps.Count > 0 ? rules.Steps : [new ApprovalStep { Rules = [] }])
        {
            var found = step.Rules.SelectMany(rule => Candidates(rule, step, basis, target, owners)).Where(May).Distinct().ToList();
            var by = string.Join(", ", step.Rules.Select(Word.Of));
            if (found.Count < step.Needed)
            {
                // Nobody is approved because nobody was found: those who may change access decide too.
                found = [.. found.Concat(basis.Book.All.Where(static account => account.MayChangeAccess).Select(static account => account.Id).Where(May)).Distinct()];
                by = by.Length == 0 ? "administrators" : $"{by}, administrators";
            }

            if (found.Count < step.Needed)
            {
                return RequestRefusals.NobodyDecides();
            }

            steps.Add(new RequestStep { Approvers = [.. found.Select(static id => id.Value).Order()], By = by, Needed = step.Needed });
        }

        return Result.Of<IReadOnlyList<RequestStep>>(steps);

        bool May(AccountId account) => basis.Book.Has(account) && !IsOwn(account, basis.Asker, basis.Member.Email, basis.Book);
    }

    /// <summary>Whether an account is who asks, or the person who gets it.</summary>
    public static bool IsOwn(AccountId account, AccountId? asker, string memberEmail, AccountBook book) =>
        account == asker
        || book.IsSamePerson(account, memberEmail, identity: null)
        || (asker is { } other && book.AddressesOf(other).Intersect(book.AddressesOf(account), StringComparer.Ordinal).Any());

    private static IEnumerable<AccountId> Candidates(ApproverRule rule, ApprovalStep step, RequestBasis basis, AccessTarget target, IReadOnlyList<AccountId> owners) => rule switch
    {
        ApproverRule.TeamAdmin => target.Team is { } id && basis.Graph.FindTeam(id) is { } team ? basis.Book.AdminsOf(team, basis.Graph) : [],
        ApproverRule.Manager => basis.Book.ManagersOf(basis.Member.Email),
        ApproverRule.SourceOwner => owners,
        ApproverRule.Named => step.Named.Select(static id => new AccountId(id)),
    };
}
