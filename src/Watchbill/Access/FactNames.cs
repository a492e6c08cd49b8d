using Watchbill.Access.Facts;

namespace Watchbill.Access;

/// <summary>What people call the things that facts are about.</summary>
public static class FactNames
{
    /// <summary>The name; null when the thing has none.</summary>
    public static string? Of(Fact fact) => fact switch
    {
        MemberFact member => member.Email,
        TeamFact team => team.Slug,
        ProjectFact project => project.Slug,
        NonHumanFact principal => principal.Name,
        OrganizationFact organization => organization.Slug,
        AuthProviderFact provider => provider.ProviderName,
        TeamMembershipFact membership => $"member {membership.MemberId} in team {membership.TeamId}",
        ProjectTeamFact link => $"project {link.ProjectId} of team {link.TeamId}",
        _ => null,
    };
}
