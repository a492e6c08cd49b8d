using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>What Sentry tells, reduced to what is kept. Titles, messages, names of people, addresses and secrets are not among it.</summary>
internal static class EvidenceMapping
{
    private static readonly EvidenceJson Json = EvidenceJson.Default;

    public static EvidenceItem Of(SentryIssue issue) => new()
    {
        Key = issue.Id,
        Parent = issue.Project?.Id,
        Name = issue.ShortId ?? issue.Id,
        State = issue.Status,
        At = issue.FirstSeen,
        LastAt = issue.LastSeen,
        Document = EvidenceJson.Text(
            new IssueDocument
            {
                ShortId = issue.ShortId,
                ProjectId = issue.Project?.Id,
                Level = issue.Level,
                Status = issue.Status,
                Substatus = issue.Substatus,
                Priority = issue.Priority,
                IssueType = issue.IssueType,
                IssueCategory = issue.IssueCategory,
                AssignedTo = Owner(issue.AssignedTo),
                IsPublic = issue.IsPublic,
                IsUnhandled = issue.IsUnhandled,
                HasTicket = HasTicket(issue),
                FirstSeen = issue.FirstSeen,
            },
            Json.IssueDocument),
        Counters = EvidenceJson.Text(new IssueCounters(issue.LastSeen, issue.Count, issue.UserCount, issue.NumComments), Json.IssueCounters),
    };

    public static EvidenceItem Of(SentryRelease release) => new()
    {
        Key = release.Id,
        Name = release.Version,
        State = release.Status,
        At = release.DateReleased ?? release.DateCreated,
        Document = EvidenceJson.Text(
            new ReleaseDocument
            {
                Version = release.Version,
                Status = release.Status,
                Ref = release.Ref,
                DateCreated = release.DateCreated,
                DateReleased = release.DateReleased,
                CommitCount = release.CommitCount,
                DeployCount = release.DeployCount,
                ProjectIds = release.Projects is { } projects ? [.. projects.Select(static project => project.Id).Order(StringComparer.Ordinal)] : null,
                LastDeploy = release.LastDeploy is { } last ? new LastDeployDocument(last.Environment, last.DateFinished) : null,
                AuthorCount = release.Authors?.Count,
                UnknownAuthorCount = release.Authors?.Count(static author => author.Id is null),
            },
            Json.ReleaseDocument),
        Counters = EvidenceJson.Text(new ReleaseCounters(release.NewGroups, Health(release)), Json.ReleaseCounters),
    };

    public static EvidenceItem Of(SentryDeploy deploy, string releaseId) => new()
    {
        Key = deploy.Id,
        Parent = releaseId,
        Name = deploy.Name ?? deploy.Environment ?? deploy.Id,
        State = deploy.DateFinished is null ? "started" : "finished",
        At = deploy.DateFinished ?? deploy.DateStarted,
        Document = EvidenceJson.Text(new DeployDocument(deploy.Environment, deploy.Name, deploy.DateStarted, deploy.DateFinished), Json.DeployDocument),
    };

    /// <summary>The same commit can be in several releases: its key says in which.</summary>
    public static EvidenceItem Of(SentryCommit commit, string releaseId) => new()
    {
        Key = $"{releaseId}/{commit.Id}",
        Parent = releaseId,
        Name = commit.Id,
        State = commit.PullRequest is null ? "direct" : commit.PullRequest.Status ?? "pull request",
        At = commit.DateCreated,
        Document = EvidenceJson.Text(
            new CommitDocument(
                commit.DateCreated,
                commit.Repository?.Name,
                commit.PullRequest is { } pull ? new PullRequestDocument(pull.Id, pull.Status, pull.MergedAt) : null),
            Json.CommitDocument),
    };

    public static EvidenceItem Of(SentryEnvironment environment) => new()
    {
        Key = environment.Id,
        Name = environment.Name is { Length: > 0 } name ? name : "(no name)",
        Document = EvidenceJson.Text(new NameDocument(environment.Name), Json.NameDocument),
    };

    public static EvidenceItem Of(SentryRepository repository) => new()
    {
        Key = repository.Id,
        Name = repository.Name ?? repository.Id,
        State = repository.Status,
        At = repository.DateCreated,
        Document = EvidenceJson.Text(
            new RepositoryDocument(repository.Name, repository.Provider?.Id, repository.Status, repository.IntegrationId, repository.DateCreated), Json.RepositoryDocument),
    };

