using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>The plain teams and projects: most projects belong to one team, some to two or three.</summary>
internal sealed class TeamsAndProjects(Draft draft)
{
    private static readonly string[] Platforms =
        ["python-django", "node-express", "javascript-react", "dotnet-aspnetcore", "go", "java-spring", "apple-ios", "android"];

    public void Generate()
    {
        for (var index = 0; index < draft.Size.Teams; index++)
        {
            AddTeam(draft.Names.Team(index), index);
        }

        for (var index = 0; index < draft.Size.Projects; index++)
        {
            AddProject(index);
        }
    }

    private void AddTeam(string slug, int index)
    {
        var dice = draft.Dice("team", index);
        draft.Organization.TeamRows.Add(new Team
        {
            Id = draft.World.NextId(),
            Slug = slug,
            Name = Title(slug),
            DateCreated = dice.Between(draft.Organization.DateCreated, draft.Today.AddDays(-400)),
        });
    }

    private void AddProject(int index)
    {
        var dice = draft.Dice("project", index);
        var slug = draft.Names.Project(index);
        var project = new Project
        {
            Id = draft.World.NextId(),
            Slug = slug,
            Name = Title(slug),
            DateCreated = dice.Between(draft.Today.AddDays(-400), draft.Today.AddDays(-2)),
            Platform = dice.Chance(0.95) ? dice.Pick(Platforms) : null,
            HasFirstEvent = dice.Chance(0.9),
            Settings = new ProjectSettings { ScrubIpAddresses = dice.Chance(0.6), DataScrubber = dice.Chance(0.95), VerifySsl = dice.Chance(0.9) },
        };
        draft.Organization.ProjectRows.Add(project);
        AttachTeams(project, ref dice);
        AddKeys(project, ref dice);
    }

    private void AttachTeams(Project project, ref Dice dice)
    {
        var teams = draft.Organization.TeamRows.InSlugOrder;
        if (teams.Count == 0)
        {
            return;
        }

        ProjectChanges.Attach(project, dice.Pick(teams));
        for (var chance = 0.15; dice.Chance(chance); chance /= 3)
        {
            ProjectChanges.Attach(project, dice.Pick(teams));
        }
    }

    private void AddKeys(Project project, ref Dice dice)
    {
        for (var number = dice.Chance(0.1) ? 2 : 1; number > 0; number--)
        {
            project.ClientKeys.Add(new ClientKey
            {
                PublicKey = draft.World.Secret(32),
                SecretKey = draft.World.Secret(32),
                Project = project,
                Label = number == 1 ? "Default" : "Second",
                DateCreated = project.DateCreated,
                IsActive = number == 1 || dice.Chance(0.5),
                RateLimit = dice.Chance(0.3) ? (60, 1000) : null,
            });
        }
    }

    private static string Title(string slug) =>
        string.Join(' ', slug.Split('-').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
