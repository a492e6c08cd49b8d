using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Compliance;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Tests.Compliance;

/// <summary>An organization of which every check has something to say, and nothing bad. One small change each makes it bad, see <see cref="Mutations"/>.</summary>
internal static class GoodOrganization
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CheckResource Self = new(ResourceKind.Organization, "1", "acme");

    /// <summary>Parameters without which some checks have nothing to compare with.</summary>
    public static CheckSettings SettingsOf(string check) => new(check switch
    {
        "member-email-domain-allowed" => Of("allowedDomains", """["example.com"]"""),
        "integration-approved" => Of("approved", """["github","deploy-bot"]"""),
        "uptime-monitored" => Of("projects", """["web"]"""),
        "org-trusted-relays-known" => Of("approvedKeys", """["relay-key"]"""),
        "auditlog-known-networks" => Of("cidrs", """["192.0.2.0/24"]"""),
        "org-scim-enabled" => Of("requiredWhenMembersOver", "1"),
        "forwarding-approved" => Of("approved", """["segment"]"""),
        "member-owner-count" => Of("min", "1"),
        "member-privileged-share" => Of("minAbs", "2"),
        _ => new Dictionary<string, string>(),
    });

    /// <summary>Everything is as it should be.</summary>
    public static Posture Make() => new()
    {
        At = Now,
        Self = Self,
        IsSelfHosted = true,
        Inputs = Enum.GetValues<CheckInput>().ToDictionary(static input => input, static _ => new InputState(Now.AddHours(-1), null)),
        Organization = Organization(),
        Settings = Settings(),
        AuthProvider = Provider(),
        Members = [Member("1", "ada@example.com", "owner"), Member("2", "bob@example.com", "member"), Member("3", "cyd@example.com", "admin"), Invitation()],
        Teams = [new TeamPosture("10", "core", 2)],
        Projects = [Project()],
        NonHumans =
        [
            new NonHumanPosture(Key("key-1", isActive: true), null),
            new NonHumanPosture(Key("key-2", isActive: false), null),
            new NonHumanPosture(NonHuman(NonHumanKind.OrganizationToken, "20", "build", "org:ci"), Now.AddDays(-1)),
            new NonHumanPosture(NonHuman(NonHumanKind.InternalIntegration, "app-1", "collector", "org:read", webhook: "https://hooks.example.com"), null),
            new NonHumanPosture(NonHuman(NonHumanKind.PublicApp, "app-2", "deploy-bot", "project:read"), null),
            new NonHumanPosture(NonHuman(NonHumanKind.Integration, "30", "GitHub", null, provider: "github"), null),
        ],
        Issues = [Issue("100", "high", "error", "ongoing"), Issue("101", "medium", "fatal", "ongoing"), Issue("102", "low", "error", "regressed"), Archived()],
        IssueCount = 4,
        Releases = [Release()],
        Deploys = [new Collected<DeployDocument>("300", "production", Now.AddDays(-5), new DeployDocument("production", null, Now.AddDays(-5), Now.AddDays(-5))) { Parent = "200" }],
        Commits = new CommitCounts(99, 100),
        Repositories = [new Collected<RepositoryDocument>("40", "acme/web", Now, new RepositoryDocument("acme/web", "github", "active", "30", Now))],
        Monitors = [new Collected<MonitorDocument>("50", "nightly", Now, new MonitorDocument { Status = "active", IsMuted = false, Environments = [new("production", "ok", false, null)] })],
        Detectors = [Detector("60", "error"), Detector("61", "uptime_domain_failure")],
        Workflows = [Workflow()],
        Forwarders = [new Collected<ForwardingDocument>("80", "segment", Now, new ForwardingDocument("segment", true, false, [], Now))],
        Relays = [new Collected<RelayDocument, RelayCounters>("90", "relay", Now, new RelayDocument("relay-key", "24.1", Now.AddYears(-1)), new RelayCounters(Now.AddDays(-1)))],
        Log = [.. LogLines().Select(static (name, index) => Line(index + 1, name))],
        LogReach = new LoggedReach { ConnectorId = new(1), Since = Now.AddYears(-1), Through = Now.AddDays(-1), IsWhole = true },
        OldestLogLine = Now.AddYears(-1),
        Acknowledged = Enumerable.Range(1, LogLines().Count).Select(static id => (long)id).ToHashSet(),
        StrangeAddresses = 0,
        ClockSkew = TimeSpan.FromSeconds(1),
        Readings = [new ReadingPosture(Scope.Members, "Members") { CompleteAt = Now.AddHours(-1), Rows = 4, Reported = 4 }],
    };

    /// <summary>Nothing at all, although everything was read.</summary>
    public static Posture Empty() => new() { At = Now, Self = Self, Inputs = Make().Inputs };

    public static OrganizationFact Organization(bool? requireTwoFactor = true, string? defaultRole = "member", bool? on = false) => new()
    {
        Scope = Scope.Organization,
        Key = "1",
        Slug = "acme",
        Name = "Acme",
        RequireTwoFactor = requireTwoFactor,
        DefaultRole = defaultRole,
        OpenMembership = on,
        AllowJoinRequests = on,
        AllowMemberInvite = on,
        AllowMemberProjectCreation = on,
        EventsMemberAdmin = on,
        AlertsMemberWrite = on,
        AllowSharedIssues = on,
        AllowSuperuserAccess = on,
        HasAuthProvider = true,
    };

    public static AuthProviderFact Provider(bool? requireLink = true, bool? scim = true, int? pending = 0, string name = "okta") =>
        new() { Scope = Scope.AuthProvider, Key = "1", ProviderName = name, RequireLink = requireLink, ScimEnabled = scim, PendingLinks = pending };

    public static MemberPosture Member(
        string id, string email, string role, bool linked = true, bool? twoFactor = true, bool invalid = false, bool provisioned = true, bool? verified = true, bool? suspended = false, bool? superuser = false, DateTimeOffset? seen = null) => new(
        new MemberFact
        {
            Scope = Scope.Members,
            Key = id,
            Email = email,
            Name = email,
            OrgRole = role,
            UserId = "u" + id,
            DateCreated = Now.AddYears(-1),
            SsoLinked = linked,
            HasTwoFactor = twoFactor,
            SsoInvalid = invalid,
            IdpProvisioned = provisioned,
            EmailVerified = verified,
            UserIsSuspended = suspended,
            IsSuperuser = superuser,
            IsStaff = superuser,
        },
        seen ?? Now.AddDays(-1),
        seen ?? Now.AddDays(-1));

    public static MemberPosture Invitation(DateTimeOffset? at = null, bool expired = false, string email = "dee@example.com", bool dated = true) => new(
        new MemberFact { Scope = Scope.Members, Key = "9", Email = email, Name = email, OrgRole = "member", Pending = true, Expired = expired, DateCreated = dated ? at ?? Now.AddDays(-1) : null }, null, null);

    public static NonHumanFact NonHuman(NonHumanKind kind, string id, string name, string? scopes, string? webhook = null, string? provider = null) => new()
    {
        Scope = Scope.SentryApps,
        Key = NonHumanFact.KeyOf(kind, id),
        Kind = kind,
        ExternalId = id,
        Name = name,
        Slug = name,
        Status = "active",
        IsActive = true,
        Scopes = scopes,
        WebhookOrigin = webhook,
        Provider = provider,
        DateCreated = Now.AddDays(-30),
    };

    public static NonHumanFact Key(string id, bool? isActive, DateTimeOffset? created = null, int? perHour = 1000, bool dated = true) => new()
    {
        Scope = Scope.ClientKeys,
        Key = NonHumanFact.KeyOf(NonHumanKind.ClientKey, id),
        Kind = NonHumanKind.ClientKey,
        ExternalId = id,
        Name = id,
        IsActive = isActive,
        ProjectId = "5",
        DateCreated = dated ? created ?? Now.AddDays(-30) : null,
        EventsPerHour = perHour,
    };

    public static ProjectPosture Project() => new("5", "web", Now.AddYears(-1), 1)
    {
        Settings = ProjectSettings(),
        Usage = Usage(("accepted", 1000), ("rate_limited", 1)),
    };

    public static UsageCounters Usage(params (string Outcome, long Count)[] outcomes) =>
        new(Now.AddDays(-30), Now, [new CategoryUsageDocument("error", outcomes.ToDictionary(static one => one.Outcome, static one => one.Count))]);

    public static ProjectSettingsDocument ProjectSettings() => new()
    {
        Slug = "web",
        Platform = "javascript-react",
        IsPublic = false,
        DataScrubber = true,
        DataScrubberDefaults = true,
        ScrubIpAddresses = true,
        VerifyTls = true,
        SafeFields = [],
        AllowedDomains = ["example.com"],
        ResolveAge = 0,
        OwnFilters = new OwnFiltersDocument(null, null, null),
        Ownership = new OwnershipDocument(true, true, "Auto Assign to Issue Owner", Now),
        Hooks = [new ServiceHookDocument("70", "hooks.example.com", true, "active", [])],
    };

    public static Collected<IssueDocument, IssueCounters> Issue(string id, string? priority, string level, string? substatus, bool? open = false, int ageDays = 1, bool? ticket = true, bool assigned = true) => new(
        id, "WEB-" + id, Now.AddDays(-1),
        new IssueDocument
        {
            Status = "unresolved",
            Priority = priority,
            Level = level,
            Substatus = substatus,
            IsPublic = open,
            HasTicket = ticket,
            FirstSeen = Now.AddDays(-ageDays).AddHours(-49 + 24),
            AssignedTo = assigned ? new OwnerDocument("team", "10") : null,
        },
        new IssueCounters(Now.AddHours(-1), 10, 5, 1));

    public static Collected<IssueDocument, IssueCounters> Archived(int? comments = 1) => new(
        "103", "WEB-103", Now.AddDays(-1), new IssueDocument { Status = "ignored", Substatus = "archived_forever", Priority = "high", Level = "error", IsPublic = false }, new IssueCounters(Now.AddHours(-1), 1, 1, comments));

    public static Collected<ReleaseDocument, ReleaseCounters> Release(int? commits = 3, int? deploys = 1, int? unknown = 0, double? crashFree = 99.9) => new(
        "200", "web@1.0", Now.AddDays(-5),
        new ReleaseDocument { Version = "web@1.0", DateCreated = Now.AddDays(-6), DateReleased = Now.AddDays(-5), CommitCount = commits, DeployCount = deploys, AuthorCount = 2, UnknownAuthorCount = unknown },
        new ReleaseCounters(1, [new ReleaseHealthDocument("5", crashFree, 80)]));

    public static Collected<DetectorDocument> Detector(string id, string type, bool? enabled = true, int changedDaysAgo = 1) => new(
        id, type, Now, new DetectorDocument { Name = type, ProjectId = "5", Type = type, WorkflowIds = ["70"], Enabled = enabled, DateUpdated = Now.AddDays(-changedDaysAgo) });

    public static Collected<WorkflowDocument> Workflow(bool? enabled = true, string? owner = "team:10", string user = "u1", bool hasActions = true, int changedDaysAgo = 1) => new(
        "70", "Tell core", Now,
        new WorkflowDocument
        {
            Name = "Tell core",
            Enabled = enabled,
            Owner = owner,
            DateUpdated = Now.AddDays(-changedDaysAgo),
            DetectorIds = ["60"],
            Actions = hasActions ? [new WorkflowActionDocument("email", null, "active", "user", user)] : null,
        });

    public static LoggedEvent Line(long id, string name, string? role = "owner", string? note = "edited the organization setting: require_2fa to False") => new()
    {
        ConnectorId = new(1),
        EntryId = id,
        At = Now.AddDays(-60),
        Event = name,
        Actor = "ada@example.com",
        OrgRole = role,
        Note = note,
        SeenAt = Now.AddDays(-60),
    };

    private static OrganizationSettings Settings() => new()
    {
        EnhancedPrivacy = true,
        DataScrubber = true,
        DataScrubberDefaults = true,
        ScrubIpAddresses = true,
        SensitiveFields = ["authorization", "cookie", "x-api-key"],
        SafeFields = [],
        StoreCrashReports = 0,
        AttachmentsRole = "admin",
        DebugFilesRole = "admin",
        IsEarlyAdopter = false,
        HideAiFeatures = false,
        GenAiConsent = false,
        AggregatedDataConsent = false,
        TrustedRelays = ["relay-key"],
        TokenScopes = ["org:read", "member:read"],
    };

    private static Dictionary<string, string> Of(string name, string value) => new() { [name] = value };

    private static List<string> LogLines() =>
    [
        "org.edit", "member.invite", "org-auth-token.create", "project.remove-with-slug", "rule.remove", "project.request-transfer",
    ];
}
