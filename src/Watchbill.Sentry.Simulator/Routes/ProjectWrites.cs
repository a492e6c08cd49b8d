using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Changing and deleting a project, and which teams own it.</summary>
internal static class ProjectWrites
{
    private const string NotOnThatTeam = """{"detail":["You do not have permission to perform this action."]}""";

    public static IEnumerable<Route> All =>
    [
        Route.Put("P/", "project:read project:write project:admin", Change),
        Route.Delete("P/", "project:admin", Delete),
        Route.Post("P/teams/{team}/", "project:write project:admin", AddTeam),
        Route.Delete("P/teams/{team}/", "project:write project:admin", RemoveTeam),
    ];

    /// <summary>Readers may only bookmark.</summary>
    private static Answer Change(Call call)
    {
        var (organization, project) = (call.Organization, call.Project);
        if (!MayWrite(call) && call.Body.ValueKind == JsonValueKind.Object && call.Body.EnumerateObject().Any(property => !property.NameEquals("isBookmarked")))
        {
            return Refusals.Forbidden();
        }

        var slug = call.Text("slug") ?? project.Slug;
        if (slug != project.Slug && organization.ProjectRows.HasSlug(slug))
        {
            return Refusals.Invalid("slug", $"Another project ({project.Slug}) is already using that slug");
        }

        var (settings, refusal) = SettingsBody.Merge(project.Settings, call.Body, StateJson.Default.ProjectSettings);
        if (refusal is not null)
        {
            return refusal;
        }

        (project.Name, project.Platform) = (call.Text("name") ?? project.Name, call.Text("platform") ?? project.Platform);
        organization.ChangeSettings(project, settings, call.Actor);
        if (slug != project.Slug)
        {
            organization.RenameProject(project, slug, call.Actor);
        }

        return Answer.Json(200, writer => ProjectDetailJson.Write(writer, project, call));
    }

    private static Answer Delete(Call call)
    {
        call.Organization.DeleteProject(call.Project, call.Actor);
        return Answer.Empty(204);
    }

    /// <summary>A team that owns the project already is added again without complaint.</summary>
    private static Answer AddTeam(Call call)
    {
        if (call.Organization.TeamRows.Find(call.Parameter("team")) is not { } team)
        {
            return NoTeam();
        }

        call.Organization.AddProjectTeam(call.Project, team, call.Actor);
        return Answer.Json(201, writer => ProjectJson.WriteWithTeams(writer, call.Project, call));
    }

    private static Answer RemoveTeam(Call call)
    {
        if (call.Organization.TeamRows.Find(call.Parameter("team")) is not { } team)
        {
            return NoTeam();
        }

        if (!call.Access.OnTeam(team).Overlaps(call.Route.Accepted))
        {
            return Answer.Json(403, NotOnThatTeam);
        }

        call.Organization.RemoveProjectTeam(call.Project, team, call.Actor);
        return Answer.Json(200, writer => ProjectJson.WriteWithTeams(writer, call.Project, call));
    }

    private static Answer NoTeam() => Refusals.Detail(404, "Team does not exist.");

    private static bool MayWrite(Call call) => call.Access.OnProject(call.Project).Has("project:write");
}
