using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Postures;

/// <summary>How complete one input is.</summary>
/// <param name="ReadAt">When the read began that it rests on; null when there was none.</param>
/// <param name="Problem">Why nothing may be concluded from it, in one sentence; null when it is complete and fresh.</param>
internal sealed record InputState(DateTimeOffset? ReadAt, string? Problem)
{
    /// <summary>Whether nothing was read yet, and nothing stood against it: its first read is still to come.</summary>
    public bool IsAwaited { get; init; }
}

/// <summary>Everything that checks read of one organization, at one instant. What an input does not hold may be empty: look at <see cref="Inputs"/> first.</summary>
internal sealed record Posture
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the verdicts about the organization itself, and about its reading, name.</summary>
    public required CheckResource Self { get; init; }

    /// <summary>Whether it is on a server of its own, not on sentry.io.</summary>
    public bool IsSelfHosted { get; init; }

    /// <summary>How complete each input is; what is missing was not read for this run.</summary>
    public required IReadOnlyDictionary<CheckInput, InputState> Inputs { get; init; }

    /// <summary>The organization; null when it was never read.</summary>
    public OrganizationFact? Organization { get; init; }

    /// <summary>Its settings beside access.</summary>
    public OrganizationSettings Settings { get; init; } = new();

    /// <summary>Its single sign-on; null when there is none.</summary>
    public AuthProviderFact? AuthProvider { get; init; }

    public IReadOnlyList<MemberPosture> Members { get; init; } = [];

    public IReadOnlyList<TeamPosture> Teams { get; init; } = [];

    public IReadOnlyList<ProjectPosture> Projects { get; init; } = [];

    public IReadOnlyList<NonHumanPosture> NonHumans { get; init; } = [];

    /// <summary>Issues that a check may have something to say about; <see cref="IssueCount"/> says how many there are in all.</summary>
    public IReadOnlyList<Collected<IssueDocument, IssueCounters>> Issues { get; init; } = [];

    /// <summary>How many issues are kept.</summary>
    public long IssueCount { get; init; }

    public IReadOnlyList<Collected<ReleaseDocument, ReleaseCounters>> Releases { get; init; } = [];

    public IReadOnlyList<Collected<DeployDocument>> Deploys { get; init; } = [];

    public CommitCounts Commits { get; init; } = new(0, 0);

    public IReadOnlyList<Collected<RepositoryDocument>> Repositories { get; init; } = [];

    public IReadOnlyList<Collected<MonitorDocument>> Monitors { get; init; } = [];

    public IReadOnlyList<Collected<DetectorDocument>> Detectors { get; init; } = [];

    public IReadOnlyList<Collected<WorkflowDocument>> Workflows { get; init; } = [];

    public IReadOnlyList<Collected<ForwardingDocument>> Forwarders { get; init; } = [];

    public IReadOnlyList<Collected<RelayDocument, RelayCounters>> Relays { get; init; } = [];

    /// <summary>The lines of Sentry's audit log that checks ask for, oldest first.</summary>
    public IReadOnlyList<LoggedEvent> Log { get; init; } = [];

    /// <summary>How much of the log is kept; null when it never was read.</summary>
    public LoggedReach? LogReach { get; init; }

    /// <summary>When the oldest kept line was written; null when none is kept.</summary>
    public DateTimeOffset? OldestLogLine { get; init; }

    /// <summary>How many kept lines were written from networks that were not among the known ones when they were read; null when none was compared.</summary>
    public long? StrangeAddresses { get; init; }

    /// <summary>The lines that somebody looked at and said why they are in order.</summary>
    public IReadOnlySet<long> Acknowledged { get; init; } = new HashSet<long>();

    /// <summary>How far the clocks were apart in the last run; null when no run told.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>How every read of Watchbill stands, whichever check needs it.</summary>
    public IReadOnlyList<ReadingPosture> Readings { get; init; } = [];

    /// <summary>Members who can sign in: no invitations.</summary>
    public IEnumerable<MemberPosture> ActiveMembers => Members.Where(static member => member.IsActive);

    /// <summary>The principals of one kind.</summary>
    public IEnumerable<NonHumanPosture> Of(NonHumanKind kind) => NonHumans.Where(one => one.Fact.Kind == kind);

    /// <summary>Internal integrations and public apps that are in use.</summary>
    public IEnumerable<NonHumanPosture> Apps =>
        NonHumans.Where(static one => one.Fact is { Kind: NonHumanKind.InternalIntegration or NonHumanKind.PublicApp, IsActive: not false });
}

/// <summary>A member, and when they were seen.</summary>
internal sealed record MemberPosture(MemberFact Fact, DateTimeOffset? LastActive, DateTimeOffset? LastLogin)
{
    public bool IsActive => Fact is { UserId: not null, Pending: false };

    public CheckResource Resource => new(ResourceKind.Member, Fact.Key, Fact.Email);
}

/// <summary>A team, and how many are on it.</summary>
internal sealed record TeamPosture(string Id, string Slug, long Members)
{
    public CheckResource Resource => new(ResourceKind.Team, Id, Slug);
}

/// <summary>A project with what is known of it.</summary>
internal sealed record ProjectPosture(string Id, string Slug, DateTimeOffset? DateCreated, long Teams)
{
    /// <summary>Null when its settings were not collected.</summary>
    public ProjectSettingsDocument? Settings { get; init; }

    /// <summary>Null when its usage was not collected.</summary>
    public UsageCounters? Usage { get; init; }

    public CheckResource Resource => new(ResourceKind.Project, Id, Slug);
}

/// <summary>A principal that is no person, and when it was used.</summary>
internal sealed record NonHumanPosture(NonHumanFact Fact, DateTimeOffset? LastUsed)
{
    public CheckResource Resource => new(
        Fact.Kind switch
        {
            NonHumanKind.ClientKey => ResourceKind.ClientKey,
            NonHumanKind.OrganizationToken => ResourceKind.OrganizationToken,
            NonHumanKind.Integration => ResourceKind.Integration,
            NonHumanKind.InternalIntegration or NonHumanKind.PublicApp => ResourceKind.App,
        },
        Fact.ExternalId,
        Fact.Name);
}

/// <summary>Something that was collected.</summary>
/// <param name="Key">Sentry's id of it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Since">The collection that began then saw it so first.</param>
/// <param name="Document">What is kept of it.</param>
internal record Collected<TDocument>(string Key, string Name, DateTimeOffset Since, TDocument Document)
{
    /// <summary>The key of what it belongs to; null for what belongs to the organization.</summary>
    public string? Parent { get; init; }

    public CheckResource As(ResourceKind kind) => new(kind, Key, Name);
}

/// <summary>Something that was collected, with what only counts; null when nothing was counted.</summary>
internal sealed record Collected<TDocument, TCounters>(string Key, string Name, DateTimeOffset Since, TDocument Document, TCounters? Counters)
    : Collected<TDocument>(Key, Name, Since, Document);

/// <summary>How many commits of the kept releases came by a merged pull request, and of how many.</summary>
internal sealed record CommitCounts(long ByMergedRequest, long All);

/// <summary>How one thing that Watchbill reads stands.</summary>
internal sealed record ReadingPosture(string Name, string Title)
{
    /// <summary>When the last complete read began; null when there was none.</summary>
    public DateTimeOffset? CompleteAt { get; init; }

    /// <summary>Why the latest read was not complete; null when it was.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the token may not read it, or this server does not have it.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>How many rows were read; null when they are not counted for it.</summary>
    public long? Rows { get; init; }

    /// <summary>How many Sentry itself says there are; null when it does not count them.</summary>
    public long? Reported { get; init; }
}
