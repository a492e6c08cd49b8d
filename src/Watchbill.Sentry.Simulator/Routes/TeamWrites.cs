using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Creating, renaming and deleting teams, and creating projects in them.</summary>
internal static class TeamWrites
{
    private const string Taken = """{"non_field_errors":["A team with this slug already exists."],"detail":"A team with this slug already exists."}""";

    public static IEnumerable<Route> All =>
    [
        Route.Post("O/teams/", "org:write org:admin team:write", Create),
        Route.Put("T/", "team:write team:admin", Rename),
        Route.Delete("T/", "team:admin", Delete),
        Route.Post("T/projects/", "project:write project:admin", CreateProject),
    ];

    /// <summary>Whoever creates a team is on it, when it has a membership.</summary>
    private static Answer Create(Call call)
    {
        var name = call.Text("name");
        var slug = call.Text("slug") ?? (name is null ? null : Slugs.From(name));
        if (string.IsNullOrEmpty(slug))
        {
            return Refusals.Invalid("non_field_errors", "Name or slug is required");
        }

        if (call.Organization.TeamRows.HasSlug(slug))
        {
            return Answer.Json(409, Taken);
        }

        var team = call.Organization.CreateTeam(slug, name, call.Actor);
        if (call.Access.Member is { } creator)
        {
            call.Organization.JoinTeam(creator, team, call.Actor);
        }

        return Answer.Json(201, writer => TeamJson.Write(writer, team, call));
    }

    private static Answer Rename(Call call)
    {
        var slug = call.Text("slug") ?? call.Team.Slug;
        if (slug != call.Team.Slug && call.Organization.TeamRows.HasSlug(slug))
        {
            return Refusals.Invalid("slug", $"The slug \"{slug}\" is already in use.");
        }

        call.Organization.RenameTeam(call.Team, slug, call.Text("name"), call.Actor);
        return Answer.Json(200, writer => TeamJson.Write(writer, call.Team, call));
    }

    private static Answer Delete(Call call)
    {
        call.Organization.DeleteTeam(call.Team, call.Actor);
        return Answer.Empty(204);
    }

    private static Answer CreateProject(Call call)
    {
        if (call.Text("name") is not { Length: > 0 } name)
        {
            return Refusals.Invalid("name", "This field is required.");
        }

        var slug = call.Text("slug") ?? Slugs.From(name);
        if (call.Organization.ProjectRows.HasSlug(slug))
        {
            return Refusals.Detail(409, "A project with this slug already exists.");
        }

        var project = call.Organization.CreateProject(slug, call.Team, call.Actor);
        (project.Name, project.Platform) = (name, call.Text("platform"));
        return Answer.Json(201, writer => ProjectJson.WriteSummary(writer, project, call));
    }
}
