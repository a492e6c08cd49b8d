using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>SCIM users: the only way to remove members that the identity provider manages, or to remove any with an integration token.</summary>
internal static class ScimUsers
{
    private const string Reading = "member:read member:write member:admin";
    private const string Writing = "member:write member:admin";
    private const string One = "O/scim/v2/Users/{user}";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/scim/v2/Users", Reading, Scim.WhenEnabled(List)),
        Route.Post("O/scim/v2/Users", Writing, Scim.WhenEnabled(Create)),
        Route.Get(One, Reading, OnUser((call, member) => Row(call, member, 200))),
        Route.Patch(One, Writing, OnUser(Patch)),
        Route.Put(One, Writing, OnUser(ChangeRole)),
        Route.Delete(One, "member:admin", OnUser(Remove)),
    ];

    private static Func<Call, Answer> OnUser(Func<Call, Member, Answer> act) => Scim.WhenEnabled(call =>
        long.TryParse(call.Parameter("user"), out var id) && call.Organization.MemberRows.Find(id) is { InviteStatus: Member.Approved } member
            ? act(call, member)
            : Scim.Error(404, "User not found"));

    private static Answer List(Call call)
    {
        var (key, value, refusal) = Scim.Filter(call, "userName", "value");
        if (refusal is not null)
        {
            return refusal;
        }

        var rows = call.Organization.MemberRows.Listed
            .Where(member => key is null || string.Equals(member.Email, value, StringComparison.OrdinalIgnoreCase))
            .OrderBy(member => member.Email, StringComparer.Ordinal).ThenBy(member => member.Id);
        return Scim.List(call, rows.ToList(), (writer, member) => ScimJson.WriteUser(writer, member, call.Organization));
    }

    /// <summary>An invitation, marked as managed by the identity provider; with a role in the body, that is dictated too.</summary>
    private static Answer Create(Call call)
    {
        if (call.Text("userName") is not { Length: > 0 } address)
        {
            return Scim.Error(400, "userName: This field is required.");
        }

        var role = OrgRole.Find(call.Text("sentryOrgRole") ?? call.Organization.Settings.DefaultRole);
        if (role is null || role.Scopes.Has("org:admin") || RoleRules.IsRetired(call, role))
        {
            return Scim.Error(400, "Invalid organization role.");
        }

        if (call.Organization.MemberRows.OfAddress(address) is not null)
        {
            return Scim.Error(409, "User already exists in the database.");
        }

        var member = call.Organization.Invite(address, role.Id, by: call.Actor);
        member.Inviter = null;
        member.Flags = MemberFlags.IdpProvisioned | (call.Text("sentryOrgRole") is null ? MemberFlags.None : MemberFlags.IdpRoleRestricted);
        return Row(call, member, 201);
    }

    /// <summary>Knows one operation only: making inactive, which removes the member.</summary>
    private static Answer Patch(Call call, Member member) =>
        call.Field("Operations") is { ValueKind: JsonValueKind.Array } operations && operations.GetArrayLength() == 1 && Deactivates(operations[0])
            ? Remove(call, member)
            : Scim.Error(400, "Invalid Patch Operation.");

    private static bool Deactivates(JsonElement operation)
    {
        if (!operation.TryGetProperty("value", out var value))
        {
            return false;
        }

        var active = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("active", out var nested) ? nested : value;
        return active.ValueKind == JsonValueKind.False
            || (active.ValueKind == JsonValueKind.String && active.ToString().Equals("false", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Owners are never changed, and nothing is written to the audit log.</summary>
    private static Answer ChangeRole(Call call, Member member)
    {
        if (OrgRole.Find(call.Text("sentryOrgRole")) is not { } role || role.Scopes.Has("org:admin") || RoleRules.IsRetired(call, role))
        {
            return Scim.Error(400, "Invalid organization role.");
        }

        if (member.Role != OrgRole.Owner)
        {
            member.Role = role;
            member.Flags |= MemberFlags.IdpRoleRestricted;
        }

        return Row(call, member, 200);
    }

    private static Answer Remove(Call call, Member member)
    {
        if (MemberWrites.IsLastManager(call.Organization, member))
        {
            return Scim.Error(403, "You cannot remove the only remaining owner of the organization.");
        }

        call.Organization.RemoveMember(member, call.Actor);
        return Answer.Empty(204);
    }

    private static Answer Row(Call call, Member member, int status) => Answer.Json(status, writer => ScimJson.WriteUser(writer, member, call.Organization));
}