    public static EvidenceItem Of(SentryMonitor monitor) => new()
    {
        Key = monitor.Id,
        Parent = monitor.Project?.Id,
        Name = monitor.Name ?? monitor.Slug ?? monitor.Id,
        State = monitor.Status,
        At = monitor.DateCreated,
        Document = EvidenceJson.Text(
            new MonitorDocument
            {
                Slug = monitor.Slug,
                Name = monitor.Name,
                ProjectId = monitor.Project?.Id,
                Status = monitor.Status,
                IsMuted = monitor.IsMuted,
                Owner = Owner(monitor.Owner),
                Environments =
                [
                    .. (monitor.Environments ?? []).Select(static place =>
                        new MonitorEnvironmentDocument(place.Name, place.Status, place.IsMuted, place.ActiveIncident?.StartingTimestamp)),
                ],
                DateCreated = monitor.DateCreated,
            },
            Json.MonitorDocument),
        Counters = EvidenceJson.Text(
            new MonitorCounters([.. (monitor.Environments ?? []).Select(static place => new MonitorCheckInDocument(place.Name, place.LastCheckIn, place.NextCheckIn))]), Json.MonitorCounters),
    };

    public static EvidenceItem Of(SentryDetector detector) => new()
    {
        Key = detector.Id,
        Parent = detector.ProjectId,
        Name = detector.Name ?? detector.Id,
        State = Switched(detector.Enabled),
        At = detector.DateCreated,
        Document = EvidenceJson.Text(
            new DetectorDocument
            {
                Name = detector.Name,
                ProjectId = detector.ProjectId,
                Type = detector.Type,
                WorkflowIds = detector.WorkflowIds,
                Owner = Owner(detector.Owner),
                Enabled = detector.Enabled,
                DateCreated = detector.DateCreated,
                DateUpdated = detector.DateUpdated,
            },
            Json.DetectorDocument),
    };

    public static EvidenceItem Of(SentryWorkflow workflow) => new()
    {
        Key = workflow.Id,
        Name = workflow.Name ?? workflow.Id,
        State = Switched(workflow.Enabled),
        At = workflow.DateCreated,
        Document = EvidenceJson.Text(
            new WorkflowDocument
            {
                Name = workflow.Name,
                DetectorIds = workflow.DetectorIds,
                Actions =
                [
                    .. (workflow.ActionFilters ?? []).SelectMany(static group => group.Actions ?? [])
                        .Select(Action),
                ],
                Owner = workflow.Owner,
                Enabled = workflow.Enabled,
                DateCreated = workflow.DateCreated,
                DateUpdated = workflow.DateUpdated,
            },
            Json.WorkflowDocument),
        Counters = EvidenceJson.Text(new WorkflowCounters(workflow.LastTriggered), Json.WorkflowCounters),
    };

    public static EvidenceItem Of(SentryDataForwarder forwarder) => new()
    {
        Key = forwarder.Id,
        Name = forwarder.Provider ?? forwarder.Id,
        State = Switched(forwarder.IsEnabled),
        At = forwarder.DateAdded,
        Document = EvidenceJson.Text(
            new ForwardingDocument(forwarder.Provider, forwarder.IsEnabled, forwarder.EnrollNewProjects, Ids(forwarder.EnrolledProjects), forwarder.DateAdded), Json.ForwardingDocument),
    };

    public static EvidenceItem Of(SentryRelay relay) => new()
    {
        Key = relay.RelayId,
        Name = relay.RelayId,
        At = relay.FirstSeen,
        Document = EvidenceJson.Text(new RelayDocument(relay.PublicKey, relay.Version, relay.FirstSeen), Json.RelayDocument),
        Counters = EvidenceJson.Text(new RelayCounters(relay.LastSeen), Json.RelayCounters),
    };

    public static EvidenceItem Of(SentryIssueActivity activity, string issueId) => new()
    {
        Key = $"{issueId}/{activity.Id}",
        Parent = issueId,
        Name = activity.Type ?? activity.Id,
        At = activity.DateCreated,
        LastAt = activity.DateCreated,
        Document = EvidenceJson.Text(new IssueActivityDocument(activity.Type, activity.DateCreated, activity.User?.Id), Json.IssueActivityDocument),
    };

    public static EvidenceItem Of(SentryIssueEvent issueEvent, string issueId) => new()
    {
        Key = issueEvent.Id,
        Parent = issueId,
        Name = issueEvent.Id,
        At = issueEvent.DateCreated,
        LastAt = issueEvent.DateCreated,
        Document = EvidenceJson.Text(new IssueEventDocument(issueEvent.DateCreated, issueEvent.ProjectId, issueEvent.Platform), Json.IssueEventDocument),
    };

