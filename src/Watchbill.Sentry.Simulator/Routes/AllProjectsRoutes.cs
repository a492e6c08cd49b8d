using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The projects of all organizations of the caller, each with its organization: an old endpoint that tools still use to begin with.</summary>
internal static class AllProjectsRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("/api/0/projects/", "project:read project:write project:admin", List),
    ];

    private static Answer List(Call call)
    {
        List<Row> rows = [.. call.World.Organizations.SelectMany(organization => Reachable(call, organization))];
        return Pages.Offset(call, rows, Write);
    }

    private static Row[] Reachable(Call call, Organization organization)
    {
        if (call.Caller.Token!.Organization is { } own && own != organization)
        {
            return [];
        }

        return organization.Locked(() =>
        {
            var access = new Access(organization, call.Caller);
            return organization.ProjectRows.InSlugOrder.Where(access.CanReach).Select(project => new Row(project, organization, project.OwningTeams.Exists(access.IsOn))).ToArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, Row row)
    {
        var project = row.Project;
        writer.WriteStartObject();
        writer.WriteId("id"u8, project.Id);
        writer.WriteString("slug"u8, project.Slug);
        writer.WriteString("name"u8, project.Name);
        writer.WriteString("platform"u8, project.Platform);
        writer.WriteInstant("dateCreated"u8, project.DateCreated);
        writer.WriteBoolean("isBookmarked"u8, project.Settings.IsBookmarked);
        writer.WriteBoolean("isMember"u8, row.IsMember);
        writer.WriteTexts("features"u8, ["releases"]);
        writer.WriteInstant("firstEvent"u8, project.HasFirstEvent ? project.DateCreated.AddHours(3) : null);
        writer.WriteString("status"u8, "active"u8);
        writer.WriteBoolean("isPublic"u8, false);
        writer.WriteBoolean("isInternal"u8, false);
        writer.WriteString("color"u8, "#3f70bf"u8);
        writer.WriteLetterAvatar("avatar"u8);
        WriteOrganization(writer, row.Organization);
        writer.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter writer, Organization organization)
    {
        writer.WriteStartObject("organization"u8);
        writer.WriteId("id"u8, organization.Id);
        writer.WriteString("slug"u8, organization.Slug);
        writer.WriteString("name"u8, organization.Name);
        writer.WriteInstant("dateCreated"u8, organization.DateCreated);
        writer.WriteEndObject();
    }

    private sealed record Row(Project Project, Organization Organization, bool IsMember);
}
