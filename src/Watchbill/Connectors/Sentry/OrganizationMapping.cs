using System.Text.Json.Nodes;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>The organization's settings and role catalogue as a fact.</summary>
internal static class OrganizationMapping
{
    /// <summary>The feature without which stored team roles have no effect.</summary>
    public const string TeamRolesFeature = "team-roles";

    public static Observation Observe(DateTimeOffset readAt, SentryOrganization organization) =>
        new(Scope.Organization, readAt, [ToFact(organization)], []);

    private static OrganizationFact ToFact(SentryOrganization organization) => new()
    {
        Scope = Scope.Organization,
        Key = organization.Id,
        Slug = organization.Slug ?? organization.Id,
        Name = organization.Name ?? organization.Slug ?? organization.Id,
        Status = organization.Status?.Id,
        DateCreated = organization.DateCreated,
        RegionUrl = organization.Links?.RegionUrl,
        OpenMembership = organization.OpenMembership,
        RequireTwoFactor = organization.Require2FA,
        RequireSso = organization.RequiresSso,
        HasAuthProvider = organization.HasAuthProvider,
        AllowMemberInvite = organization.AllowMemberInvite,
        AllowMemberProjectCreation = organization.AllowMemberProjectCreation,
        AllowJoinRequests = organization.AllowJoinRequests,
        AllowSuperuserAccess = organization.AllowSuperuserAccess,
        AllowSharedIssues = organization.AllowSharedIssues,
        EventsMemberAdmin = organization.EventsMemberAdmin,
        AlertsMemberWrite = organization.AlertsMemberWrite,
        DefaultRole = organization.DefaultRole,
        HasTeamRoles = organization.Features?.Contains(TeamRolesFeature),
        RoleCatalogue = Catalogue(organization)?.ToJson(),
        OtherSettings = OtherSettings(organization).ToJsonString(),
    };

    /// <summary>The roles as the organization tells them; null when it does not.</summary>
    public static RoleCatalogue? Catalogue(SentryOrganization organization) => organization.OrgRoleList is not { Count: > 0 } roles
        ? null
        : new RoleCatalogue([.. roles.Select(ToRole)], [.. (organization.TeamRoleList ?? []).Select(ToRole)]);

    private static OrgRole ToRole(SentryOrgRole role) => new()
    {
        Id = role.Id,
        Name = role.Name ?? role.Id,
        Scopes = ScopeSet.Of(role.Scopes ?? []),
        IsGlobal = role.IsGlobal ?? role.LegacyIsGlobal ?? false,
        IsRetired = role.IsRetired ?? false,
        AllowsTeamRoles = role.IsTeamRolesAllowed ?? true,
        MinimumTeamRole = role.MinimumTeamRole ?? "contributor",
    };

    private static TeamRole ToRole(SentryTeamRole role) =>
        new() { Id = role.Id, Name = role.Name ?? role.Id, Scopes = ScopeSet.Of(role.Scopes ?? []) };

    /// <summary>What no access question asks for, kept for evidence. Only named settings are taken: a new field of Sentry's may be a secret.</summary>
    private static JsonObject OtherSettings(SentryOrganization organization) => new()
    {
        ["enhancedPrivacy"] = organization.EnhancedPrivacy,
        ["dataScrubber"] = organization.DataScrubber,
        ["dataScrubberDefaults"] = organization.DataScrubberDefaults,
        ["scrubIPAddresses"] = organization.ScrubIPAddresses,
        ["scrapeJavaScript"] = organization.ScrapeJavaScript,
        ["sensitiveFields"] = Texts(organization.SensitiveFields),
        ["safeFields"] = Texts(organization.SafeFields),
        ["storeCrashReports"] = organization.StoreCrashReports,
        ["attachmentsRole"] = organization.AttachmentsRole,
        ["debugFilesRole"] = organization.DebugFilesRole,
        ["isEarlyAdopter"] = organization.IsEarlyAdopter,
        ["hideAiFeatures"] = organization.HideAiFeatures,
        ["genAIConsent"] = organization.GenAIConsent,
        ["aggregatedDataConsent"] = organization.AggregatedDataConsent,
        ["trustedRelays"] = Texts(organization.TrustedRelays?.Select(static relay => relay.PublicKey).OfType<string>()),
        ["tokenScopes"] = Texts(organization.Access),
    };

    private static JsonArray? Texts(IEnumerable<string>? texts) =>
        texts is null ? null : [.. texts.Order(StringComparer.Ordinal).Select(text => (JsonNode)JsonValue.Create(text))];
}
