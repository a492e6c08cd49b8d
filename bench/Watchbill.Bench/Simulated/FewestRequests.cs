namespace Watchbill.Bench.Simulated;

/// <summary>
/// How few requests give the facts that were asked for. The graph needs 1 (organization) + ceil(members/100) + ceil(teams/100) + 1 (all
/// projects with their teams) + ceil(size/100) for each team that is not empty. Every other listing that was read at all is counted with
/// the fewest pages it has. The audit log is counted apart: its history is read once, and how long it is says nothing of a sync.
/// </summary>
internal static class FewestRequests
{
    private const int PageSize = 100;
    private const string Organization = "GET /api/0/organizations/{organization}/";
    private const string AuditLog = Organization + "audit-logs/";

    private static readonly string[] Graph =
    [
        AuditLog, Organization, Organization + "members/", Organization + "teams/", Organization + "projects/",
        "GET /api/0/teams/{organization}/{team}/members/",
    ];

    public static int For(Welcome sizes, Asked asked)
    {
        var graph = 1 + Pages(sizes.Members) + Pages(sizes.Teams) + 1 + sizes.TeamSizes.Values.Sum(Pages);
        var others = asked.ByRoute.Keys.Where(route => !Graph.Contains(route) && route.StartsWith(Organization, StringComparison.Ordinal));
        return graph + others.Sum(route => route.EndsWith("/project-keys/", StringComparison.Ordinal) ? Pages(sizes.ClientKeys) : 1);
    }

    /// <summary>How many requests the audit log took.</summary>
    public static int OfAuditLog(Asked asked) => asked.ByRoute.GetValueOrDefault(AuditLog);

    private static int Pages(int rows) => Math.Max(1, (rows + PageSize - 1) / PageSize);
}
