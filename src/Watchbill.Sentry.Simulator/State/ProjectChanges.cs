using System.Text.Json.Nodes;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>Changes to projects, their teams and client keys, as if made in Sentry. <c>by</c> is who did it; null is the first owner.</summary>
public static class ProjectChanges
{
    /// <summary>Creates a project with one client key.</summary>
    /// <exception cref="ArgumentException">The slug is taken.</exception>
    public static Project CreateProject(this Organization organization, string slug, Team? team = null, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var world = organization.World;
            var project = new Project { Id = world.NextId(), Slug = slug, Name = slug, DateCreated = world.Now, HasFirstEvent = false };
            organization.ProjectRows.Add(project);
            organization.NewKey(project, "Default");
            if (team is not null)
            {
                Attach(project, team);
            }

            organization.Record("project.create", by, project, $"created project {slug}");
            return project;
        }
    }

    /// <summary>Renames; requests for the old slug are redirected from then on.</summary>
    public static void RenameProject(this Organization organization, Project project, string slug, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var former = project.Slug;
            organization.ProjectRows.Rename(project, slug);
            organization.FormerSlugs.Remove(slug);
            organization.FormerSlugs[former] = project;
            organization.Record("project.edit", by, project, $"edited project settings slug from {former} to {slug}", details => details["old_slug"] = former);
        }
    }

    public static void ChangeSettings(this Organization organization, Project project, ProjectSettings settings, Actor? by = null)
    {
        lock (organization.Gate)
        {
            project.Settings = settings;
            organization.Record("project.edit", by, project, "edited project settings");
        }
    }

    public static void DeleteProject(this Organization organization, Project project, Actor? by = null)
    {
        lock (organization.Gate)
        {
            project.IsActive = false;
            foreach (var team in project.OwningTeams)
            {
                team.OwnedProjects.Remove(project);
            }

            organization.ProjectRows.Remove(project);
            organization.Record("project.remove", by, project, $"removed project {project.Slug}");
        }
    }

    /// <summary>Gives the team the project. Doing it twice changes nothing but writes a second audit row, as Sentry does.</summary>
    public static void AddProjectTeam(this Organization organization, Project project, Team team, Actor? by = null)
    {
        lock (organization.Gate)
        {
            Attach(project, team);
            organization.Record("project-team.add", by, project, $"added team {team.Slug} to project {project.Slug}", TeamDetails(project, team));
        }
    }

    /// <summary>Takes the project from the team. The last team may go: the project is then an orphan.</summary>
    public static void RemoveProjectTeam(this Organization organization, Project project, Team team, Actor? by = null)
    {
        lock (organization.Gate)
        {
            project.OwningTeams.Remove(team);
            team.OwnedProjects.Remove(project);
            organization.Record("project-team.remove", by, project, $"removed team {team.Slug} from project {project.Slug}", TeamDetails(project, team));
        }
    }

    public static ClientKey CreateKey(this Organization organization, Project project, string label, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var key = organization.NewKey(project, label);
            organization.Record("projectkey.create", by, project, $"added project key {key.PublicKey}", details => details["public_key"] = key.PublicKey);
            return key;
        }
    }

    /// <summary>Applies <paramref name="edit"/> to the key.</summary>
    public static void ChangeKey(this Organization organization, ClientKey key, Action<ClientKey> edit, Actor? by = null)
    {
        lock (organization.Gate)
        {
            edit(key);
            organization.Record("projectkey.edit", by, key.Project, $"edited project key {key.PublicKey}", details => details["public_key"] = key.PublicKey);
        }
    }

    public static void DeleteKey(this Organization organization, ClientKey key, Actor? by = null)
    {
        lock (organization.Gate)
        {
            key.Project.ClientKeys.Remove(key);
            organization.Record("projectkey.remove", by, key.Project, $"removed project key {key.PublicKey}", details => details["public_key"] = key.PublicKey);
        }
    }

    internal static void Attach(Project project, Team team)
    {
        if (!project.OwningTeams.Contains(team))
        {
            project.OwningTeams.Add(team);
            team.OwnedProjects.Add(project);
        }
    }

    internal static ClientKey NewKey(this Organization organization, Project project, string label)
    {
        var world = organization.World;
        var key = new ClientKey { PublicKey = world.Secret(32), SecretKey = world.Secret(32), Project = project, Label = label, DateCreated = world.Now };
        project.ClientKeys.Add(key);
        return key;
    }

    private static Action<JsonObject> TeamDetails(Project project, Team team) => details =>
    {
        details["team_slug"] = team.Slug;
        details["project_slug"] = project.Slug;
    };

    private static void Record(
        this Organization organization, string name, Actor? by, Project project, string note, Action<JsonObject>? more = null) =>
        organization.Audit.Append(name, by ?? organization.DefaultActor, row =>
        {
            var details = new JsonObject { ["slug"] = project.Slug, ["name"] = project.Name, ["id"] = project.Id };
            more?.Invoke(details);
            return row with { Note = note, TargetObject = project.Id, Details = details };
        });
}
