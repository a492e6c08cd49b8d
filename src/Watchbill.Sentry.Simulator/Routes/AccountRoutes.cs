using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>What a credential can learn about itself, and the list of its organizations.</summary>
internal static class AccountRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("/api/0/", "", Index) with { Silo = Silo.All, AllowsAnonymous = true },
        Route.Get("/api/0/auth/", "", Self) with { Silo = Silo.Control },
        Route.Get("/api/0/users/me/", "", Self) with { Silo = Silo.Control },
        Route.Get("/api/0/users/me/regions/", "org:read org:write org:admin", Regions) with { Silo = Silo.Control },
        Route.Get("/api/0/organizations/", "org:read org:write org:admin", Organizations) with { Silo = Silo.All },
    ];

    private static Answer Index(Call call) => Answer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("version", "0");
        writer.WritePropertyName("auth");
        if (call.Caller.Token is { } token)
        {
            writer.WriteStartObject();
            writer.WriteScopes("scopes"u8, token.Scopes);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("user");
        WriteUser(writer, call.Caller.User);
        writer.WriteEndObject();
    });

    private static Answer Self(Call call) =>
        call.Caller.User is { } user ? Answer.Json(200, writer => UserJson.Write(writer, user)) : Refusals.Forbidden();

    private static Answer Regions(Call call)
    {
        if (!call.Caller.IsPerson)
        {
            return Refusals.Forbidden();
        }

        var names = Visible(call).Select(organization => organization.Region).Distinct().Order(StringComparer.Ordinal);
        return Answer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("regions");
            foreach (var name in names)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("url", call.World.RegionUrl(name));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static Answer Organizations(Call call)
    {
        List<Organization> visible = [.. Visible(call).OrderByDescending(organization => organization.DateCreated)];
        if (call.Flag("owner"))
        {
            var owned = visible.FindAll(organization => Role(call, organization) == "owner");
            return Pages.All(owned, (writer, organization) => WriteOwned(writer, organization, call));
        }

        var (rows, link, refusal) = Keyset.Page(
            call,
            from => visible.SkipWhile(organization => Keyset.Milliseconds(organization.DateCreated) > (from ?? double.MaxValue)),
            organization => Keyset.Milliseconds(organization.DateCreated));
        return refusal ?? Pages.All(rows, (writer, organization) => OrganizationJson.WriteSummary(writer, organization, call)).With("Link", link);
    }

    private static void WriteOwned(Utf8JsonWriter writer, Organization organization, Call call)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("organization");
        OrganizationJson.WriteSummary(writer, organization, call);
        writer.WriteBoolean("singleOwner", organization.Members.Count(member => member is { Role.Id: "owner", IsPending: false }) == 1);
        writer.WriteEndObject();
    }

    /// <summary>The caller's organizations: of this cell only, when a cell is asked.</summary>
    private static IEnumerable<Organization> Visible(Call call) => call.World.Organizations
        .Where(organization => call.Host.Region is null || organization.Region == call.Host.Region)
        .Where(organization => call.Caller.Token!.Organization is { } own ? own == organization : Role(call, organization) is not null);

    private static string? Role(Call call, Organization organization) =>
        organization.Locked(() => new Access(organization, call.Caller).Member?.Role.Id);

    private static void WriteUser(Utf8JsonWriter writer, User? user)
    {
        if (user is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            UserJson.Write(writer, user);
        }
    }
}
