namespace Watchbill.Contracts.People;

/// <summary>Who asks.</summary>
public sealed record Me
{
    /// <summary>account (a browser's session) or api-token.</summary>
    public required string Kind { get; init; }

    /// <summary>The account they act as; null for none.</summary>
    public long? Account { get; init; }

    /// <summary>The name of the person or token.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What they may do.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];
}

/// <summary>Somebody who can sign in to Watchbill.</summary>
public sealed record Account
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>person, or service for a program's.</summary>
    public string Kind { get; init; } = "person";

    /// <summary>The mail address; of a program's account one that nobody can have.</summary>
    public required string Address { get; init; }

    /// <summary>The name; null until they gave one.</summary>
    public string? Name { get; init; }

    /// <summary>member, external-auditor, auditor, access-manager, compliance-manager, integration-administrator or super-administrator; several.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>invited, active or closed.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the invitation was accepted; null while it is open.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When they signed in last; null when never.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>Since when a code is asked for beside the password; null when the password is enough or there is none.</summary>
    public DateTimeOffset? SecondFactorSince { get; init; }

    /// <summary>Counts its changes: the value of its <c>ETag</c>.</summary>
    public long Version { get; init; }
}

/// <summary>A one-time link. Whoever has it can use it: show it to nobody else, never log it.</summary>
/// <param name="Address">The link.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="Mailed">Whether it was also mailed; otherwise somebody must hand it over.</param>
public sealed record OneTimeLink(string Address, DateTimeOffset ExpiresAt, bool Mailed)
{
    /// <inheritdoc/>
    public override string ToString() => $"OneTimeLink {{ ExpiresAt = {ExpiresAt:O} }}";
}

/// <summary>An account that was invited.</summary>
/// <param name="Account">The account.</param>
/// <param name="Link">The link that accepts the invitation.</param>
public sealed record Invitation(Account Account, OneTimeLink Link);

/// <summary>One signed-in browser.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="LastSeenAt">When it was last used, within a minute or so.</param>
/// <param name="EndsAt">When it ends by itself.</param>
/// <param name="From">The network address; null when not known.</param>
/// <param name="UserAgent">What the browser says it is; null when it says nothing.</param>
public sealed record Session(long Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, string? From, string? UserAgent);

/// <summary>An API token, without its text.</summary>
public sealed record ApiToken
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The account it acts for.</summary>
    public required long Account { get; init; }

    /// <summary>The account's name.</summary>
    public required string AccountName { get; init; }

    /// <summary>What it may do, as far as its account may.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];

    /// <summary>The last four characters.</summary>
    public required string LastFour { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A device that waits until somebody signed in lets it in.</summary>
/// <param name="DeviceCode">The device's secret: it collects the token with it.</param>
/// <param name="UserCode">What the person types or compares.</param>
/// <param name="Page">Where the person goes.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="PauseSeconds">How long to wait between two tries to collect.</param>
public sealed record WaitingDevice(string DeviceCode, string UserCode, string Page, DateTimeOffset ExpiresAt, double PauseSeconds)
{
    /// <inheritdoc/>
    public override string ToString() => $"WaitingDevice {{ Page = {Page} }}";
}

/// <summary>The token of a device that was let in.</summary>
/// <param name="Text">The token. It is told once.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="Rights">What it may do.</param>
public sealed record DeviceToken(string Text, string Name, DateTimeOffset ExpiresAt, IReadOnlyList<string> Rights)
{
    /// <inheritdoc/>
    public override string ToString() => $"DeviceToken {{ Name = {Name} }}";
}

/// <summary>Something that somebody did in Watchbill.</summary>
public sealed record AuditEvent
{
    /// <summary>The position in the log.</summary>
    public required long Id { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>system, command-line, account or api-token.</summary>
    public required string ActorKind { get; init; }

    /// <summary>Which one.</summary>
    public required string ActorId { get; init; }

    /// <summary>Where from: a network address or a machine; null when not known.</summary>
    public string? From { get; init; }

    /// <summary>What was done, for example <c>connector-paused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing it was done to.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Which one.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What mattered of it before, as JSON; null when there was nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What mattered of it after, as JSON; null when there is nothing.</summary>
    public string? After { get; init; }

    /// <summary>The reason that was given; null when none was asked for.</summary>
    public string? Reason { get; init; }
}

/// <summary>A mail of the outbox, without its text.</summary>
public sealed record Mail
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>What it tells about.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom it goes to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>waiting, sent, gave-up or not-configured.</summary>
    public required string State { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next, while it waits.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was sent or given up; null while it waits.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the latest try failed; null when none did.</summary>
    public string? LastError { get; init; }
}
