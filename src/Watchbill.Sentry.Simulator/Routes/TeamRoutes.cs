using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Reading teams.</summary>
internal static class TeamRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/teams/", "org:read org:write org:admin", List),
        Route.Get("O/user-teams/", "org:read org:write org:admin", OfCaller),
        Route.Get("T/", "team:read team:write team:admin", Read),
        Route.Get("T/members/", "team:read team:write team:admin", Members),
        Route.Get("T/projects/", "project:read project:write project:admin", Projects),
    ];

    private static Answer List(Call call)
    {
        var teams = Find(call.Organization, call.Query["query"].ToString());
        return call.Query["detailed"].ToString() == "0"
            ? Pages.Offset(call, teams, (writer, team) => TeamJson.Write(writer, team, call))
            : Pages.Offset(call, teams, (writer, team) => TeamJson.WriteExpanded(writer, team, call));
    }

    private static Answer OfCaller(Call call) =>
        Pages.All(call.Organization.TeamRows.InSlugOrder.Where(call.Access.IsOn).ToList(), (writer, team) => TeamJson.WriteExpanded(writer, team, call));

    private static Answer Read(Call call) => Answer.Json(200, writer => TeamJson.WriteDetail(writer, call.Team, call));

    /// <summary>Approved invitations are in it although they have no user.</summary>
    private static Answer Members(Call call)
    {
        var links = call.Team.Links.Values
            .Where(link => link.Member.IsListed)
            .OrderBy(link => link.Member.Email, StringComparer.Ordinal).ThenBy(link => link.Member.Id);
        return Pages.Offset(call, links.ToList(), MemberJson.WriteOnTeam);
    }

    private static Answer Projects(Call call)
    {
        var projects = call.Team.OwnedProjects.OrderBy(project => project.Slug, StringComparer.Ordinal).ToList();
        return Pages.Offset(call, projects, (writer, project) => ProjectJson.WriteSummary(writer, project, call));
    }

    private static IReadOnlyList<Team> Find(Organization organization, string text)
    {
        var teams = organization.TeamRows.InSlugOrder;
        if (text.Length == 0)
        {
            return teams;
        }

        var query = SearchQuery.Parse(text);
        return query.HasOnly("slug", "id", "hasExternalTeams") ? teams.Where(team => Matches(team, query)).ToList() : [];
    }

    private static bool Matches(Team team, SearchQuery query) =>
        (!query["slug"].Any() || query["slug"].Contains(team.Slug))
        && (!query["id"].Any() || query["id"].Contains($"{team.Id}"))
        && !query["hasExternalTeams"].Contains("true")
        && query.TextOccursIn(team.Name, team.Slug);
}
