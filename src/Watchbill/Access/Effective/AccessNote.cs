namespace Watchbill.Access.Effective;

/// <summary>Something a reader must know to take an answer for what it is.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Sentence">One sentence.</param>
public sealed record AccessNote(string Code, string Sentence);

/// <summary>The notes that follow from the graph.</summary>
internal static class AccessNotes
{
    /// <summary>What limits every answer about this organization.</summary>
    public static IEnumerable<AccessNote> OfOrganization(AccessGraph graph)
    {
        if (graph.Organization is null)
        {
            yield return new("organization-unread", "The organization's settings were never read; who reaches what beyond team memberships is unknown.");
            yield break;
        }

        if (graph.Organization.OpenMembership is null)
        {
            yield return new("open-membership-unknown", "Sentry did not tell whether membership is open; every member may reach every project.");
        }

        if (graph.Organization.HasTeamRoles is null)
        {
            yield return new("team-roles-unknown", "Sentry did not tell whether team roles are in force; stored team roles are not counted.");
        }

        if (graph.Organization.AllowSuperuserAccess is true)
        {
            yield return new("vendor-access", "Sentry's own staff may enter the organization (allowSuperuserAccess).");
        }
    }

    /// <summary>What is special about one member's role and account.</summary>
    public static IEnumerable<AccessNote> OfMember(Standing standing)
    {
        if (!standing.Role.IsKnown)
        {
            yield return new("role-unknown", $"The role '{standing.Role.Id}' is not in the role catalogue; what it allows is unknown and not counted.");
        }

        if (standing.Role.IsRetired)
        {
            yield return new("role-retired", $"The role '{standing.Role.Id}' is retired: it can no longer be assigned, and its holder administers the teams they are on.");
        }

        if (standing is { Role.AllowsTeamRoles: false, Teams.Count: > 0 })
        {
            yield return new("teams-without-rights", $"The role '{standing.Role.Id}' allows no rights through teams; the team memberships give nothing.");
        }

        if (standing.Member.HasInstallationPrivilege)
        {
            yield return new("installation-privilege", "The user is superuser or staff of the installation and may take over any organization in it.");
        }
    }
}
