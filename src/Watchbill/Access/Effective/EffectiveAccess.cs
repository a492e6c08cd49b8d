namespace Watchbill.Access.Effective;

/// <summary>
/// What Sentry would allow, computed from a picture of the organization: what a member reaches, who reaches a project, and why.
/// Pure and safe to use from several threads. Answers are as complete as the picture: ask whole questions of a whole organization only.
/// </summary>
public sealed class EffectiveAccess(AccessGraph graph)
{
    /// <summary>What one member reaches; null when the picture holds no such member.</summary>
    public MemberAccess? OfMember(string memberId)
    {
        if (graph.FindMember(memberId) is not { } member)
        {
            return null;
        }

        var standing = graph.Rules.StandingOf(member);
        AccessPair[] projects = [.. graph.Projects.Select(project => graph.Rules.Evaluate(standing, project)).Where(static pair => pair.Paths.Count > 0)];
        return new MemberAccess(member, standing.Role, standing.Teams, standing.Obstacles, projects)
        {
            Notes = [.. AccessNotes.OfMember(standing), .. AccessNotes.OfOrganization(graph)],
        };
    }

    /// <summary>Who reaches a project, persons and others; null when the picture holds no such project.</summary>
    public ProjectAccess? WhoReaches(string projectId)
    {
        if (graph.FindProject(projectId) is not { } project)
        {
            return null;
        }

        AccessPair[] members = [.. graph.Standings.Select(standing => graph.Rules.Evaluate(standing, project)).Where(static pair => pair.Paths.Count > 0)];
        NonHumanReach[] others = [.. graph.NonHumans.Select(principal => NonHumanRules.Reach(principal, project)).OfType<NonHumanReach>()];
        return new ProjectAccess(project, graph.TeamsOf(project), members, others) { Notes = [.. ProjectNotes()] };
    }

    /// <summary>Why a member reaches a project, or why not and what would give it; null when the picture lacks either.</summary>
    public AccessExplanation? Why(string memberId, string projectId)
    {
        if (graph.FindMember(memberId) is not { } member || graph.FindProject(projectId) is not { } project)
        {
            return null;
        }

        var standing = graph.Rules.StandingOf(member);
        var pair = graph.Rules.Evaluate(standing, project);
        return new AccessExplanation(pair, [.. AccessOptions.Of(graph, standing, pair)])
        {
            Notes = [.. AccessNotes.OfMember(standing), .. AccessNotes.OfOrganization(graph)],
        };
    }

    /// <summary>What a team gives, and to whom; null when the picture holds no such team.</summary>
    public TeamAccess? OfTeam(string teamId)
    {
        if (graph.FindTeam(teamId) is not { } team)
        {
            return null;
        }

        var members = graph.MembershipsOf(team)
            .Select(edge => graph.FindMember(edge.MemberId)).OfType<MemberNode>()
            .Select(graph.Rules.StandingOf)
            .Select(standing => new TeamMember(standing.Member, standing.In(team)!, standing.Obstacles))
            .OrderBy(static entry => entry.Member.Email, StringComparer.Ordinal);
        return new TeamAccess(team, [.. members], graph.ProjectsOf(team))
        {
            IsJoinableByAnyone = graph.OpenMembership is true && !team.IdpProvisioned,
            Notes = [.. AccessNotes.OfOrganization(graph)],
        };
    }

    /// <summary>Every pair of a member and a project that something leads to, one at a time: members by address, then projects by slug.</summary>
    public IEnumerable<AccessPair> AllPairs()
    {
        foreach (var standing in graph.Standings)
        {
            foreach (var project in graph.Projects)
            {
                if (graph.Rules.Evaluate(standing, project) is { Paths.Count: > 0 } pair)
                {
                    yield return pair;
                }
            }
        }
    }

    private IEnumerable<AccessNote> ProjectNotes()
    {
        var privileged = graph.Members.Count(static member => member is { HasInstallationPrivilege: true, Pending: false });
        return privileged == 0
            ? AccessNotes.OfOrganization(graph)
            : AccessNotes.OfOrganization(graph).Append(new AccessNote(
                "installation-privilege",
                privileged == 1
                    ? "1 member is superuser or staff of the installation and may take over any organization in it."
                    : $"{privileged} members are superusers or staff of the installation and may take over any organization in it."));
    }
}
