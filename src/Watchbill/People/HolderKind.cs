namespace Watchbill.People;

/// <summary>Whom an account is for.</summary>
public enum HolderKind
{
    /// <summary>A person, who signs in.</summary>
    Person,

    /// <summary>
    /// A program. Nobody signs in with it; whoever manages accounts makes its API tokens, which outlive them. It decides nothing that needs a person: it reviews, approves and confirms nothing.
    /// </summary>
    Service,
}
