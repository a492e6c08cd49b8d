using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>Says who may ask for what, and who decides. Every version of a policy is kept: a request names the one that counted.</summary>
public sealed class ManagePolicies
{
    private const int Most = 200;

    private readonly Database _database;
    private readonly RequestDesk _desk;

    internal ManagePolicies(Database database, RequestDesk desk)
    {
        _database = database;
        _desk = desk;
    }

    /// <summary>All of them, in the order in which they are asked.</summary>
    public async Task<Result<IReadOnlyList<RequestPolicy>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of<IReadOnlyList<RequestPolicy>>([.. (await RequestStore.PoliciesAsync(session, cancellationToken)).Select(static row => row.ToPolicy())]);
    }

    /// <summary>One with all its versions, the newest first.</summary>
    public async Task<Result<IReadOnlyList<PolicyVersion>>> VersionsAsync(RequestPolicyId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var versions = await RequestStore.VersionsAsync(session, id, cancellationToken);
        return versions.Count == 0 ? RequestRefusals.NoSuchPolicy(id) : Result.Of<IReadOnlyList<PolicyVersion>>([.. versions.Select(static row => row.ToVersion())]);
    }

    /// <summary>Makes a policy, or changes one: its id and the version that was seen say which.</summary>
    public async Task<Result<RequestPolicy>> SaveAsync(RequestPolicy policy, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(caller);
        var saved = await SaveAllAsync([policy], isDryRun: false, caller, cancellationToken);
        return saved.Succeeded ? saved.Value[0] : saved.Refusal!;
    }

    /// <summary>Saves several, all or none; or only says whether that could be done.</summary>
    internal async Task<Result<IReadOnlyList<RequestPolicy>>> SaveAllAsync(IReadOnlyList<RequestPolicy> policies, bool isDryRun, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Lacks(Right.ChangeAccess) is { } refusal)
        {
            return refusal;
        }

        foreach (var policy in policies)
        {
            if (await RefuseAsync(policy, cancellationToken) is { } bad)
            {
                return policies.Count == 1 ? bad : RequestRefusals.BadPolicy($"{policy.Name}: {bad.Message}");
            }
        }

        return isDryRun ? Result.Of(policies) : await _database.InTransactionAsync(transaction => WriteAllAsync(transaction, policies, caller, cancellationToken), cancellationToken);
    }

    private async Task<Result<IReadOnlyList<RequestPolicy>>> WriteAllAsync(Transaction transaction, IReadOnlyList<RequestPolicy> policies, Caller caller, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, "request policies", cancellationToken);
        var current = (await RequestStore.PoliciesAsync(transaction, cancellationToken)).ToDictionary(static row => row.Id, static row => row.Version);
        if (current.Count + policies.Count(static policy => policy.Id == default) > Most)
        {
            return RequestRefusals.BadPolicy($"There may be {Most} policies, and these would be more.");
        }

        // What is refused is refused before anything is written: a transaction that ends well keeps what it wrote.
        if (policies.FirstOrDefault(policy => policy.Id != default && current.GetValueOrDefault(policy.Id) != policy.Version) is { } stale)
        {
            return current.ContainsKey(stale.Id) ? RequestRefusals.PolicyChangedMeanwhile() : RequestRefusals.NoSuchPolicy(stale.Id);
        }

        List<RequestPolicy> written = [];
        foreach (var policy in policies)
        {
            written.Add(await WriteAsync(transaction, policy, caller, cancellationToken));
        }

        return Result.Of<IReadOnlyList<RequestPolicy>>(written);
    }

    private async Task<RequestPolicy> WriteAsync(Transaction transaction, RequestPolicy policy, Caller caller, CancellationToken cancellationToken)
    {
        var row = PolicyRow.Of(policy with { Name = policy.Name.Trim(), Version = policy.Id == default ? 1 : policy.Version + 1, ChangedAt = _desk.Now });
        if (policy.Id == default)
        {
            row = row with { Id = await RequestStore.InsertPolicyAsync(transaction, row, cancellationToken) };
        }
        else
        {
            await RequestStore.UpdatePolicyAsync(transaction, row, cancellationToken);
        }

        await RequestStore.KeepVersionAsync(transaction, row, caller.Actor, cancellationToken);
        var what = new JsonObject { ["name"] = row.Name, ["version"] = row.Version, ["isOn"] = row.IsOn, ["position"] = row.Position, ["rules"] = JsonNode.Parse(row.Rules) };
        await _desk.NoteAsync(
            transaction, new AuditEvent { Actor = caller.Actor, Action = "policy-saved", SubjectKind = "request-policy", SubjectId = row.Id.ToString(), After = what.ToJsonString() }, cancellationToken);
        return row.ToPolicy();
    }

    private async Task<Refusal?> RefuseAsync(RequestPolicy policy, CancellationToken cancellationToken)
    {
        var rules = policy.Rules;
        if (!OneLine.Fits(policy.Name, 100))
        {
            return RequestRefusals.BadPolicy("A policy's name is 1 to 100 characters.");
        }

        if (rules.Kinds.Count == 0 || rules.Roles.Count == 0 || rules.Roles.Count + rules.Teams.Count + rules.AskerTeams.Count > 500)
        {
            return RequestRefusals.BadPolicy("Choose at least one kind of access and one role; at most 500 roles and teams together.");
        }

        if (rules.LongestMinutes is < PolicyRules.LeastMinutes or > PolicyRules.MostMinutes || rules.BreakGlassMinutes is < PolicyRules.LeastMinutes or > 24 * 60 || rules.AnswerWithinHours is < 1 or > 720 || rules.ReviewWithinHours is < 1 or > 720 || rules.ReasonLength is < 0 or > 200)
        {
            return RequestRefusals.BadPolicy("The longest time is 5 minutes to a year, in an emergency 5 minutes to a day; hours to answer and to look are 1 to 720; a reason has at least 0 to 200 characters.");
        }

        if (rules.Auto is { } auto && (((auto.FromHour is null) != (auto.UntilHour is null)) || auto.FromHour is < 0 or > 23 || auto.UntilHour is < 1 or > 24 || auto.FromHour >= auto.UntilHour
            || !TimeZoneInfo.TryFindSystemTimeZoneById(auto.TimeZone, out _)))
        {
            return RequestRefusals.BadPolicy("The hours of the rule that says yes by itself are a beginning and a later end, 0 to 24, in a time zone by its IANA name.");
        }

        if (rules.TicketPattern is { } pattern && !IsPattern(pattern))
        {
            return RequestRefusals.BadPolicy("The form of a ticket's number is a regular expression of at most 200 characters, without backreferences and lookarounds.");
        }

        var book = await _desk.BookAsync(cancellationToken);
        var steps = rules.Steps.All(step => step.Needed is >= 1 and <= 10 && step.Rules.Count > 0 && step.Rules.Distinct().Count() == step.Rules.Count
            && (!step.Rules.Contains(ApproverRule.Named) || step.Named.Count > 0) && step.Named.All(id => book.Has(new AccountId(id))));
        return steps && rules.Steps.Count <= 5 ? null : RequestRefusals.BadPolicy("A policy has at most 5 steps; each names at least one rule, each rule once, people with open accounts where it names people, and needs 1 to 10 of them.");
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking);
            return pattern.Length is > 0 and <= 200;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
