using Watchbill.Access.Effective;
using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>Teams and projects.</summary>
internal static class ResourceFacts
{
    public static IEnumerable<StrikingFact> Of(AccessGraph graph) =>
    [
        .. StrikingFacts.About("orphan-projects", Gravity.Medium,
            graph.Projects.Where(project => graph.TeamsOf(project).Count == 0).Select(static project => project.Id),
            static count => $"{Count(count, "project")} {Fit(count, "belongs", "belong")} to no team: nobody answers for {Fit(count, "it", "them")}."),
        .. StrikingFacts.About("empty-teams", Gravity.Low,
            graph.Teams.Where(team => graph.MembershipsOf(team).Count == 0).Select(static team => team.Id),
            static count => $"{Count(count, "team")} {Fit(count, "has", "have")} no members."),
        .. StrikingFacts.About("unattended-projects", Gravity.Low,
            graph.Projects.Where(project => graph.TeamsOf(project) is { Count: > 0 } teams && teams.All(team => graph.MembershipsOf(team).Count == 0)).Select(static project => project.Id),
            static count => $"{Count(count, "project")} {Fit(count, "belongs", "belong")} only to teams without members."),
    ];
}
