namespace Watchbill.Sentry;

/// <summary>
/// An organization with its settings. A caller without <c>org:read</c> gets only the summary, still with status 200: then the settings,
/// <see cref="Access"/> and the role lists are null. Null never means "off".
/// </summary>
public sealed record SentryOrganization : IKeyed
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public SentryOrganizationStatus? Status { get; init; }

    public SentryOrganizationLinks? Links { get; init; }

    /// <summary>Feature names; null unless asked for. A hint only: no conclusion about security may rest on one.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The caller's effective scopes; the best word on what will work.</summary>
    public IReadOnlyList<string>? Access { get; init; }

    /// <summary>The caller's own role; null for callers that are no members.</summary>
    public string? OrgRole { get; init; }

    public IReadOnlyList<SentryOrgRole>? OrgRoleList { get; init; }

    public IReadOnlyList<SentryTeamRole>? TeamRoleList { get; init; }

    public bool? Require2FA { get; init; }

    public bool? RequiresSso { get; init; }

    public bool? HasAuthProvider { get; init; }

    /// <summary>Every member reaches every project, whatever the teams say.</summary>
    public bool? OpenMembership { get; init; }

    public bool? AllowMemberInvite { get; init; }

    public bool? AllowMemberProjectCreation { get; init; }

    public bool? AllowJoinRequests { get; init; }

    public bool? AllowSuperuserAccess { get; init; }

    public bool? AllowSharedIssues { get; init; }

    public bool? EnhancedPrivacy { get; init; }

    public bool? DataScrubber { get; init; }

    public bool? DataScrubberDefaults { get; init; }

    public bool? ScrubIPAddresses { get; init; }

    public bool? ScrapeJavaScript { get; init; }

    public IReadOnlyList<string>? SensitiveFields { get; init; }

    public IReadOnlyList<string>? SafeFields { get; init; }

    /// <summary>JSON as text; null when none is set.</summary>
    public string? RelayPiiConfig { get; init; }

    /// <summary>Crash reports kept per issue; -1 means without limit.</summary>
    public int? StoreCrashReports { get; init; }

    /// <summary>The least role that may download attachments.</summary>
    public string? AttachmentsRole { get; init; }

    /// <summary>The least role that may download debug files.</summary>
    public string? DebugFilesRole { get; init; }

    public bool? EventsMemberAdmin { get; init; }

    public bool? AlertsMemberWrite { get; init; }

    /// <summary>The role of people who arrive through single sign-on.</summary>
    public string? DefaultRole { get; init; }

    public int? PendingAccessRequests { get; init; }

    public IReadOnlyList<SentryTrustedRelay>? TrustedRelays { get; init; }

    /// <summary>Takes part in features before they are released.</summary>
    public bool? IsEarlyAdopter { get; init; }

    /// <summary>Nothing is offered that uses generative models.</summary>
    public bool? HideAiFeatures { get; init; }

    /// <summary>Somebody agreed that data goes to generative models; null on servers that do not ask.</summary>
    public bool? GenAIConsent { get; init; }

    /// <summary>Somebody agreed that data is used in aggregate.</summary>
    public bool? AggregatedDataConsent { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>The life of an organization: <c>active</c>, <c>pending_deletion</c>, <c>deletion_in_progress</c>.</summary>
public sealed record SentryOrganizationStatus
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>Where an organization lives.</summary>
public sealed record SentryOrganizationLinks
{
    public string? OrganizationUrl { get; init; }

    /// <summary>The region that holds the organization's data.</summary>
    public string? RegionUrl { get; init; }
}

/// <summary>A relay the organization trusts to pass events on.</summary>
public sealed record SentryTrustedRelay
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? PublicKey { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastModified { get; init; }
}
