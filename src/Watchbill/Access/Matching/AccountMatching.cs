using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Access.Explore;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Storage;

namespace Watchbill.Access.Matching;

/// <summary>What to say about accounts; what is null stays.</summary>
public sealed record AccountChange
{
    /// <summary>What they stand for.</summary>
    public AccountKind? Kind { get; init; }

    /// <summary>How it is decided whose they are.</summary>
    public OwnerChoice? Owner { get; init; }

    /// <summary>Whose they are, by number, address or key; needed when <see cref="Owner"/> names one.</summary>
    public string? Identity { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }
}

/// <summary>The accounts of an organization and the people they belong to.</summary>
/// <param name="Picture">The organization.</param>
/// <param name="Accounts">All members and invitations, by address.</param>
/// <param name="HasPeople">Whether any directory names anybody; else every account is an orphan.</param>
public sealed record MatchedAccounts(OrganizationPicture Picture, IReadOnlyList<AccountMatch> Accounts, bool HasPeople);

/// <summary>Whose account is whose: asked of the rules at every question, so that it is never older than the directories; what somebody says is kept.</summary>
public sealed partial class AccountMatching
{
    /// <summary>The most accounts that can be changed at once.</summary>
    public const int MostAtOnce = 1000;

    private const int MostRules = 20;
    private const int LongestNote = 500;

    private readonly Database _database;
    private readonly OrganizationPictures _pictures;
    private readonly IdentityBook _identities;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal AccountMatching(Database database, OrganizationPictures pictures, IdentityBook identities, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _pictures = pictures;
        _identities = identities;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>All accounts of an organization.</summary>
    public async Task<Result<MatchedAccounts>> AccountsAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        return await MatchedAsync(await _pictures.CurrentAsync(connector, cancellationToken), connector, cancellationToken);
    }

    /// <summary>One account.</summary>
    /// <returns>It and its person; null while no directory names anybody.</returns>
    public async Task<Result<AccountMatch?>> OfAsync(ConnectorId connector, MemberRow row, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        var (matcher, people) = await MatcherAsync(connector, row.Member.Id, cancellationToken);
        return Result.Of(people.All.Count == 0 ? null : matcher.Match(row));
    }

    /// <summary>All accounts of an organization as it is now, never as it was before: for what is kept of it.</summary>
    internal async Task<MatchedAccounts> LatestAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        await MatchedAsync(await _pictures.LatestAsync(connector, cancellationToken), connector, cancellationToken);

    private async Task<MatchedAccounts> MatchedAsync(OrganizationPicture picture, ConnectorId connector, CancellationToken cancellationToken)
    {
        var (matcher, people) = await MatcherAsync(connector, member: null, cancellationToken);
        return new MatchedAccounts(picture, [.. picture.Members.Select(matcher.Match)], people.All.Count > 0);
    }

    private async Task<(AccountMatcher Matcher, IdentitySnapshot People)> MatcherAsync(ConnectorId connector, string? member, CancellationToken cancellationToken)
    {
        var people = await _identities.CurrentAsync(cancellationToken);
        await using var session = _database.OpenRead();
        return (new AccountMatcher(people, await MatchStore.RulesAsync(session, cancellationToken), await MatchStore.SettingsAsync(session, connector, member, cancellationToken)), people);
    }

