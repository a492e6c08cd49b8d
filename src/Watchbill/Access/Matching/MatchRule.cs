using Watchbill.People.Identities;

namespace Watchbill.Access.Matching;

/// <summary>By what an account finds its identity.</summary>
public enum MatchRuleKind
{
    /// <summary>The same address.</summary>
    Email,

    /// <summary>One of the person's other addresses.</summary>
    Alias,

    /// <summary>The address without what stands behind a plus sign: ada+sentry@example.com is ada@example.com.</summary>
    PlusAddress,

    /// <summary>The address in another domain: whoever was ada@old.example is ada@example.com.</summary>
    Domain,

    /// <summary>What stands before the at sign, in one domain, is the name the person signs in with.</summary>
    UserName,
}

/// <summary>One rule by which accounts find their identities. The first rule that finds anybody decides.</summary>
/// <param name="Kind">By what.</param>
/// <param name="FromDomain">The domain of the accounts it is about; null for rules that are about all.</param>
/// <param name="ToDomain">The domain that the directory writes instead; null for rules that change none.</param>
public sealed record MatchRule(MatchRuleKind Kind, string? FromDomain = null, string? ToDomain = null)
{
    /// <summary>The rules until somebody chooses others.</summary>
    public static IReadOnlyList<MatchRule> Usual { get; } = [new(MatchRuleKind.Email), new(MatchRuleKind.Alias)];

    /// <summary>Whom it finds for an address in lower case.</summary>
    internal IEnumerable<Identity> Find(string address, IdentitySnapshot people)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return [];
        }

        var (local, domain) = (address[..at], address[(at + 1)..]);
        return Kind switch
        {
            MatchRuleKind.Email => people.WithAddress(address).Where(identity => identity.Email == address),
            MatchRuleKind.Alias => people.WithAddress(address),
            MatchRuleKind.PlusAddress => local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? people.WithAddress($"{local[..plus]}@{domain}") : [],
            MatchRuleKind.Domain => domain == FromDomain ? people.WithAddress($"{local}@{ToDomain}") : [],
            MatchRuleKind.UserName => domain == FromDomain ? people.WithUserName(local) : [],
        };
    }
}
