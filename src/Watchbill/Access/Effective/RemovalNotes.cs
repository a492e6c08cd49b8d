namespace Watchbill.Access.Effective;

/// <summary>What somebody must know before they take something away, beside the accesses it ends.</summary>
internal static class RemovalNotes
{
    public static IEnumerable<AccessNote> Of(AccessGraph graph, AccessRemoval removal, IReadOnlyList<Loss> losses) => (removal switch
    {
        AccessRemoval.OfMember of => OfMember(graph, of.Member),
        AccessRemoval.OfMembership of => OfMembership(graph, of, losses),
        AccessRemoval.OfProjectTeam of => OfProjectTeam(graph, of, losses),
        _ => [],
    }).Concat(AccessNotes.OfOrganization(graph));

    private static IEnumerable<AccessNote> OfMember(AccessGraph graph, MemberNode member)
    {
        if (member.IdpProvisioned)
        {
            yield return new("managed-by-idp", "The identity provider manages this member (SCIM): remove them there, or they come back.");
        }

        var top = graph.Roles.Top.Id;
        if (member.OrgRole == top && !member.Pending && graph.Members.Count(other => other.OrgRole == top && !other.Pending) == 1)
        {
            yield return new("last-owner", $"They are the last {top}: Sentry refuses to remove them.");
        }

        foreach (var edge in graph.MembershipsOf(member))
        {
            var team = graph.Team(edge.TeamId);
            if (graph.MembershipsOf(team).Count == 1)
            {
                yield return new("empties-team", $"Team {team.Slug} would have no member left.");
            }
        }
    }

    private static IEnumerable<AccessNote> OfMembership(AccessGraph graph, AccessRemoval.OfMembership removal, IReadOnlyList<Loss> losses)
    {
        if (removal.Team.IdpProvisioned)
        {
            yield return new("managed-by-idp", $"The identity provider manages who is on team {removal.Team.Slug} (SCIM): take them off there.");
        }

        if (graph.MembershipsOf(removal.Team).Count == 1)
        {
            yield return new("empties-team", $"Team {removal.Team.Slug} would have no member left.");
        }

        var back = losses.Count(static loss => loss.IsSelfJoinable);
        if (back > 0)
        {
            yield return new("can-take-back", back == 1 ? "They could take 1 of these back without anyone's leave." : $"They could take {back:N0} of these back without anyone's leave.");
        }
    }

    private static IEnumerable<AccessNote> OfProjectTeam(AccessGraph graph, AccessRemoval.OfProjectTeam removal, IReadOnlyList<Loss> losses)
    {
        if (graph.TeamsOf(removal.Project).Count == 1)
        {
            yield return new("orphans-project", $"No team would own {removal.Project.Slug}: nobody is told of its issues, and only managers and owners reach it{(graph.OpenMembership is true ? " by a grant" : "")}.");
        }

        var back = losses.Where(static loss => loss.IsSelfJoinable).Select(static loss => loss.Member.Id).Distinct().Count();
        if (back > 0)
        {
            yield return new("can-take-back", $"{back:N0} of these people could take it back without anyone's leave, through another team that owns it.");
        }
    }
}
