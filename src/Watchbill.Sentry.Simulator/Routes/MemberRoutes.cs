using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Reading members.</summary>
internal static class MemberRoutes
{
    private const string Reading = "member:read member:write member:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/members/", Reading, List) with { OwnLimit = "members", OwnLimitRequests = 40 },
        Route.Get("O/members/{member}/", Reading, Read),
        Route.Get("O/users/", "org:read org:write org:admin", Users),
        Route.Get("P/members/", "project:read project:write project:admin", OfProject),
    ];

    private static Answer List(Call call) =>
        Pages.Offset(call, MemberSearch.Find(call.Organization, call.Query["query"].ToString()), MemberJson.WriteRow);

    private static Answer Read(Call call) =>
        Answer.Json(200, writer => MemberJson.WriteDetail(writer, call.Organization, call.Member, call.Access.Has("member:admin")));

    /// <summary>Active people who share a team with a project, each with the slugs of those projects; never the team.</summary>
    private static Answer Users(Call call)
    {
        var wanted = call.Query["project"].SelectMany(text => long.TryParse(text, out var id) ? [id] : Array.Empty<long>()).Where(id => id > 0).ToHashSet();
        var rows = call.Organization.MemberRows.Listed
            .Where(member => !member.IsPending)
            .Select(member => (Member: member, Projects: ProjectsOf(member, wanted)))
            .Where(row => row.Projects.Count > 0)
            .ToList();
        return Pages.All(rows, (writer, row) => MemberJson.WriteWithProjects(writer, row.Member, row.Projects));
    }

    private static Answer OfProject(Call call)
    {
        var onTeams = call.Project.OwningTeams.SelectMany(team => team.Links.Values).Select(link => link.Member).Distinct();
        var active = onTeams.Where(member => member is { IsListed: true, IsPending: false }).OrderBy(member => member.Id);
        return Pages.All(active.ToList(), MemberJson.WriteRow);
    }

    private static List<string> ProjectsOf(Member member, HashSet<long> wanted) =>
    [
        .. member.TeamLinks.SelectMany(link => link.Team.OwnedProjects)
            .Where(project => wanted.Count == 0 || wanted.Contains(project.Id))
            .Select(project => project.Slug).Distinct().Order(StringComparer.Ordinal),
    ];
}
