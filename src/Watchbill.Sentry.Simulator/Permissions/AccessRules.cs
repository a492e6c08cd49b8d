using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Permissions;

/// <summary>
/// Sentry's access rules. The organization's lock must be held. Global roles reach every project; open membership opens every project to
/// every member; otherwise a member reaches the projects of its teams. Team roles add scopes only where <c>team-roles</c> is on.
/// </summary>
internal static class AccessRules
{
    private static readonly ScopeSet ProjectRead = ScopeSet.Parse("project:read");
    private static readonly ScopeSet EventAdmin = ScopeSet.Parse("event:admin");
    private static readonly ScopeSet AlertsWrite = ScopeSet.Parse("alerts:write");

    /// <summary>The scopes of an organization role after the two settings that take something from the role member.</summary>
    public static ScopeSet RoleScopes(Organization organization, OrgRole role)
    {
        if (role != OrgRole.Member)
        {
            return role.Scopes;
        }

        var scopes = organization.Settings.EventsMemberAdmin ? role.Scopes : role.Scopes - EventAdmin;
        return organization.Settings.AlertsMemberWrite ? scopes : scopes - AlertsWrite;
    }

    /// <summary>The scopes a member's role on a team adds for that team and its projects.</summary>
    public static ScopeSet TeamScopes(Organization organization, Membership link) =>
        organization.HasTeamRoles && link.Member.Role.AllowsTeamRoles ? TeamRole.Effective(link.Role, link.Member.Role).Scopes : default;

    public static bool ReachesEverything(Organization organization, Member member) =>
        member.Role.IsGlobal || organization.Settings.OpenMembership;

    public static AccessDecision Decide(Organization organization, Member member, Project? project)
    {
        if (project is null)
        {
            return AccessDecision.None;
        }

        var links = member.TeamLinks.Where(link => project.OwningTeams.Contains(link.Team)).ToArray();
        var visible = ReachesEverything(organization, member) || links.Length > 0;
        var scopes = links.Aggregate(RoleScopes(organization, member.Role), (all, link) => all | TeamScopes(organization, link));
        return visible && scopes.Overlaps(ProjectRead)
            ? new AccessDecision(true, scopes, Obstacle(member))
            : AccessDecision.None;
    }

    /// <summary>A token that Sentry would refuse with 401 reaches nothing.</summary>
    public static AccessDecision Decide(Organization organization, Token? token, Project? project)
    {
        if (token is null || project is null || token.IsDisabled || token.ExpiresAt <= organization.World.Now)
        {
            return AccessDecision.None;
        }

        if (token.Organization is { } home && home != organization)
        {
            return AccessDecision.None;
        }

        return token.Kind == TokenKind.Personal ? DecidePersonal(organization, token, project) : new AccessDecision(true, token.Scopes);
    }

    private static AccessDecision DecidePersonal(Organization organization, Token token, Project project)
    {
        if (organization.MemberRows.OfUser(token.User?.Id) is not { IsListed: true } member)
        {
            return AccessDecision.None;
        }

        var own = Decide(organization, member, project);
        var scopes = own.Scopes & token.Scopes;
        return own.IsVisible && scopes.Overlaps(ProjectRead) ? own with { Scopes = scopes, BlockedBy = null } : AccessDecision.None;
    }

    private static string? Obstacle(Member member) => member switch
    {
        { InviteStatus: not Member.Approved } => "the request to join was not approved",
        { User: null } => "the invitation was not accepted",
        { User.IsActive: false } => "the account is deactivated",
        { User.IsSuspended: true } => "the account is suspended",
        _ when member.Flags.HasFlag(MemberFlags.OverMemberLimit) => "the organization is over its member limit",
        _ => null,
    };
}
