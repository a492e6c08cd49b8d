using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;

namespace Watchbill.Access.Queries;

/// <summary>The lists of teams, projects and principals that are no persons.</summary>
internal sealed class ListStore(AccessStore store, PageRequest page, CancellationToken cancellationToken)
{
    public Task<Page<TeamLine>> TeamsAsync(TeamFilter filter)
    {
        var memberships = store.Facts<TeamMembershipFact>();
        var links = store.Facts<ProjectTeamFact>();
        var teams = store.Facts<TeamFact>();
        if (filter.Text?.ToLowerInvariant() is { } text)
        {
            teams = teams.Where(team => Sql.Lower(team.Slug)!.Contains(text) || Sql.Lower(team.Name)!.Contains(text));
        }

        if (filter.Empty)
        {
            teams = teams.Where(team => !memberships.Any(membership => membership.TeamId == team.Key));
        }

        if (filter.WithoutProjects)
        {
            teams = teams.Where(team => !links.Any(link => link.TeamId == team.Key));
        }

        return PageAsync(teams, teams.OrderBy(team => team.Slug).ThenBy(team => team.Key).Select(team => new TeamLine(
            team.Key,
            team.Slug,
            team.Name,
            team.IdpProvisioned,
            memberships.Count(membership => membership.TeamId == team.Key),
            links.Count(link => link.TeamId == team.Key))));
    }

    public Task<Page<ProjectLine>> ProjectsAsync(ProjectFilter filter)
    {
        var links = store.Facts<ProjectTeamFact>();
        var projects = store.Facts<ProjectFact>();
        if (filter.Text?.ToLowerInvariant() is { } text)
        {
            projects = projects.Where(project => Sql.Lower(project.Slug)!.Contains(text) || Sql.Lower(project.Name)!.Contains(text));
        }

        if (filter.Platform is { } platform)
        {
            projects = projects.Where(project => project.Platform == platform);
        }

        if (filter.TeamId is { } teamId)
        {
            projects = projects.Where(project => links.Any(link => link.ProjectId == project.Key && link.TeamId == teamId));
        }

        if (filter.Orphan)
        {
            projects = projects.Where(project => !links.Any(link => link.ProjectId == project.Key));
        }

        return PageAsync(projects, projects.OrderBy(project => project.Slug).ThenBy(project => project.Key).Select(project => new ProjectLine(
            project.Key, project.Slug, project.Name, project.Platform, project.DateCreated, links.Count(link => link.ProjectId == project.Key))));
    }

    public Task<Page<NonHumanFact>> NonHumansAsync(NonHumanFilter filter)
    {
        var principals = store.Facts<NonHumanFact>();
        if (filter.Kind is { } kind)
        {
            principals = principals.Where(principal => principal.Kind == kind);
        }

        if (filter.Scope is { } scope)
        {
            // Stored with one space between: a space on either side makes the match one of whole names.
            var padded = $" {scope} ";
            principals = principals.Where(principal => principal.Scopes != null && (" " + principal.Scopes + " ").Contains(padded));
        }

        if (filter.IsActive is { } active)
        {
            principals = principals.Where(principal => principal.IsActive == active);
        }

        if (filter.Text?.ToLowerInvariant() is { } text)
        {
            principals = principals.Where(principal => Sql.Lower(principal.Name)!.Contains(text));
        }

        return PageAsync(principals, principals.OrderBy(principal => principal.Kind).ThenBy(principal => principal.Name).ThenBy(principal => principal.Key));
    }

    private async Task<Page<TLine>> PageAsync<TFact, TLine>(IQueryable<TFact> all, IQueryable<TLine> ordered) => new(
        await ordered.Skip(page.Offset).Take(page.Limit).ToListAsync(cancellationToken),
        await all.CountAsync(cancellationToken),
        page.Offset);
}