    /// <summary>The rules, in the order in which they are asked.</summary>
    public async Task<Result<IReadOnlyList<MatchRule>>> RulesAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await MatchStore.RulesAsync(session, cancellationToken));
    }

    /// <summary>Puts other rules in their place.</summary>
    public async Task<Result<IReadOnlyList<MatchRule>>> SetRulesAsync(IReadOnlyList<MatchRule> rules, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(caller);
        MatchRule[] plain = [.. rules.Select(static rule => rule with { FromDomain = Plain(rule.FromDomain), ToDomain = Plain(rule.ToDomain) })];
        if ((caller.Lacks(Right.ManageIdentities) ?? RefuseRules(plain)) is { } refusal)
        {
            return refusal;
        }

        await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "match rules", cancellationToken);
                var before = await MatchStore.RulesAsync(transaction, cancellationToken);
                await MatchStore.ReplaceRulesAsync(transaction, plain, cancellationToken);
                await _audit.AppendAsync(transaction, RulesChanged(before, plain, caller.Actor), cancellationToken);
            },
            cancellationToken);
        return Result.Of<IReadOnlyList<MatchRule>>(plain);
    }

    /// <summary>Says what accounts stand for and whose they are: all of them, or, when one is not there, none.</summary>
    /// <returns>How they are now.</returns>
    public async Task<Result<IReadOnlyList<AccountMatch>>> ChangeAsync(
        ConnectorId connector, IReadOnlyList<string> members, AccountChange change, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageIdentities) ?? Refuse(members, change)) is { } refusal)
        {
            return refusal;
        }

        var picture = await _pictures.CurrentAsync(connector, cancellationToken);
        var named = change.Owner is OwnerChoice.Named ? PersonLookup.Find(await _identities.CurrentAsync(cancellationToken), change.Identity!) : null;
        var unknown = members.FirstOrDefault(member => picture.Graph.FindMember(member) is null);
        if ((unknown is null ? named?.Refusal : MatchRefusals.NoSuchAccount(unknown)) is { } no)
        {
            return no;
        }

        await WriteAsync(connector, members, (change, named?.Value.Id), caller.Actor, cancellationToken);
        var accounts = await AccountsAsync(connector, caller, cancellationToken);
        return accounts.Select<IReadOnlyList<AccountMatch>>(found => [.. found.Accounts.Where(account => members.Contains(account.Member.Id))]);
    }

    private Task WriteAsync(ConnectorId connector, IReadOnlyList<string> members, (AccountChange Change, IdentityId? Named) what, Actor actor, CancellationToken cancellationToken) =>
        _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"accounts {connector}", cancellationToken);
                var before = await MatchStore.SettingsAsync(transaction, connector, member: null, cancellationToken);
                var after = members.Distinct(StringComparer.Ordinal).ToDictionary(static member => member, member => After(before.GetValueOrDefault(member), what, actor), StringComparer.Ordinal);
                await MatchStore.ReplaceSettingsAsync(transaction, connector, after, cancellationToken);
                foreach (var (member, setting) in after)
                {
                    await _audit.AppendAsync(transaction, AccountChanged(connector, member, (before.GetValueOrDefault(member), setting), actor), cancellationToken);
                }
            },
            cancellationToken);

    private AccountSetting After(AccountSetting? before, (AccountChange Change, IdentityId? Named) what, Actor actor) => new()
    {
        Kind = what.Change.Kind ?? before?.Kind ?? AccountKind.Person,
        Owner = what.Change.Owner ?? before?.Owner ?? OwnerChoice.ByRules,
        Identity = what.Change.Owner is null ? before?.Identity : what.Named,
        Note = what.Change.Note is { Length: > 0 } note ? note.Trim() : before?.Note,
        Actor = actor,
        SetAt = _clock.GetUtcNow(),
    };

    private static Refusal? Refuse(IReadOnlyList<string> members, AccountChange change) =>
        members.Count == 0 ? MatchRefusals.NoAccounts()
        : members.Count > MostAtOnce ? MatchRefusals.TooManyAccounts()
        : change is { Kind: null, Owner: null } ? MatchRefusals.NothingToSay()
        : change.Owner is OwnerChoice.Named && string.IsNullOrWhiteSpace(change.Identity) ? MatchRefusals.NoSuchPerson("")
        : change.Note?.Length > LongestNote ? MatchRefusals.BadNote()
        : null;

    private static Refusal? RefuseRules(IReadOnlyList<MatchRule> rules)
    {
        if (rules.Count is 0 or > MostRules)
        {
            return MatchRefusals.BadRules($"Give 1 to {MostRules} rules.");
        }

        var wrong = rules.Select(static rule => rule.Kind switch
        {
            _ when !Enum.IsDefined(rule.Kind) => $"A rule is one of {string.Join(", ", Enum.GetValues<MatchRuleKind>().Select(Word.Of))}.",
            MatchRuleKind.Domain when !IsDomain(rule.FromDomain) || !IsDomain(rule.ToDomain) || rule.FromDomain == rule.ToDomain =>
                "A rule that changes the domain needs the domain of the accounts and a different one that the directory writes, like old.example and example.com.",
            MatchRuleKind.UserName when !IsDomain(rule.FromDomain) => "A rule by user name needs the domain of the accounts, like example.com.",
            MatchRuleKind.Email or MatchRuleKind.Alias or MatchRuleKind.PlusAddress when rule.FromDomain is not null || rule.ToDomain is not null => $"The rule '{Word.Of(rule.Kind)}' is about all domains; leave them out.",
            MatchRuleKind.UserName when rule.ToDomain is not null => "A rule by user name has one domain only.",
            _ => null,
        }).FirstOrDefault(static sentence => sentence is not null);
        return wrong is not null ? MatchRefusals.BadRules(wrong)
            : rules.Distinct().Count() < rules.Count ? MatchRefusals.BadRules("Two of the rules are the same.")
            : null;
    }

    private static AuditEvent RulesChanged(IReadOnlyList<MatchRule> before, IReadOnlyList<MatchRule> after, Actor actor) => new()
    {
        Actor = actor,
        Action = "match-rules-changed",
        SubjectKind = "match-rules",
        SubjectId = "all",
        Before = Json(before),
        After = Json(after),
    };

    private static AuditEvent AccountChanged(ConnectorId connector, string member, (AccountSetting? Before, AccountSetting After) change, Actor actor) => new()
    {
        Actor = actor,
        Action = "account-owner-set",
        SubjectKind = "member-account",
        SubjectId = $"{connector}/{member}",
        Before = change.Before is { } before ? Json(before) : null,
        After = Json(change.After),
        Reason = change.After.Note,
    };

    private static string Json(AccountSetting setting) =>
        new JsonObject { ["kind"] = Word.Of(setting.Kind), ["owner"] = Word.Of(setting.Owner), ["identity"] = setting.Identity?.Value }.ToJsonString();

    private static string Json(IReadOnlyList<MatchRule> rules) =>
        new JsonArray([.. rules.Select(static rule => (JsonNode)new JsonObject { ["kind"] = Word.Of(rule.Kind), ["from"] = rule.FromDomain, ["to"] = rule.ToDomain })]).ToJsonString();

    private static string? Plain(string? domain) => string.IsNullOrWhiteSpace(domain) ? null : domain.Trim().TrimStart('@').ToLowerInvariant();

    private static bool IsDomain(string? text) => text is { Length: <= 253 } && DomainPattern.IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DomainPattern { get; }
}
