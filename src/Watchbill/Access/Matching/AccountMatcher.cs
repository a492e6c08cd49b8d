using Watchbill.Access.Explore;
using Watchbill.People.Identities;

namespace Watchbill.Access.Matching;

/// <summary>Says whose account is whose. What somebody said goes before the rules.</summary>
internal sealed class AccountMatcher(IdentitySnapshot people, IReadOnlyList<MatchRule> rules, IReadOnlyDictionary<string, AccountSetting> settings)
{
    public AccountMatch Match(MemberRow row)
    {
        var setting = settings.GetValueOrDefault(row.Member.Id);
        var match = new AccountMatch { Row = row, Setting = setting };
        return setting?.Owner switch
        {
            OwnerChoice.Nobody => match with { State = MatchState.Orphaned },
            OwnerChoice.Named => Of(match, setting.Identity is { } id ? people.Find(id) : null),
            _ => ByRules(match),
        };
    }

    /// <summary>
    /// The first rule that finds anybody decides. Of several people the one who works here is meant: who left and came back is often in a directory twice.
    /// </summary>
    private AccountMatch ByRules(AccountMatch match)
    {
        var address = match.Member.Email.ToLowerInvariant();
        foreach (var rule in rules)
        {
            var found = rule.Find(address, people).Distinct().ToList();
            if (found.Count == 0)
            {
                continue;
            }

            var here = found.Where(static identity => identity.IsActive).ToList();
            return (found.Count, here.Count) switch
            {
                (1, _) => Of(match with { Rule = rule.Kind }, found[0]),
                (_, 1) => Of(match with { Rule = rule.Kind }, here[0]),
                _ => match with { State = MatchState.Ambiguous, Rule = rule.Kind, Candidates = found },
            };
        }

        return match with { State = MatchState.Orphaned };
    }

    private static AccountMatch Of(AccountMatch match, Identity? identity) => identity switch
    {
        null => match with { State = MatchState.Orphaned },
        { IsActive: true } => match with { State = MatchState.Matched, Identity = identity },
        _ => match with { State = MatchState.Leaver, Identity = identity },
    };
}
