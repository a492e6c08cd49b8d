using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>One member on one team: join (201, 202 or 204), change the team role, leave (200 with the team).</summary>
internal static class TeamMemberships
{
    private const string Pattern = "O/members/{member}/teams/{team}/";
    private const string NotYours = "You do not have permission to edit that user's membership.";

    public static IEnumerable<Route> All =>
    [
        Route.Post(Pattern, "org:read org:write team:write", Join),
        Route.Put(Pattern, "org:read org:write org:admin member:read member:write member:admin team:write team:admin", ChangeRole),
        Route.Delete(Pattern, "org:read org:write org:admin team:admin", Leave),
    ];

    /// <summary>"Already on it" is answered before the identity provider's lock; 202 means that the wish was filed, not granted.</summary>
    private static Answer Join(Call call)
    {
        var (organization, member, team) = (call.Organization, call.Member, call.Team);
        if (call.Caller.User is null)
        {
            return Answer.Empty(401);
        }

        if (!member.Role.AllowsTeamRoles)
        {
            return Refusals.Detail(403, RoleRules.WithoutTeams(member.Role));
        }

        if (member.On(team) is not null)
        {
            return Answer.Empty(204);
        }

        if (team.IsIdpProvisioned)
        {
            return Locked();
        }

        if (!MayAdd(call))
        {
            organization.FileAccessRequest(member, team, call.Access.Member == member ? null : call.Caller.User);
            return Answer.Empty(202);
        }

        organization.JoinTeam(member, team, call.Actor);
        return Answer.Json(201, writer => TeamJson.Write(writer, team, call));
    }

    private static Answer ChangeRole(Call call)
    {
        if (call.Member.On(call.Team) is not { } link)
        {
            return Refusals.NotFound();
        }

        if (call.Field("teamRole") is not { ValueKind: not JsonValueKind.Null } asked || !call.Organization.HasTeamRoles)
        {
            return Role(link);
        }

        if (TeamRole.Find(asked.ToString()) is not { } role)
        {
            return Refusals.Invalid("teamRole", $"\"{asked}\" is not a valid choice.");
        }

        if (!MayEdit(call))
        {
            return Refusals.Detail(400, NotYours);
        }

        call.Organization.ChangeTeamRole(link, RoleRules.Stored(role.Id, link.Member.Role), call.Actor);
        return Role(link);
    }

    private static Answer Leave(Call call)
    {
        if (call.Team.IsIdpProvisioned)
        {
            return Locked();
        }

        if (call.Access.Member != call.Member && !MayEdit(call))
        {
            return Refusals.Detail(400, NotYours);
        }

        call.Organization.LeaveTeam(call.Member, call.Team, call.Actor);
        return Answer.Json(200, writer => TeamJson.Write(writer, call.Team, call));
    }

    private static bool MayAdd(Call call)
    {
        var (access, isOpen) = (call.Access, call.Organization.Settings.OpenMembership);
        if (call.Caller.IsApp)
        {
            return isOpen || access.Has("org:write team:write");
        }

        var writes = ScopeSet.Parse("team:write org:write member:write");
        return isOpen || access.IsGlobal || (access.On(call.Team) is not null && access.OnTeam(call.Team).Overlaps(writes));
    }

    /// <summary>Managers and owners, admins of this team, and integrations that may write teams, the organization or members.</summary>
    private static bool MayEdit(Call call)
    {
        if (call.Caller.IsApp)
        {
            return call.Access.Has("team:write org:write member:write");
        }

        return call.Access.IsGlobal || (call.Access.On(call.Team) is { } own && TeamRole.Effective(own.Role, own.Member.Role) == TeamRole.Admin);
    }

    private static Answer Locked() => Refusals.Detail(403, "This team is managed through your organization's identity provider.");

    private static Answer Role(Membership link) => Answer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("isActive", true);
        writer.WriteString("teamRole", link.Role);
        writer.WriteEndObject();
    });
}
