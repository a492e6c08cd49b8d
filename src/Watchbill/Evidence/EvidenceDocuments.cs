using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Watchbill.Evidence;

internal sealed record OwnerDocument(string? Type, string Id);

internal sealed record NameDocument(string? Name);

internal sealed record IssueDocument
{
    public string? ShortId { get; init; }

    public string? ProjectId { get; init; }

    public string? Level { get; init; }

    public string? Status { get; init; }

    public string? Substatus { get; init; }

    public string? Priority { get; init; }

    public string? IssueType { get; init; }

    public string? IssueCategory { get; init; }

    public OwnerDocument? AssignedTo { get; init; }

    public bool? IsPublic { get; init; }

    public bool? IsUnhandled { get; init; }

    /// <summary>Whether a ticket is linked to it; null when Sentry did not say.</summary>
    public bool? HasTicket { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }
}

internal sealed record IssueCounters(DateTimeOffset? LastSeen, long? Count, long? UserCount, int? NumComments);

internal sealed record ReleaseDocument
{
    public required string Version { get; init; }

    public string? Status { get; init; }

    public string? Ref { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateReleased { get; init; }

    public int? CommitCount { get; init; }

    public int? DeployCount { get; init; }

    public IReadOnlyList<string>? ProjectIds { get; init; }

    public LastDeployDocument? LastDeploy { get; init; }

    public int? AuthorCount { get; init; }

    /// <summary>Authors who are nobody whom Sentry knows.</summary>
    public int? UnknownAuthorCount { get; init; }
}

internal sealed record LastDeployDocument(string? Environment, DateTimeOffset? DateFinished);

internal sealed record ReleaseCounters(int? NewGroups, IReadOnlyList<ReleaseHealthDocument>? Health);

internal sealed record ReleaseHealthDocument(string ProjectId, double? CrashFreeSessions, double? Adoption);

internal sealed record DeployDocument(string? Environment, string? Name, DateTimeOffset? DateStarted, DateTimeOffset? DateFinished);

internal sealed record CommitDocument(DateTimeOffset? DateCreated, string? Repository, PullRequestDocument? PullRequest);

internal sealed record PullRequestDocument(string Id, string? Status, DateTimeOffset? MergedAt);

internal sealed record RepositoryDocument(string? Name, string? Provider, string? Status, string? IntegrationId, DateTimeOffset? DateCreated);

internal sealed record MonitorDocument
{
    public string? Slug { get; init; }

    public string? Name { get; init; }

    public string? ProjectId { get; init; }

    public string? Status { get; init; }

    public bool? IsMuted { get; init; }

    public OwnerDocument? Owner { get; init; }

    public IReadOnlyList<MonitorEnvironmentDocument>? Environments { get; init; }

    public DateTimeOffset? DateCreated { get; init; }
}

internal sealed record MonitorEnvironmentDocument(string? Name, string? Status, bool? IsMuted, DateTimeOffset? IncidentSince);

internal sealed record MonitorCounters(IReadOnlyList<MonitorCheckInDocument> Environments);

internal sealed record MonitorCheckInDocument(string? Name, DateTimeOffset? LastCheckIn, DateTimeOffset? NextCheckIn);

internal sealed record DetectorDocument
{
    public string? Name { get; init; }

    public string? ProjectId { get; init; }

    public string? Type { get; init; }

    public IReadOnlyList<string>? WorkflowIds { get; init; }

    public OwnerDocument? Owner { get; init; }

    public bool? Enabled { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateUpdated { get; init; }
}

internal sealed record WorkflowDocument
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? DetectorIds { get; init; }

    public IReadOnlyList<WorkflowActionDocument>? Actions { get; init; }

    public string? Owner { get; init; }

