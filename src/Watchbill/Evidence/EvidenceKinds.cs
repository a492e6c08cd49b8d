namespace Watchbill.Evidence;

/// <summary>What is known about a kind of evidence beforehand.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Name">Its name in addresses and on the command line, for example <c>project-settings</c>.</param>
/// <param name="Title">Its name on pages.</param>
/// <param name="Reads">What is asked of Sentry.</param>
/// <param name="Scopes">One of these scopes is needed.</param>
/// <param name="Keeps">The fields that are stored, with history: a change of one begins a new period.</param>
/// <param name="Counts">The fields of which only the last value is stored.</param>
/// <param name="Part">Of what each read is a part: an issue, a release or a project; null for a list of the whole organization.</param>
public sealed record EvidenceDefinition(
    EvidenceKind Kind, string Name, string Title, string Reads, IReadOnlyList<string> Scopes, IReadOnlyList<string> Keeps, IReadOnlyList<string> Counts, string? Part = null)
{
    /// <summary>Only read when somebody names the issue.</summary>
    public bool IsOnDemand => Kind is EvidenceKind.IssueActivity or EvidenceKind.IssueEvents;
}

/// <summary>All kinds of evidence.</summary>
public static class EvidenceKinds
{
    private static readonly string[] Events = ["event:read"];
    private static readonly string[] Organization = ["org:read"];
    private static readonly string[] Releases = ["project:read", "project:releases"];
    private static readonly string[] Projects = ["project:read"];
    private static readonly string[] Alerts = ["org:read", "alerts:read"];

    /// <summary>In the order in which they are shown and read.</summary>
    public static IReadOnlyList<EvidenceDefinition> All { get; } =
    [
        new(EvidenceKind.Environments, "environments", "Environments", "GET organizations/{org}/environments/", Organization, ["name"], []),
        new(EvidenceKind.Repositories, "repositories", "Repositories", "GET organizations/{org}/repos/", Organization, ["name", "provider", "status", "integrationId", "dateCreated"], []),
        new(EvidenceKind.Detectors, "detectors", "Alert detectors", "GET organizations/{org}/detectors/?project=-1", Alerts,
            ["name", "projectId", "type", "workflowIds", "owner", "enabled", "dateCreated", "dateUpdated"], []),
        new(EvidenceKind.Workflows, "workflows", "Alert workflows", "GET organizations/{org}/workflows/?project=-1", Alerts,
            ["name", "detectorIds", "actions (type, integrationId, status, targetType, targetId of users and teams)", "owner", "enabled", "dateCreated", "dateUpdated"], ["lastTriggered"]),
        new(EvidenceKind.Monitors, "monitors", "Cron monitors", "GET organizations/{org}/monitors/?project=-1", Alerts,
            ["slug", "name", "projectId", "status", "isMuted", "owner", "environments (name, status, isMuted, incidentSince)", "dateCreated"], ["environments (name, lastCheckIn, nextCheckIn)"]),
        new(EvidenceKind.Forwarding, "forwarding", "Data forwarding", "GET organizations/{org}/forwarding/", Organization,
            ["provider", "isEnabled", "enrollNewProjects", "projectIds", "dateAdded"], []),
        new(EvidenceKind.Relays, "relays", "Relays", "GET organizations/{org}/relay_usage/", Organization, ["publicKey", "version", "firstSeen"], ["lastSeen"]),
        new(EvidenceKind.Usage, "usage", "Usage", "GET organizations/{org}/stats-summary/ and stats_v2/ of 30 days", Organization, ["slug"], ["from", "until", "categories (outcomes)"]),
        new(EvidenceKind.Releases, "releases", "Releases", "GET organizations/{org}/releases/?health=1", Releases,
            ["version", "status", "ref", "dateCreated", "dateReleased", "commitCount", "deployCount", "projectIds", "lastDeploy (environment, dateFinished)", "authorCount", "unknownAuthorCount"],
            ["newGroups", "health (projectId, crashFreeSessions, adoption)"]),
        new(EvidenceKind.Deploys, "deploys", "Deploys", "GET organizations/{org}/releases/{version}/deploys/", Releases, ["environment", "name", "dateStarted", "dateFinished"], [], "release"),
        new(EvidenceKind.Commits, "commits", "Commits", "GET organizations/{org}/releases/{version}/commits/", Releases,
            ["dateCreated", "repository", "pullRequest (id, status, mergedAt)"], [], "release"),
        new(EvidenceKind.ProjectSettings, "project-settings", "Project settings", "GET projects/{org}/{project}/, filters/, ownership/ and hooks/", Projects,
            [
                "slug", "platform", "status", "isPublic", "dataScrubber", "dataScrubberDefaults", "scrubIpAddresses", "scrapeJavaScript", "verifyTls", "sensitiveFields", "safeFields",
                "allowedDomains", "storeCrashReports", "resolveAge", "defaultEnvironment", "filters (id, isActive)", "ownFilters (SHA-256 of errorMessages, releases, networks)",
                "ownership (hasRules, isActive, autoAssignment, lastUpdated)", "hooks (id, host, usesTls, status, events)",
            ],
            [], "project"),
        new(EvidenceKind.Issues, "issues", "Issues", "GET organizations/{org}/issues/?query=&project=-1&expand=integrationIssues&expand=sentryAppIssues of 90 days", Events,
            ["shortId", "projectId", "level", "status", "substatus", "priority", "issueType", "issueCategory", "assignedTo", "isPublic", "isUnhandled", "hasTicket", "firstSeen"],
            ["lastSeen", "count", "userCount", "numComments"]),
        new(EvidenceKind.IssueActivity, "issue-activity", "Activity of issues", "GET organizations/{org}/issues/{issue}/", Events, ["type", "dateCreated", "userId"], [], "issue"),
        new(EvidenceKind.IssueEvents, "issue-events", "Events of issues", "GET organizations/{org}/issues/{issue}/events/", Events, ["dateCreated", "projectId", "platform"], [], "issue"),
    ];

    /// <summary>What is known about one.</summary>
    public static EvidenceDefinition Of(EvidenceKind kind) => All.Single(info => info.Kind == kind);

    /// <summary>The kind of this name; null when there is none.</summary>
    public static EvidenceDefinition? Find(string? name) => All.FirstOrDefault(info => string.Equals(info.Name, name, StringComparison.OrdinalIgnoreCase));
}
