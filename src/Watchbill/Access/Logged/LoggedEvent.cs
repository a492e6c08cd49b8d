using Watchbill.Kernel;

namespace Watchbill.Access.Logged;

/// <summary>
/// One line of Sentry's own audit log, as little of it as tells who changed what and when. The network address that Sentry notes is never kept.
/// </summary>
public sealed record LoggedEvent
{
    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>Sentry's id of the line.</summary>
    public required long EntryId { get; init; }

    /// <summary>When Sentry wrote it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Sentry's name of the event, for example <c>member.join-team</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The user id of whoever did it; null for keys, SCIM and deleted accounts.</summary>
    public string? ActorUserId { get; init; }

    /// <summary>The address of whoever did it, or the name Sentry gives them; null when it gives none.</summary>
    public string? Actor { get; init; }

    /// <summary>The id of what was touched: a member, a team, a project; for joining and leaving a team Sentry's own id of the membership.</summary>
    public string? TargetObject { get; init; }

    /// <summary>The user id of whom it was done to; null when nobody is named.</summary>
    public string? TargetUserId { get; init; }

    /// <summary>The address of whom it was done to; null when nobody is named.</summary>
    public string? Email { get; init; }

    /// <summary>The slugs of the teams it names, separated by spaces; null when none is named.</summary>
    public string? TeamSlugs { get; init; }

    /// <summary>The role in the one team it names; null when it is not about that.</summary>
    public string? TeamRole { get; init; }

    /// <summary>The role in the organization that it names, for example of an invitation; null when it names none.</summary>
    public string? OrgRole { get; init; }

    /// <summary>The slug of the project it names; null when none is named.</summary>
    public string? ProjectSlug { get; init; }

    /// <summary>The public part of the key, the name of the token or of the app that it is about; null when it is about none.</summary>
    public string? Subject { get; init; }

    /// <summary>When Watchbill first read the line, by its own clock: what a read that began later says includes the change.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>
    /// Whether the network that Sentry notes is among those that were known when the line was read; the address itself is never kept. Null when no networks
    /// were known, or Sentry noted none.
    /// </summary>
    public bool? FromKnownNetwork { get; init; }

    /// <summary>Sentry's own sentence; null when it has none.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it names the team with this slug.</summary>
    internal bool Names(string teamSlug) => TeamSlugs is { } slugs && slugs.Split(' ').Contains(teamSlug, StringComparer.Ordinal);
}

/// <summary>How much of Sentry's audit log is kept. Within it nothing is missing.</summary>
public sealed record LoggedReach
{
    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>Everything from here on is kept.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Everything up to here is kept.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>The log is kept from the organization's beginning.</summary>
    public required bool IsWhole { get; init; }
}

/// <summary>Which line of Sentry's audit log explains that a fact began or ended.</summary>
public sealed record FactCause
{
    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>The kind of fact.</summary>
    public required FactKind Kind { get; init; }

    /// <summary>The fact's key.</summary>
    public required string Key { get; init; }

    /// <summary>When a read saw the fact begin or end.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it explains the end; the beginning otherwise.</summary>
    public required bool IsEnd { get; init; }

    /// <summary>The line.</summary>
    public required long EntryId { get; init; }
}
