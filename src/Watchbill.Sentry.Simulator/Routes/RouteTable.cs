using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Every endpoint of the API. One line for each resource; the resource's file lists its endpoints.</summary>
internal static class RouteTable
{
    public static IEnumerable<Route> All =>
    [
        .. AccountRoutes.All,
        .. OrganizationRoutes.All,
        .. MemberRoutes.All,
        .. MemberWrites.All,
        .. Invitations.All,
        .. TeamRoutes.All,
        .. TeamWrites.All,
        .. TeamMemberships.All,
        .. AccessRequestRoutes.All,
        .. ProjectRoutes.All,
        .. ProjectWrites.All,
        .. ClientKeyRoutes.All,
        .. ClientKeyWrites.All,
        .. CredentialRoutes.All,
        .. IntegrationRoutes.All,
        .. AuditRoutes.All,
        .. ScimUsers.All,
        .. ScimGroups.All,
        .. ReleaseRoutes.All,
        .. DeployRoutes.All,
        .. CommitRoutes.All,
        .. EnvironmentRoutes.All,
        .. IssueRoutes.All,
        .. IssueDetailRoutes.All,
        .. IssueTagRoutes.All,
        .. EventRoutes.All,
        .. MonitorRoutes.All,
        .. AlertRoutes.All,
        .. OutletRoutes.All,
        .. ProjectPolicyRoutes.All,
        .. UsageRoutes.All,
        .. InstalledIntegrationRoutes.All,
        .. AllProjectsRoutes.All,
    ];
}
