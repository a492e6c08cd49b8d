using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The organization itself and its sign-on.</summary>
internal static class OrganizationRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/", "org:read org:write org:admin", Read),
        Route.Put("O/", "org:write org:admin", Change),
        Route.Get("O/auth-provider/", "org:read org:write org:admin", AuthProvider) with { Silo = Silo.All },
    ];

    /// <summary>The full form; <c>detailed=0</c> leaves out teams and projects.</summary>
    private static Answer Read(Call call)
    {
        var detailed = call.Query["detailed"].ToString() != "0";
        return call.Access.Has("org:read")
            ? Answer.Json(200, writer => OrganizationJson.WriteFull(writer, call, detailed))
            : Answer.Json(200, writer => OrganizationJson.WriteSummary(writer, call.Organization, call));
    }

    private static Answer Change(Call call)
    {
        var (settings, refusal) = SettingsBody.Merge(call.Organization.Settings, call.Body, StateJson.Default.OrganizationSettings);
        if (refusal is not null)
        {
            return refusal;
        }

        if (OrgRole.Find(settings.DefaultRole) is null)
        {
            return Refusals.Invalid("defaultRole", $"\"{settings.DefaultRole}\" is not a valid choice.");
        }

        call.Organization.Name = call.Text("name") ?? call.Organization.Name;
        call.Organization.ChangeSettings(_ => settings, call.Actor);
        return Answer.Json(200, writer => OrganizationJson.WriteFull(writer, call, detailed: true));
    }

    private static Answer AuthProvider(Call call)
    {
        if (call.Organization.AuthProvider is not { } provider)
        {
            return Answer.Empty(204);
        }

        var unlinked = call.Organization.MemberRows.Listed.Count(member => !member.IsPending && !member.Flags.HasFlag(MemberFlags.SsoLinked));
        return Answer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteId("id"u8, provider.Id);
            writer.WriteString("provider_name", provider.Key);
            writer.WriteNumber("pending_links_count", unlinked);
            writer.WriteString("login_url", $"{call.World.ControlUrl}/auth/login/{call.Organization.Slug}/");
            writer.WriteString("default_role", provider.DefaultRole);
            writer.WriteBoolean("require_link", provider.RequireLink);
            writer.WriteBoolean("scim_enabled", provider.ScimEnabled);
            writer.WriteEndObject();
        });
    }
}
