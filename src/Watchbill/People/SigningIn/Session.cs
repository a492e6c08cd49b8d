using Watchbill.Kernel;

namespace Watchbill.People.SigningIn;

/// <summary>A signed-in browser.</summary>
public sealed record Session
{
    /// <summary>Identifies it.</summary>
    public required SessionId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>When its person signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its person last proved who they are: then, or later when they were asked again.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it ends however much it is used; it ends earlier when it is not used.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The IP address it was begun from; null when not known.</summary>
    public string? From { get; init; }

    /// <summary>What the browser called itself; null when it named nothing.</summary>
    public string? UserAgent { get; init; }
}

/// <summary>Who a session's token stands for.</summary>
/// <param name="Caller">What they may.</param>
/// <param name="Account">Who they are.</param>
/// <param name="Session">Which of their sessions this is.</param>
public sealed record SessionHolder(Caller Caller, Account Account, Session Session);

/// <summary>Somebody who has just proved who they are.</summary>
/// <param name="Account">Who it is.</param>
/// <param name="Session">The session that began.</param>
/// <param name="Token">What their browser keeps to show it. Known only here and to the browser; never log it.</param>
public sealed record SignedIn(Account Account, Session Session, string Token)
{
    /// <inheritdoc/>
    public override string ToString() => $"session {Session.Id}";
}
