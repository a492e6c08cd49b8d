using Watchbill.Access.Effective;

namespace Watchbill.Access.Changes;

/// <summary>What differs about teams, projects and which team owns which project.</summary>
internal static class ResourceChanges
{
    public static IEnumerable<AccessChange> Between(AccessGraph before, AccessGraph after) => [.. Teams(before, after), .. Projects(before, after)];

    private static IEnumerable<AccessChange> Teams(AccessGraph before, AccessGraph after)
    {
        foreach (var team in after.Teams)
        {
            if (before.FindTeam(team.Id) is not { } earlier)
            {
                yield return AccessChange.OfTeam("team-added", team.Id, $"Team {team.Slug} is new.");
            }
            else if (earlier.Slug != team.Slug)
            {
                yield return AccessChange.OfTeam("team-renamed", team.Id, $"Team {earlier.Slug} is called {team.Slug} now.");
            }
        }

        foreach (var team in before.Teams.Where(team => after.FindTeam(team.Id) is null))
        {
            yield return AccessChange.OfTeam("team-removed", team.Id, $"Team {team.Slug} is gone.", isEnd: true);
        }
    }

    private static IEnumerable<AccessChange> Projects(AccessGraph before, AccessGraph after)
    {
        foreach (var project in after.Projects)
        {
            if (before.FindProject(project.Id) is not { } earlier)
            {
                yield return AccessChange.OfProject("project-added", project.Id, $"Project {project.Slug} is new{Owners(after, project)}.");
                continue;
            }

            if (earlier.Slug != project.Slug)
            {
                yield return AccessChange.OfProject("project-renamed", project.Id, $"Project {earlier.Slug} is called {project.Slug} now.");
            }

            foreach (var change in Links(before, after, earlier, project))
            {
                yield return change;
            }
        }

        foreach (var project in before.Projects.Where(project => after.FindProject(project.Id) is null))
        {
            yield return AccessChange.OfProject("project-removed", project.Id, $"Project {project.Slug} is gone.", isEnd: true);
        }
    }

    private static IEnumerable<AccessChange> Links(AccessGraph before, AccessGraph after, ProjectNode earlier, ProjectNode project)
    {
        var was = before.TeamsOf(earlier).Select(static team => team.Id).ToHashSet(StringComparer.Ordinal);
        var now = after.TeamsOf(project).Select(static team => team.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var team in after.TeamsOf(project).Where(team => !was.Contains(team.Id)))
        {
            yield return AccessChange.OfLink("project-team-added", (project.Id, team.Id), $"Team {team.Slug} now owns project {project.Slug} and its members reach it.");
        }

        foreach (var team in before.TeamsOf(earlier).Where(team => !now.Contains(team.Id)))
        {
            yield return AccessChange.OfLink("project-team-removed", (project.Id, team.Id), $"Team {team.Slug} no longer owns project {project.Slug}.", isEnd: true);
        }
    }

    private static string Owners(AccessGraph graph, ProjectNode project) =>
        graph.TeamsOf(project) is { Count: > 0 } teams ? $", owned by {string.Join(", ", teams.Select(static team => team.Slug))}" : ", owned by no team";
}
