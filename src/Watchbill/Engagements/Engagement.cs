using Watchbill.Kernel;

namespace Watchbill.Engagements;

/// <summary>What auditors may look at, and for how long. What it is about never changes; who the auditors are and when their access ends may.</summary>
public sealed record Engagement
{
    /// <summary>Its id; a part of the seed of samples.</summary>
    public required EngagementId Id { get; init; }

    /// <summary>What people call it, for example <c>SOC 2 Type II, 2026</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Who audits; null when nobody said.</summary>
    public string? Firm { get; init; }

    /// <summary>The framework's id.</summary>
    public required string Framework { get; init; }

    /// <summary>Only these controls; empty for all that evidence from Sentry is about.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The period begins here.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The period ends before this instant.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<ConnectorId> Connectors { get; init; }

    /// <summary>The accounts of the auditors.</summary>
    public required IReadOnlyList<AccountId> Auditors { get; init; }

    /// <summary>From then on auditors see nothing of it.</summary>
    public required DateTimeOffset AccessEndsAt { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who opened it; null for nobody with an account.</summary>
    public AccountId? OpenedBy { get; init; }

    /// <summary>When it was closed; null while it is not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed.</summary>
    public string? Closing { get; init; }

    /// <summary>Whether auditors may enter at an instant.</summary>
    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && now < AccessEndsAt;

    /// <summary>The instant that states are as of: the end of the period, or now while it runs.</summary>
    public DateTimeOffset End(DateTimeOffset now) => To < now ? To : now;
}

/// <summary>What an engagement is to be about.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Framework">The framework's id.</param>
/// <param name="From">The period begins here.</param>
/// <param name="To">The period ends before this instant; it may be still to come.</param>
/// <param name="AccessEndsAt">From then on auditors see nothing of it.</param>
public sealed record EngagementDraft(string Name, string Framework, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AccessEndsAt)
{
    /// <summary>The most sources of one engagement.</summary>
    public const int MostConnectors = 20;

    /// <summary>The most auditors of one engagement.</summary>
    public const int MostAuditors = 50;

    /// <summary>The longest name.</summary>
    public const int LongestName = 200;

    /// <summary>The furthest end of access, in days from now.</summary>
    public const int MostDays = 732;

    /// <summary>Who audits; null when nobody says.</summary>
    public string? Firm { get; init; }

    /// <summary>Only these controls; empty for all.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>The sources.</summary>
    public IReadOnlyList<ConnectorId> Connectors { get; init; } = [];

    /// <summary>The accounts of the auditors.</summary>
    public IReadOnlyList<AccountId> Auditors { get; init; } = [];
}