    public static EvidenceItem Of(string projectId, string slug, UsageCounters usage) => new()
    {
        Key = projectId,
        Parent = projectId,
        Name = slug,
        Document = EvidenceJson.Text(new UsageDocument(slug), Json.UsageDocument),
        Counters = EvidenceJson.Text(usage, Json.UsageCounters),
    };

    public static EvidenceItem Of(
        SentryProjectSettings settings, IReadOnlyList<SentryInboundFilter> filters, SentryOwnershipRules ownership, IReadOnlyList<SentryServiceHook> hooks) => new()
        {
            Key = settings.Id,
            Parent = settings.Id,
            Name = settings.Slug ?? settings.Id,
            State = settings.Status,
            Document = EvidenceJson.Text(
            new ProjectSettingsDocument
            {
                Slug = settings.Slug,
                Platform = settings.Platform,
                Status = settings.Status,
                IsPublic = settings.IsPublic,
                DataScrubber = settings.DataScrubber,
                DataScrubberDefaults = settings.DataScrubberDefaults,
                ScrubIpAddresses = settings.ScrubsIpAddresses,
                ScrapeJavaScript = settings.ScrapeJavaScript,
                VerifyTls = settings.VerifiesTls,
                SensitiveFields = settings.SensitiveFields,
                SafeFields = settings.SafeFields,
                AllowedDomains = settings.AllowedDomains,
                StoreCrashReports = settings.StoreCrashReports,
                ResolveAge = settings.ResolveAge,
                DefaultEnvironment = settings.DefaultEnvironment,
                Filters = [.. filters.OrderBy(static filter => filter.Id, StringComparer.Ordinal).Select(static filter => new InboundFilterDocument(filter.Id, filter.IsActive))],
                OwnFilters = settings.Options is { } options ? OwnFilters(options) : null,
                Ownership = new OwnershipDocument(!string.IsNullOrWhiteSpace(ownership.Raw), ownership.IsActive, ownership.AutoAssignment, ownership.LastUpdated),
                Hooks = [.. hooks.OrderBy(static hook => hook.Id, StringComparer.Ordinal).Select(Hook)],
            },
            Json.ProjectSettingsDocument),
        };

    private static OwnFiltersDocument OwnFilters(SentryProjectOptions options) =>
        new(OwnFiltersDocument.DigestOf(options.ErrorMessages), OwnFiltersDocument.DigestOf(options.Releases), OwnFiltersDocument.DigestOf(options.Networks));

    /// <summary>The path and the query of a hook may hold a secret; the host tells where data goes.</summary>
    private static ServiceHookDocument Hook(SentryServiceHook hook) =>
        Uri.TryCreate(hook.Url, UriKind.Absolute, out var url)
            ? new ServiceHookDocument(hook.Id, url.Host, url.Scheme == Uri.UriSchemeHttps, hook.Status, hook.Events)
            : new ServiceHookDocument(hook.Id, Host: null, UsesTls: null, hook.Status, hook.Events);

    /// <summary>Any of the three lists can be missing, by what the server knows; each that is not empty is enough.</summary>
    private static bool? HasTicket(SentryIssue issue) =>
        (issue.IntegrationTickets ?? issue.AppTickets ?? issue.Annotations) is null ? null : issue is { IntegrationTickets: > 0 } or { AppTickets: > 0 } or { Annotations: > 0 };

    /// <summary>Only projects that send sessions; null when Sentry told no health at all.</summary>
    private static IReadOnlyList<ReleaseHealthDocument>? Health(SentryRelease release) =>
        release.Projects?.Any(static project => project.HealthData is not null) is not true
            ? null
            : [.. release.Projects.Where(static project => project.HealthData is { HasHealthData: true }).OrderBy(static project => project.Id, StringComparer.Ordinal)
                .Select(static project => new ReleaseHealthDocument(project.Id, project.HealthData!.CrashFreeSessions, project.HealthData.Adoption))];

    /// <summary>Only the ids of users and teams: anything else can be an address.</summary>
    private static WorkflowActionDocument Action(SentryAction action) => new(
        action.Type, action.IntegrationId, action.Status, action.Config?.TargetType, action.Config is { TargetType: "user" or "team" } target ? target.TargetIdentifier : null);

    private static OwnerDocument? Owner(SentryOwner? owner) => owner is null ? null : new OwnerDocument(owner.Type, owner.Id);

    private static IReadOnlyList<string>? Ids(IReadOnlyList<SentryProjectReference>? projects) =>
        projects is null ? null : [.. projects.Select(static project => project.Id).Order(StringComparer.Ordinal)];

    private static string? Switched(bool? on) => on switch { true => "enabled", false => "disabled", null => null };
}
