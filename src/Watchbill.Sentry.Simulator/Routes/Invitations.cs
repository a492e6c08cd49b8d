using System.Net.Mail;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Inviting: <c>POST O/members/</c>. Not idempotent. Team roles in the body are dropped, only the teams count.</summary>
internal static class Invitations
{
    private const string IntegrationsInviteMembersOnly = """["Integration tokens are restricted to inviting new members with the member role only."]""";

    public static IEnumerable<Route> All =>
    [
        Route.Post("O/members/", "member:invite member:write member:admin", Invite) with { OwnLimit = "members", OwnLimitRequests = 40 },
    ];

    private static Answer Invite(Call call)
    {
        if (!call.Organization.MayInvite || (!call.Organization.Settings.AllowMemberInvite && !call.Access.Has("member:write member:admin")))
        {
            return Refusals.Field(403, "organization", "Your organization is not allowed to invite members");
        }

        var role = OrgRole.Find(call.Text("orgRole") ?? call.Text("role") ?? OrgRole.Member.Id);
        if (call.Caller.IsApp && role != OrgRole.Member)
        {
            return Answer.Json(400, IntegrationsInviteMembersOnly);
        }

        var errors = new FieldErrors();
        var address = ReadAddress(call, errors);
        CheckRole(call, role, errors);
        var teams = TeamAssignments.Read(call, errors);
        return errors.Any ? errors.ToAnswer() : Limited(call, address) ?? Teams(call, role!, teams) ?? Send(call, address, role!, teams);
    }

    private static string ReadAddress(Call call, FieldErrors errors)
    {
        var address = call.Text("email") ?? "";
        var existing = call.Organization.MemberRows.OfAddress(address);
        var problem = address switch
        {
            "" => "This field is required.",
            { Length: > 75 } => "Ensure this field has no more than 75 characters.",
            _ when !MailAddress.TryCreate(address, out _) => "Enter a valid email address.",
            _ when existing is { IsPending: false } => $"The user {address} is already a member",
            _ when existing is { InviteStatus: Member.Approved } => $"The user {address} has already been invited",
            _ => null,
        };
        if (problem is not null)
        {
            errors.Add("email", problem);
        }

        return address;
    }

    private static void CheckRole(Call call, OrgRole? role, FieldErrors errors)
    {
        if (role is null || !(RoleRules.Assignable(call).Contains(role) || !call.Caller.IsPerson))
        {
            errors.Add("orgRole", RoleRules.NotAllowed);
        }
        else if (RoleRules.IsRetired(call, role))
        {
            errors.Add("orgRole", RoleRules.Retired(role));
        }
    }

    private static Answer? Limited(Call call, string address) =>
        call.Organization.Features.Contains("invite-members-rate-limits")
        && !call.Organization.InviteQuota.TryUse(call.World.Now, call.Caller.Token!.Id, address)
            ? Refusals.Detail(429, "You are being rate limited for too many invitations.")
            : null;

    private static Answer? Teams(Call call, OrgRole role, TeamAssignments teams)
    {
        var isPlain = !call.Access.Has("member:admin");
        if (isPlain && !call.Organization.Settings.OpenMembership && teams.Teams.Any(item => !call.Access.IsOn(item.Team)))
        {
            return Refusals.Detail(400, "You cannot assign members to teams you are not a member of.");
        }

        return teams.Teams.Count > 0 && !role.AllowsTeamRoles ? Refusals.Field(400, "email", RoleRules.WithoutTeams(role)) : null;
    }

    private static Answer Send(Call call, string address, OrgRole role, TeamAssignments teams)
    {
        if (call.Organization.MemberRows.OfAddress(address) is { } request)
        {
            // A request to join or be invited that nobody approved gives way silently.
            call.Organization.Drop(request);
        }

        var member = call.Organization.Invite(address, role.Id, teams.Teams.Select(item => item.Team), call.Actor);
        return Answer.Json(201, writer => MemberJson.WriteRow(writer, member));
    }
}
