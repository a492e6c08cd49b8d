namespace Watchbill.Sentry;

/// <summary>Whom a token acts for, as its prefix says.</summary>
public enum SentryTokenKind
{
    /// <summary>No known prefix: a token from before prefixes (64 hexadecimal characters), or a newer kind.</summary>
    Unknown = 0,

    /// <summary><c>sntryu_</c>: a person's token; it has that person's rights and dies with the account.</summary>
    Personal,

    /// <summary><c>sntrys_</c>: made for builds; its only scope is <c>org:ci</c>, so it reads releases and hardly anything else.</summary>
    Organization,

    /// <summary><c>sntryi_</c>: an internal integration with chosen scopes over all teams and projects.</summary>
    InternalIntegration,

    /// <summary><c>sntrya_</c>: issued to a Sentry app.</summary>
    App,

    /// <summary><c>sntryag_</c>: issued to an agent.</summary>
    Agent,
}
