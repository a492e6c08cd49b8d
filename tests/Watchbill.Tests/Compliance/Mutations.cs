using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;
using static Watchbill.Tests.Compliance.GoodOrganization;

namespace Watchbill.Tests.Compliance;

/// <summary>For each check the one small change that must make it fail, and the one that must keep it from being evaluated.</summary>
internal static class Mutations
{
    /// <summary>What fails it.</summary>
    public static IReadOnlyDictionary<string, Func<Posture, Posture>> Bad { get; } = new Dictionary<string, Func<Posture, Posture>>
    {
        ["org-mfa-or-sso-enforced"] = static good => good with { Organization = Organization(requireTwoFactor: false), AuthProvider = Provider(requireLink: false) },
        ["org-sso-configured"] = static good => good with { AuthProvider = null },
        ["org-sso-link-required"] = static good => good with { AuthProvider = Provider(pending: 1) },
        ["org-scim-enabled"] = static good => good with { AuthProvider = Provider(scim: false) },
        ["org-default-role-least-privilege"] = static good => good with { Organization = Organization(defaultRole: "admin") },
        ["org-open-membership-off"] = On,
        ["org-join-requests-off"] = On,
        ["org-member-invites-restricted"] = On,
        ["org-member-project-creation-restricted"] = On,
        ["org-members-cannot-delete-events"] = On,
        ["org-members-cannot-edit-alerts"] = On,
        ["org-shared-issues-disabled"] = On,
        ["org-vendor-staff-access-off"] = On,
        ["org-enhanced-privacy-on"] = static good => good with { Settings = good.Settings with { EnhancedPrivacy = false } },
        ["org-data-scrubber-required"] = static good => good with { Settings = good.Settings with { DataScrubber = false } },
        ["org-default-scrubbers-required"] = static good => good with { Settings = good.Settings with { DataScrubberDefaults = false } },
        ["org-ip-scrubbing-required"] = static good => good with { Settings = good.Settings with { ScrubIpAddresses = false } },
        ["org-sensitive-fields-baseline"] = static good => good with { Settings = good.Settings with { SensitiveFields = ["cookie"] } },
        ["org-safe-fields-reviewed"] = static good => good with { Settings = good.Settings with { SafeFields = ["card"] } },
        ["org-attachments-role-restricted"] = static good => good with { Settings = good.Settings with { AttachmentsRole = "member" } },
        ["org-debug-files-role-restricted"] = static good => good with { Settings = good.Settings with { DebugFilesRole = "member" } },
        ["org-crash-reports-limited"] = static good => good with { Settings = good.Settings with { StoreCrashReports = -1 } },
        ["org-ai-data-consent-decided"] = static good => good with { Settings = good.Settings with { GenAiConsent = true } },
        ["org-early-adopter-off"] = static good => good with { Settings = good.Settings with { IsEarlyAdopter = true } },
        ["org-trusted-relays-known"] = static good => good with { Settings = good.Settings with { TrustedRelays = ["relay-key", "other-key"] } },
        ["member-privileged-strong-auth"] = static good => Also(good, Member("4", "eve@example.com", "admin", linked: false, twoFactor: false)),
        ["member-strong-auth"] = static good => Also(good, Member("4", "eve@example.com", "member", linked: false, twoFactor: false)),
        ["member-owner-count"] = static good => good with { Members = [.. good.Members.Where(static member => member.Fact.OrgRole != "owner")] },
        ["member-privileged-share"] = static good => Also(good, Member("4", "eve@example.com", "manager")),
        ["member-inactive"] = static good => Also(good, Member("4", "eve@example.com", "member", seen: Now.AddDays(-91))),
        ["member-stale-invite"] = static good => good with { Members = [Invitation(Now.AddDays(-8))] },
        ["member-email-domain-allowed"] = static good => Also(good, Member("4", "eve@example.org", "member")),
        ["member-email-verified"] = static good => Also(good, Member("4", "eve@example.com", "member", verified: false)),
        ["member-sso-link-valid"] = static good => Also(good, Member("4", "eve@example.com", "member", invalid: true)),
        ["member-scim-provisioned"] = static good => Also(good, Member("4", "eve@example.com", "member", provisioned: false)),
        ["member-shared-account"] = static good => Also(good, Member("4", "support@example.com", "member")),
        ["member-suspended-user-removed"] = static good => Also(good, Member("4", "eve@example.com", "member", suspended: true)),
        ["member-superuser-flag"] = static good => Also(good, Member("4", "eve@example.com", "member", superuser: true)),
        ["team-not-empty"] = static good => good with { Teams = [new TeamPosture("10", "core", 0)] },
        ["project-has-owner-team"] = static good => With(good, static project => project with { Teams = 0 }),
        ["project-receives-events"] = static good => With(good, static project => project with { Usage = Usage(("accepted", 0)) }),
        ["project-events-not-dropped"] = static good => With(good, static project => project with { Usage = Usage(("accepted", 94), ("rate_limited", 6)) }),
        ["project-not-public"] = static good => Set(good, static own => own with { IsPublic = true }),
        ["project-scrubbing-effective"] = static good => Set(good with { Settings = new OrganizationSettings { DataScrubber = false, DataScrubberDefaults = true } }, static own => own with { DataScrubber = false }),
        ["project-ip-scrubbing-effective"] = static good => Set(good with { Settings = new OrganizationSettings { ScrubIpAddresses = false } }, static own => own with { ScrubIpAddresses = false }),
        ["project-safe-fields-reviewed"] = static good => Set(good, static own => own with { SafeFields = ["card"] }),
        ["project-verify-ssl"] = static good => Set(good, static own => own with { VerifyTls = false }),
        ["project-allowed-domains-set"] = static good => Set(good, static own => own with { AllowedDomains = ["*"] }),
        ["project-auto-resolve-bounded"] = static good => Set(good, static own => own with { ResolveAge = 24 }),
        ["project-inbound-filters-reviewed"] = static good => Set(good, static own => own with { OwnFilters = new OwnFiltersDocument("c0ffee", null, null) }),
        ["project-ownership-rules"] = static good => Set(good, static own => own with { Ownership = new OwnershipDocument(false, true, null, null) }),
        ["key-rate-limited"] = static good => Also(good, Key("key-3", isActive: true, perHour: null)),
        ["key-age"] = static good => Also(good, Key("key-3", isActive: true, Now.AddDays(-731))),
        ["key-disabled-removed"] = static good => Also(good, Key("key-3", isActive: false, Now.AddDays(-91))),
        ["orgtoken-unused"] = static good => good with { NonHumans = [new NonHumanPosture(NonHuman(NonHumanKind.OrganizationToken, "20", "build", "org:ci"), Now.AddDays(-91))] },
        ["orgtoken-age"] = static good => good with { At = Now.AddDays(340) },
        ["orgtoken-scope-limited"] = static good => Also(good, NonHuman(NonHumanKind.OrganizationToken, "21", "other", "org:ci project:write")),
        ["app-least-scope"] = static good => Also(good, NonHuman(NonHumanKind.InternalIntegration, "app-3", "strong", "member:write")),
        ["app-webhook-https"] = static good => Also(good, NonHuman(NonHumanKind.PublicApp, "app-3", "loud", "org:read", webhook: "http://hooks.example.com")),
        ["servicehook-https"] = static good => Set(good, static own => own with { Hooks = [new ServiceHookDocument("70", "hooks.example.com", false, "active", [])] }),
        ["integration-healthy"] = static good => good with { NonHumans = [new NonHumanPosture(Ailing(), null)] },
        ["integration-approved"] = static good => Also(good, NonHuman(NonHumanKind.Integration, "31", "Chat", null, provider: "slack")),
        ["forwarding-approved"] = static good => good with { Forwarders = [new Collected<ForwardingDocument>("80", "splunk", Now, new ForwardingDocument("splunk", true, false, [], Now))] },
        ["repo-connected"] = static good => good with { Repositories = [] },
        ["alert-coverage"] = static good => good with { Workflows = [Workflow(enabled: false)] },
        ["alert-enabled"] = static good => good with { Workflows = [Workflow(enabled: false, changedDaysAgo: 15)] },
        ["alert-action-deliverable"] = static good => good with { Workflows = [Workflow(user: "u99")] },
        ["alert-owner-set"] = static good => good with { Workflows = [Workflow(owner: null)] },
        ["cron-monitors-healthy"] = static good => good with { Monitors = [new Collected<MonitorDocument>("50", "nightly", Now, new MonitorDocument { Status = "active", IsMuted = true })] },
        ["uptime-monitored"] = static good => good with { Detectors = [Detector("60", "error")] },
        ["issue-high-priority-sla"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", ageDays: 31)] },
        ["issue-high-priority-assigned"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", ageDays: 2, assigned: false)] },
        ["issue-fatal-triaged"] = static good => good with { Issues = [Issue("101", "medium", "fatal", "new", ageDays: 2)] },
        ["issue-regressions-bounded"] = static good => good with { Issues = [Issue("102", "low", "error", "regressed") with { Since = Now.AddDays(-15) }] },
        ["issue-archived-forever-justified"] = static good => good with { Issues = [Archived(comments: 0)] },
        ["issue-not-shared"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", open: true)] },
        ["issue-ticket-linked"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", ticket: false)] },
        ["release-has-commits"] = static good => good with { Releases = [Release(commits: 0)] },
        ["release-commits-via-pr"] = static good => good with { Commits = new CommitCounts(94, 100) },
        ["release-deploys-recorded"] = static good => good with { Releases = [Release(deploys: 0)] },
        ["release-authors-known"] = static good => good with { Releases = [Release(unknown: 1)] },
        ["release-health"] = static good => good with { Releases = [Release(crashFree: 98.9)] },
        ["auditlog-readable"] = static good => good with { LogReach = good.LogReach! with { Through = Now.AddDays(-91) } },
        ["auditlog-continuity"] = static good => good with { OldestLogLine = Now.AddYears(-2) },
        ["auditlog-security-downgrade"] = Unacknowledged,
        ["auditlog-privilege-grants"] = Unacknowledged,
        ["auditlog-credential-creation"] = Unacknowledged,
        ["auditlog-destructive-actions"] = Unacknowledged,
        ["auditlog-monitoring-tamper"] = Unacknowledged,
        ["auditlog-project-transfer"] = Unacknowledged,
        ["auditlog-known-networks"] = static good => good with { StrangeAddresses = 1 },
        ["collector-token-least-privilege"] = static good => good with { Settings = good.Settings with { TokenScopes = ["org:read", "org:admin"] } },
        ["collector-population-complete"] = static good => good with { Readings = [good.Readings[0] with { Reported = 5 }] },
        ["collector-clock-skew"] = static good => good with { ClockSkew = TimeSpan.FromSeconds(121) },
    };

    /// <summary>What Sentry does not tell. A check that is not here rests on nothing that can be missing in a list that was read completely.</summary>
    public static IReadOnlyDictionary<string, Func<Posture, Posture>> Untold { get; } = new Dictionary<string, Func<Posture, Posture>>
    {
        ["org-mfa-or-sso-enforced"] = static good => good with { Organization = Organization(requireTwoFactor: null) },
        ["org-sso-link-required"] = static good => good with { AuthProvider = Provider(requireLink: null) },
        ["org-scim-enabled"] = static good => good with { AuthProvider = Provider(scim: null) },
        ["org-default-role-least-privilege"] = static good => good with { Organization = Organization(defaultRole: null) },
        ["org-open-membership-off"] = Silent,
        ["org-join-requests-off"] = Silent,
        ["org-member-invites-restricted"] = Silent,
        ["org-member-project-creation-restricted"] = Silent,
        ["org-members-cannot-delete-events"] = Silent,
        ["org-members-cannot-edit-alerts"] = Silent,
        ["org-shared-issues-disabled"] = Silent,
        ["org-vendor-staff-access-off"] = Silent,
        ["org-enhanced-privacy-on"] = Bare,
        ["org-data-scrubber-required"] = Bare,
        ["org-default-scrubbers-required"] = Bare,
        ["org-ip-scrubbing-required"] = Bare,
        ["org-sensitive-fields-baseline"] = Bare,
        ["org-safe-fields-reviewed"] = Bare,
        ["org-attachments-role-restricted"] = Bare,
        ["org-debug-files-role-restricted"] = Bare,
        ["org-crash-reports-limited"] = Bare,
        ["org-ai-data-consent-decided"] = Bare,
        ["org-early-adopter-off"] = Bare,
        ["org-trusted-relays-known"] = Bare,
        ["member-privileged-strong-auth"] = static good => Also(good, Member("4", "eve@example.com", "admin", linked: false, twoFactor: null)),
        ["member-strong-auth"] = static good => Also(good, Member("4", "eve@example.com", "member", linked: false, twoFactor: null)),
        ["member-stale-invite"] = static good => good with { Members = [Invitation(dated: false)] },
        ["member-email-verified"] = static good => Also(good, Member("4", "eve@example.com", "member", verified: null)),
        ["member-suspended-user-removed"] = static good => Also(good, Member("4", "eve@example.com", "member", suspended: null)),
        ["member-superuser-flag"] = static good => Also(good, Member("4", "eve@example.com", "member", superuser: null)),
        ["project-receives-events"] = static good => With(good, static project => project with { Usage = null }),
        ["project-events-not-dropped"] = static good => With(good, static project => project with { Usage = null }),
        ["project-not-public"] = NoSettings,
        ["project-scrubbing-effective"] = static good => Set(good with { Settings = new OrganizationSettings() }, static own => own with { DataScrubber = null }),
        ["project-ip-scrubbing-effective"] = static good => Set(good with { Settings = new OrganizationSettings() }, static own => own with { ScrubIpAddresses = null }),
        ["project-safe-fields-reviewed"] = NoSettings,
        ["project-verify-ssl"] = static good => Set(good, static own => own with { VerifyTls = null }),
        ["project-allowed-domains-set"] = static good => Set(good, static own => own with { AllowedDomains = null }),
        ["project-auto-resolve-bounded"] = static good => Set(good, static own => own with { ResolveAge = null }),
        ["project-inbound-filters-reviewed"] = static good => Set(good, static own => own with { OwnFilters = null }),
        ["project-ownership-rules"] = static good => Set(good, static own => own with { Ownership = new OwnershipDocument(true, null, null, null) }),
        ["key-age"] = static good => Also(good, Key("key-3", isActive: true, dated: false)),
        ["key-disabled-removed"] = static good => Also(good, Key("key-3", isActive: false, dated: false)),
        ["orgtoken-scope-limited"] = static good => Also(good, NonHuman(NonHumanKind.OrganizationToken, "21", "other", null)),
        ["app-least-scope"] = static good => Also(good, NonHuman(NonHumanKind.PublicApp, "app-3", "other", null)),
        ["servicehook-https"] = NoSettings,
        ["integration-approved"] = static good => Also(good, NonHuman(NonHumanKind.Integration, "31", "Chat", null)),
        ["forwarding-approved"] = static good => good with { Forwarders = [new Collected<ForwardingDocument>("80", "splunk", Now, new ForwardingDocument("splunk", null, null, null, null))] },
        ["alert-enabled"] = static good => good with { Detectors = [Detector("60", "error", enabled: null)] },
        ["alert-action-deliverable"] = static good => good with { Workflows = [Workflow(hasActions: false)] },
        ["cron-monitors-healthy"] = static good => good with { Monitors = [new Collected<MonitorDocument>("50", "nightly", Now, new MonitorDocument())] },
        ["issue-fatal-triaged"] = static good => good with { Issues = [Issue("101", "medium", "fatal", null)] },
        ["issue-archived-forever-justified"] = static good => good with { Issues = [Archived(comments: null)] },
        ["issue-not-shared"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", open: null)] },
        ["issue-ticket-linked"] = static good => good with { Issues = [Issue("100", "high", "error", "ongoing", ticket: null)] },
        ["release-has-commits"] = static good => good with { Releases = [Release(commits: null)] },
        ["release-deploys-recorded"] = static good => good with { Releases = [Release(deploys: null)] },
        ["release-authors-known"] = static good => good with { Releases = [Release(unknown: null)] },
        ["release-health"] = static good => good with { Releases = [Release(crashFree: null)] },
        ["auditlog-readable"] = Unlogged,
        ["auditlog-continuity"] = Unlogged,
        ["auditlog-security-downgrade"] = Unlogged,
        ["auditlog-privilege-grants"] = Unlogged,
        ["auditlog-credential-creation"] = Unlogged,
        ["auditlog-destructive-actions"] = Unlogged,
        ["auditlog-monitoring-tamper"] = Unlogged,
        ["auditlog-project-transfer"] = Unlogged,
        ["auditlog-known-networks"] = static good => good with { StrangeAddresses = null },
        ["collector-token-least-privilege"] = Bare,
        ["collector-population-complete"] = static good => good with { Readings = [good.Readings[0] with { CompleteAt = null }] },
        ["collector-clock-skew"] = static good => good with { ClockSkew = null },
    };

    private static Posture On(Posture good) => good with { Organization = Organization(on: true) };

    private static Posture Silent(Posture good) => good with { Organization = Organization(on: null) };

    private static Posture Bare(Posture good) => good with { Settings = new OrganizationSettings() };

    private static Posture Unlogged(Posture good) => good with { LogReach = null };

    private static Posture Unacknowledged(Posture good) => good with { Acknowledged = new HashSet<long>() };

    private static Posture Also(Posture good, MemberPosture member) => good with { Members = [.. good.Members, member] };

    private static Posture Also(Posture good, NonHumanFact fact) => good with { NonHumans = [.. good.NonHumans, new NonHumanPosture(fact, null)] };

    private static Posture With(Posture good, Func<ProjectPosture, ProjectPosture> change) => good with { Projects = [change(good.Projects[0])] };

    private static Posture Set(Posture good, Func<ProjectSettingsDocument, ProjectSettingsDocument> change) => With(good, project => project with { Settings = change(project.Settings!) });

    private static Posture NoSettings(Posture good) => With(good, static project => project with { Settings = null });

    private static NonHumanFact Ailing() => new()
    {
        Scope = "integrations",
        Key = "Integration:30",
        Kind = NonHumanKind.Integration,
        ExternalId = "30",
        Name = "GitHub",
        Status = "active",
        IsActive = true,
        Ailments = "outOfDate",
    };
}
