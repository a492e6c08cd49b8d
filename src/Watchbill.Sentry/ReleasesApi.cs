using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A released version.</summary>
public sealed record SentryRelease : IKeyed
{
    public required string Id { get; init; }

    /// <summary>Any text: slashes, spaces and <c>@</c> occur.</summary>
    public required string Version { get; init; }

    /// <summary>open or archived.</summary>
    public string? Status { get; init; }

    public string? Ref { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Null while it is not released.</summary>
    public DateTimeOffset? DateReleased { get; init; }

    public int? CommitCount { get; init; }

    public int? DeployCount { get; init; }

    /// <summary>Issues that were new in it.</summary>
    public int? NewGroups { get; init; }

    /// <summary>Null when it was never deployed.</summary>
    public SentryDeploy? LastDeploy { get; init; }

    public IReadOnlyList<SentryReleaseProject>? Projects { get; init; }

    /// <summary>Who wrote its commits: one without id is nobody whom Sentry knows. Names and addresses are left out.</summary>
    public IReadOnlyList<SentryActorReference>? Authors { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A project of a release, and how the release does there.</summary>
public sealed record SentryReleaseProject
{
    public required string Id { get; init; }

    /// <summary>Null when it was not asked for, or when the server does not tell it in lists.</summary>
    public SentryReleaseHealth? HealthData { get; init; }
}

/// <summary>How a release does, of the last day.</summary>
public sealed record SentryReleaseHealth
{
    /// <summary>Whether the project sends sessions at all.</summary>
    public bool? HasHealthData { get; init; }

    /// <summary>Percent; null when there were no sessions.</summary>
    public double? CrashFreeSessions { get; init; }

    /// <summary>Percent of the project's users of the last day; null when there were none.</summary>
    public double? Adoption { get; init; }
}

/// <summary>A deploy of a release to an environment.</summary>
public sealed record SentryDeploy : IKeyed
{
    public required string Id { get; init; }

    public string? Environment { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? DateStarted { get; init; }

    public DateTimeOffset? DateFinished { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A commit of a release. Its message and its author's name are left out.</summary>
public sealed record SentryCommit : IKeyed
{
    /// <summary>The hash.</summary>
    public required string Id { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Null when no repository is known.</summary>
    public SentryCommitRepository? Repository { get; init; }

    /// <summary>Null when it came without one.</summary>
    public SentryPullRequest? PullRequest { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>The repository of a commit.</summary>
public sealed record SentryCommitRepository
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>The pull request that brought a commit.</summary>
public sealed record SentryPullRequest
{
    public required string Id { get; init; }

    /// <summary>Null while it is not merged, or where Sentry does not tell.</summary>
    public DateTimeOffset? MergedAt { get; init; }

    public string? Status { get; init; }
}

/// <summary>Reads releases, their deploys and commits. Scope: <c>project:read</c> or <c>org:read</c>.</summary>
public sealed class ReleasesApi
{
    private readonly RequestSender _sender;

    internal ReleasesApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/releases/</c>: open ones, newest first, with their health.</summary>
    public SentryListing<SentryRelease> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "releases/").With("health", "1").Paged(), SentryJson.Default.ListSentryRelease);

    /// <summary><c>GET organizations/{org}/releases/{version}/deploys/</c>, the last finished first.</summary>
    public SentryListing<SentryDeploy> ListDeploys(string org, string version) =>
        _sender.List(SentryRequest.ToCell(org, $"releases/{SentryRequest.Segment(version)}/deploys/").Paged(), SentryJson.Default.ListSentryDeploy);

    /// <summary><c>GET organizations/{org}/releases/{version}/commits/</c>.</summary>
    public SentryListing<SentryCommit> ListCommits(string org, string version) =>
        _sender.List(SentryRequest.ToCell(org, $"releases/{SentryRequest.Segment(version)}/commits/").Paged(), SentryJson.Default.ListSentryCommit);
}
