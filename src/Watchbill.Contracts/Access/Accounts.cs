using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Access;

/// <summary>An account in Sentry and the person it belongs to.</summary>
public sealed record MatchedAccount
{
    /// <summary>The member or invitation.</summary>
    public required MemberRow Member { get; init; }

    /// <summary>How both go together: matched, leaver, orphaned, ambiguous.</summary>
    public required string State { get; init; }

    /// <summary>What it stands for: person, service, shared.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose it is, or who answers for it, by the number of the identity; null when nobody is known.</summary>
    public long? Identity { get; init; }

    /// <summary>That person's name.</summary>
    public string? IdentityName { get; init; }

    /// <summary>That person's address.</summary>
    public string? IdentityEmail { get; init; }

    /// <summary>The rule that decided: email, alias, plus-address, domain, user-name; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Whom the rules name when they name several, by number.</summary>
    public required IReadOnlyList<long> Candidates { get; init; }

    /// <summary>How it is decided whose it is: by-rules, named, nobody.</summary>
    public required string Owner { get; init; }

    /// <summary>Why somebody said so; null when nobody did.</summary>
    public string? Note { get; init; }
}

/// <summary>Which accounts to list.</summary>
public sealed record MatchedAccountQuery : PageQuery
{
    /// <summary>A part of the account's or the person's name or address.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>How account and person go together.</summary>
    [AllowedValues(null, "matched", "leaver", "orphaned", "ambiguous")]
    public string? State { get; init; }

    /// <summary>What the account stands for.</summary>
    [AllowedValues(null, "person", "service", "shared")]
    public string? Kind { get; init; }

    /// <summary>Nobody used it for so many days.</summary>
    [Range(1, 36500)]
    public int? DormantDays { get; init; }

    /// <summary>Only those of the person with this number.</summary>
    public long? Identity { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "email", "-email", "person", "-person", "state", "-state", "kind", "-kind", "role", "-role", "active", "-active")]
    public string? Sort { get; init; }
}

/// <summary>What to say about accounts; what is left out stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AccountsChange
{
    /// <summary>The members, by Sentry's ids; all of them are changed, or none.</summary>
    [Required, MinLength(1), MaxLength(1000)]
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>What they stand for.</summary>
    [AllowedValues(null, "person", "service", "shared")]
    public string? Kind { get; init; }

    /// <summary>How it is decided whose they are.</summary>
    [AllowedValues(null, "by-rules", "named", "nobody")]
    public string? Owner { get; init; }

    /// <summary>Whose they are, by number, address or key; goes with owner named.</summary>
    [StringLength(254)]
    public string? Identity { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500)]
    public string? Note { get; init; }
}

/// <summary>One rule by which accounts find their people.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MatchRule
{
    /// <summary>By what: email, alias, plus-address, domain, user-name.</summary>
    [Required, AllowedValues("email", "alias", "plus-address", "domain", "user-name")]
    public required string Kind { get; init; }

    /// <summary>The domain of the accounts; for domain and user-name.</summary>
    [StringLength(253)]
    public string? FromDomain { get; init; }

    /// <summary>The domain that the directory writes instead; for domain.</summary>
    [StringLength(253)]
    public string? ToDomain { get; init; }
}

/// <summary>The rules, in the order in which they are asked.</summary>
/// <param name="Rules">All of them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MatchRules([property: Required, MinLength(1), MaxLength(20)] IReadOnlyList<MatchRule> Rules);
