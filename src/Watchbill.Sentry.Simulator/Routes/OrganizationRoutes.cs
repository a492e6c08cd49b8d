using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The organization itself and its sign-on.</summary>
internal static class OrganizationRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/", "org:read org:write org:admin", Read),
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

    private static Answer AuthProvider(Call call)
    {
        if (call.Organization.AuthProvider is not { } provider)
        {
            return Answer.Empty(204);
        }

        var unlinked = call.Organization.MemberRows.Listed.Count(member => !member.IsPending && !member.Flags.HasFlag(State.MemberFlags.SsoLinked));
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
