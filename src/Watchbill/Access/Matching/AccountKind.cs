namespace Watchbill.Access.Matching;

/// <summary>What an account in Sentry stands for.</summary>
public enum AccountKind
{
    /// <summary>One real person.</summary>
    Person,

    /// <summary>A program; its identity is the person who answers for it.</summary>
    Service,

    /// <summary>Several people; its identity is the person who answers for it.</summary>
    Shared,
}

/// <summary>How it was decided whose account it is.</summary>
public enum OwnerChoice
{
    /// <summary>By the matching rules.</summary>
    ByRules,

    /// <summary>Somebody named the identity.</summary>
    Named,

    /// <summary>Somebody said that it is nobody's.</summary>
    Nobody,
}

/// <summary>How an account and the people in the directories go together.</summary>
public enum MatchState
{
    /// <summary>It has an identity who works here.</summary>
    Matched,

    /// <summary>Its identity does not work here any more.</summary>
    Leaver,

    /// <summary>It has no identity: nobody is known to answer for it.</summary>
    Orphaned,

    /// <summary>The rules name several; somebody must choose.</summary>
    Ambiguous,
}
