using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>
/// Finds what a removal would take away by comparing the picture with itself less one thing. The rules are asked in both, so that whatever gives access is
/// found here too: another team, a role, open membership.
/// </summary>
internal static class AccessRemovals
{
    public static BlastRadius BlastRadiusOf(AccessGraph graph, AccessRemoval removal) => removal switch
    {
        AccessRemoval.OfMember of => Of(graph, removal, [of.Member], graph.Projects),
        AccessRemoval.OfMembership of => Of(graph, removal, [of.Member], graph.ProjectsOf(of.Team)),
        AccessRemoval.OfProjectTeam of => Of(graph, removal, graph.MembershipsOf(of.Team).Select(edge => graph.FindMember(edge.MemberId)).OfType<MemberNode>(), [of.Project]),
        _ => OfOpenMembership(graph, removal),
    };

    private static BlastRadius Of(AccessGraph graph, AccessRemoval removal, IEnumerable<MemberNode> members, IReadOnlyList<ProjectNode> projects)
    {
        var after = Without(graph, removal);
        var losses = members.SelectMany(member => Losses(graph, after, member, projects))
            .OrderBy(static loss => loss.Kind).ThenBy(static loss => loss.Member.Email, StringComparer.Ordinal).ThenBy(static loss => loss.Project!.Slug, StringComparer.Ordinal)
            .ToList();
        return new BlastRadius(removal, losses) { Notes = [.. RemovalNotes.Of(graph, removal, losses)] };
    }

    private static IEnumerable<Loss> Losses(AccessGraph graph, AccessGraph after, MemberNode member, IReadOnlyList<ProjectNode> projects)
    {
        var (was, left) = (graph.Rules.StandingOf(member), after.FindMember(member.Id) is { } still ? after.Rules.StandingOf(still) : null);
        foreach (var project in projects)
        {
            var pair = graph.Rules.Evaluate(was, project);
            if (pair.IsHeld || pair.ReachesNow)
            {
                // Whoever is no longer a member has no way at all, not even to a team that anybody may join.
                yield return LossOf(pair, left is null ? pair with { Layers = AccessLayers.None, Paths = [], Scopes = ScopeSet.Empty } : after.Rules.Evaluate(left, project));
            }
        }
    }

    private static Loss LossOf(AccessPair before, AccessPair after)
    {
        string[] lost = [.. before.Scopes.Except(after.Scopes, StringComparer.Ordinal)];
        return new Loss
        {
            Kind = !after.IsHeld && !after.ReachesNow ? LossKind.Ends
                : before.IsHeld != after.IsHeld || before.ReachesNow != after.ReachesNow || lost.Length > 0 ? LossKind.Narrows
                : LossKind.Stays,
            Member = before.Member,
            Project = before.Project,
            LeftPaths = [.. after.Paths.Where(static path => path.Layer is not AccessLayers.SelfJoinable)],
            LostScopes = lost,
            IsSelfJoinable = after.IsSelfJoinable,
        };
    }

    /// <summary>Everybody times everything is too much to name; each member's projects are counted instead.</summary>
    private static BlastRadius OfOpenMembership(AccessGraph graph, AccessRemoval removal)
    {
        var after = Without(graph, removal);
        var (now, then) = (new MemberReachCounter(graph), new MemberReachCounter(after));
        var losses = graph.Standings.Zip(after.Standings)
            .Select(pair => (pair.First.Member, Before: now.Count(pair.First).Reachable, After: then.Count(pair.Second).Reachable))
            .Where(static counted => counted.After < counted.Before)
            .Select(static counted => new Loss { Kind = LossKind.Ends, Member = counted.Member, Projects = counted.Before - counted.After })
            .OrderByDescending(static loss => loss.Projects).ThenBy(static loss => loss.Member.Email, StringComparer.Ordinal);
        return new BlastRadius(removal, [.. losses]) { Notes = [.. RemovalNotes.Of(graph, removal, [])] };
    }

    private static AccessGraph Without(AccessGraph graph, AccessRemoval removal)
    {
        var rows = graph.ToRows();
        return new AccessGraph(removal switch
        {
            AccessRemoval.OfMember of => rows with
            {
                Members = [.. rows.Members.Where(member => member.Id != of.Member.Id)],
                Memberships = [.. rows.Memberships.Where(edge => edge.MemberId != of.Member.Id)],
            },
            AccessRemoval.OfMembership of => rows with { Memberships = [.. rows.Memberships.Where(edge => edge.MemberId != of.Member.Id || edge.TeamId != of.Team.Id)] },
            AccessRemoval.OfProjectTeam of => rows with { ProjectTeams = [.. rows.ProjectTeams.Where(link => link.ProjectId != of.Project.Id || link.TeamId != of.Team.Id)] },
            _ => rows with { ClosesOpenMembership = true },
        });
    }
}