    public bool? Enabled { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateUpdated { get; init; }
}

internal sealed record WorkflowActionDocument(string? Type, string? IntegrationId, string? Status, string? TargetType, string? TargetId);

internal sealed record WorkflowCounters(DateTimeOffset? LastTriggered);

internal sealed record ForwardingDocument(string? Provider, bool? IsEnabled, bool? EnrollNewProjects, IReadOnlyList<string>? ProjectIds, DateTimeOffset? DateAdded);

internal sealed record RelayDocument(string? PublicKey, string? Version, DateTimeOffset? FirstSeen);

internal sealed record RelayCounters(DateTimeOffset? LastSeen);

internal sealed record UsageDocument(string? Slug);

internal sealed record UsageCounters(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<CategoryUsageDocument> Categories);

internal sealed record CategoryUsageDocument(string Category, IReadOnlyDictionary<string, long> Outcomes);

internal sealed record ProjectSettingsDocument
{
    public string? Slug { get; init; }

    public string? Platform { get; init; }

    public string? Status { get; init; }

    public bool? IsPublic { get; init; }

    public bool? DataScrubber { get; init; }

    public bool? DataScrubberDefaults { get; init; }

    public bool? ScrubIpAddresses { get; init; }

    public bool? ScrapeJavaScript { get; init; }

    public bool? VerifyTls { get; init; }

    public IReadOnlyList<string>? SensitiveFields { get; init; }

    public IReadOnlyList<string>? SafeFields { get; init; }

    public IReadOnlyList<string>? AllowedDomains { get; init; }

    public int? StoreCrashReports { get; init; }

    public int? ResolveAge { get; init; }

    public string? DefaultEnvironment { get; init; }

    public IReadOnlyList<InboundFilterDocument>? Filters { get; init; }

    /// <summary>Null when Sentry did not tell them.</summary>
    public OwnFiltersDocument? OwnFilters { get; init; }

    public OwnershipDocument? Ownership { get; init; }

    public IReadOnlyList<ServiceHookDocument>? Hooks { get; init; }
}

internal sealed record InboundFilterDocument(string Id, bool IsActive);

/// <summary>SHA-256 of each text by which a project drops events, without white space around it; null where there is none. The texts can hold what people wrote.</summary>
internal sealed record OwnFiltersDocument(string? ErrorMessages, string? Releases, string? Networks)
{
    /// <summary>What is kept of a text; null where there is none.</summary>
    public static string? DigestOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
}

internal sealed record OwnershipDocument(bool HasRules, bool? IsActive, string? AutoAssignment, DateTimeOffset? LastUpdated);

internal sealed record ServiceHookDocument(string Id, string? Host, bool? UsesTls, string? Status, IReadOnlyList<string>? Events);

internal sealed record IssueActivityDocument(string? Type, DateTimeOffset? DateCreated, string? UserId);

internal sealed record IssueEventDocument(DateTimeOffset? DateCreated, string? ProjectId, string? Platform);

/// <summary>How documents are written: the same reading always gives the same text, because hashes are made of it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NameDocument))]
[JsonSerializable(typeof(List<EvidenceStateCount>))]
[JsonSerializable(typeof(IssueDocument))]
[JsonSerializable(typeof(IssueCounters))]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(ReleaseCounters))]
[JsonSerializable(typeof(DeployDocument))]
[JsonSerializable(typeof(CommitDocument))]
[JsonSerializable(typeof(RepositoryDocument))]
[JsonSerializable(typeof(MonitorDocument))]
[JsonSerializable(typeof(MonitorCounters))]
[JsonSerializable(typeof(DetectorDocument))]
[JsonSerializable(typeof(WorkflowDocument))]
[JsonSerializable(typeof(WorkflowCounters))]
[JsonSerializable(typeof(ForwardingDocument))]
[JsonSerializable(typeof(RelayDocument))]
[JsonSerializable(typeof(RelayCounters))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(UsageCounters))]
[JsonSerializable(typeof(ProjectSettingsDocument))]
[JsonSerializable(typeof(IssueActivityDocument))]
[JsonSerializable(typeof(IssueEventDocument))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>A document as text.</summary>
    public static string Text<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.Serialize(document, type);
}
