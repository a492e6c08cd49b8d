using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Access.Matching;

/// <summary>What somebody said about an account.</summary>
public sealed record AccountSetting
{
    /// <summary>What it stands for.</summary>
    public AccountKind Kind { get; init; }

    /// <summary>How it is decided whose it is.</summary>
    public OwnerChoice Owner { get; init; }

    /// <summary>Whom somebody named; null unless <see cref="Owner"/> says so.</summary>
    public IdentityId? Identity { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    public string? Note { get; init; }

    /// <summary>Who said so.</summary>
    public required Actor Actor { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset SetAt { get; init; }
}

/// <summary>An account in Sentry and the person it belongs to.</summary>
public sealed record AccountMatch
{
    /// <summary>The account.</summary>
    public required MemberRow Row { get; init; }

    /// <summary>How both go together.</summary>
    public MatchState State { get; init; }

    /// <summary>Whose it is, or who answers for it; null when nobody is known.</summary>
    public Identity? Identity { get; init; }

    /// <summary>The rule that found the identity; null when somebody named it, or none was found.</summary>
    public MatchRuleKind? Rule { get; init; }

    /// <summary>Whom the rules name when they name several.</summary>
    public IReadOnlyList<Identity> Candidates { get; init; } = [];

    /// <summary>What somebody said about it; null when nobody did.</summary>
    public AccountSetting? Setting { get; init; }

    /// <summary>What it stands for.</summary>
    public AccountKind Kind => Setting?.Kind ?? AccountKind.Person;

    /// <summary>The member or invitation.</summary>
    public MemberNode Member => Row.Member;

    /// <summary>Whether nobody used it since an instant. Invitations are never dormant: nobody can use them.</summary>
    /// <param name="since">The instant.</param>
    public bool IsDormant(DateTimeOffset since) => !Member.Pending && Row.ActivityTold && (Row.LastActive is null || Row.LastActive < since);
}
