using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>
/// <c>PUT</c> and <c>DELETE O/members/{member}/</c>. The PUT replaces all teams: none sent means none left. Its role checks come after the teams
/// were saved, so a refusal can have changed them.
/// </summary>
internal static class MemberWrites
{
    private const string Outranked = "You cannot remove a member who has more access than you.";

    public static IEnumerable<Route> All =>
    [
        Route.Put("O/members/{member}/", "member:invite member:write member:admin", Change),
        Route.Delete("O/members/{member}/", "member:read member:write member:admin", Remove),
    ];

    private static Answer Change(Call call)
    {
        if (call.Caller.User is null)
        {
            return Answer.Empty(400);
        }

        var errors = new FieldErrors();
        var roleId = call.Text("orgRole") ?? call.Text("role");
        var role = OrgRole.Find(roleId);
        if (roleId is not null && (role is null || !call.Organization.OrgRoles.Contains(role) || RoleRules.Assignable(call).Count == 0))
        {
            errors.Add("orgRole", RoleRules.NotAllowed);
        }

        var teams = TeamAssignments.Read(call, errors);
        if (errors.Any)
        {
            return errors.ToAnswer();
        }

        return Restricted(call.Member) ?? Reinvitation.TryAnswer(call) ?? SaveTeams(call, role, teams) ?? SaveRole(call, role) ?? Detail(call);
    }

    private static Answer? Restricted(Member member) => member.Flags.HasFlag(MemberFlags.PartnershipRestricted)
        ? Refusals.Detail(403, "This member is managed by an active partnership and cannot be modified until the end of the partnership.")
        : null;

    private static Answer? SaveTeams(Call call, OrgRole? role, TeamAssignments teams)
    {
        var (organization, member) = (call.Organization, call.Member);
        var next = role ?? member.Role;
        if (!next.AllowsTeamRoles && (teams.Teams.Count > 0 || (!teams.WasSent && member.TeamLinks.Count > 0)))
        {
            return Refusals.Detail(400, RoleRules.WithoutTeams(next));
        }

        foreach (var link in member.TeamLinks.Where(link => teams.Teams.All(item => item.Team != link.Team)).ToArray())
        {
            organization.LeaveTeam(member, link.Team, call.Actor);
        }

        foreach (var (team, teamRole) in teams.Teams)
        {
            organization.JoinTeam(member, team, call.Actor);
            member.On(team)!.Role = RoleRules.Stored(teamRole, next);
        }

        return null;
    }

    private static Answer? SaveRole(Call call, OrgRole? role)
    {
        var (member, assignable) = (call.Member, RoleRules.Assignable(call));
        if (role is null || role == member.Role)
        {
            return null;
        }

        var refusal = role switch
        {
            _ when !assignable.Contains(member.Role) => Refusals.Field(403, "role", "You do not have permission to assign a role to the given user."),
            _ when !assignable.Contains(role) => Refusals.Field(403, "role", "You do not have permission to assign the given role."),
            _ when member == call.Access.Member => Refusals.Detail(400, "You cannot make changes to your own role."),
            _ when RoleRules.IsRetired(call, role) => Refusals.Detail(400, RoleRules.Retired(role)),
            _ => null,
        };
        if (refusal is null)
        {
            call.Organization.ChangeRole(member, role.Id, call.Actor);
        }

        return refusal;
    }

    private static Answer Detail(Call call) =>
        Answer.Json(200, writer => MemberJson.WriteDetail(writer, call.Organization, call.Member, call.Access.Has("member:admin")));

    private static Answer Remove(Call call)
    {
        if (MayRemove(call) is { } refusal)
        {
            return refusal;
        }

        var member = call.Member;
        if (IsLastManager(call.Organization, member))
        {
            return Refusals.Detail(403, "You cannot remove the only remaining owner or manager of the organization.");
        }

        if (member.Flags.HasFlag(MemberFlags.IdpProvisioned))
        {
            return Refusals.Detail(403, "This user is managed through your organization's identity provider.");
        }

        if (Restricted(member) is { } restricted)
        {
            return restricted;
        }

        call.Organization.RemoveMember(member, call.Actor);
        return Answer.Empty(204);
    }

    /// <summary>Anybody may leave. Otherwise the caller needs a membership of its own, which integrations never have; API keys are not asked for one.</summary>
    private static Answer? MayRemove(Call call)
    {
        var (own, target) = (call.Access.Member, call.Member);
        var isAdmin = call.Access.Has("member:admin");
        if (call.Caller.User is null)
        {
            return isAdmin ? null : MissingAdmin();
        }

        if (own is null)
        {
            return Refusals.Detail(400, Outranked);
        }

        if (own == target || (!isAdmin && target.IsPending && target.Inviter == call.Caller.User))
        {
            return null;
        }

        if (!isAdmin)
        {
            return MissingAdmin();
        }

        return target.Role.Rank > own.Role.Rank ? Refusals.Detail(400, Outranked) : null;
    }

    private static Answer MissingAdmin() => Refusals.Detail(400, "You are missing the member:admin scope.");

    internal static bool IsLastManager(Organization organization, Member member) =>
        HoldsWrite(member) && !organization.MemberRows.Listed.Any(other => other != member && !other.IsPending && HoldsWrite(other));

    private static bool HoldsWrite(Member member) => member.Role.Scopes.Has("org:write");
}
