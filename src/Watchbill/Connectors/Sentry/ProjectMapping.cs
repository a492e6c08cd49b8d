using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Projects and the teams that own them as facts of one scope: the listing tells both at once.</summary>
internal static class ProjectMapping
{
    public static Observation Observe(DateTimeOffset readAt, IReadOnlyList<SentryProject> projects) =>
        new(Scope.Projects, readAt, [.. projects.Select(ToFact), .. projects.SelectMany(ToLinks)], []);

    private static Fact ToFact(SentryProject project) => new ProjectFact
    {
        Scope = Scope.Projects,
        Key = project.Id,
        Slug = project.Slug ?? project.Id,
        Name = project.Name ?? project.Slug ?? project.Id,
        Platform = project.Platform,
        DateCreated = project.DateCreated,
    };

    private static IEnumerable<Fact> ToLinks(SentryProject project) => (project.Teams ?? []).Select(team => new ProjectTeamFact
    {
        Scope = Scope.Projects,
        Key = ProjectTeamFact.KeyOf(project.Id, team.Id),
        ProjectId = project.Id,
        TeamId = team.Id,
    });
}
