using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill projects list</c></summary>
internal sealed class ProjectsCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Output.Column<ProjectLine>> Columns =
    [
        new("id", null, static project => project.Id),
        new("slug", "Project", static project => project.Slug) { IsWhole = true },
        new("name", "Name", static project => project.Name),
        new("platform", "Platform", static project => project.Platform),
        new("teams", "Teams", static project => project.TeamCount),
        new("created", "Created", static project => project.DateCreated),
    ];

    private readonly Option<bool> _orphan = new("--orphan") { Description = "Only projects that no team owns" };
    private readonly Option<string?> _platform = Names.Text("--platform", "Only this platform, for example python-django", "platform");
    private readonly Option<string?> _team = Names.Team("Only projects of this team");
    private readonly ListOptions _list = new(host);

    public static Command Create(CommandHost host)
    {
        var self = new ProjectsCommand(host);
        var list = new DocumentedCommand("list", "List projects") { Examples = ["./watchbill projects list --orphan", "./watchbill projects list --team payments"] };
        list.Add(self._orphan);
        list.Add(self._platform);
        list.Add(self._team);
        self._list.AddTo(list);
        return new DocumentedCommand("projects", "Projects") { host.Handle(list, self.RunAsync) };
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var team = await new TeamChoice(context, connector.Value.Id).FindAsync(context.Value(_team), cancellationToken);
        if (!team.Succeeded)
        {
            return context.Refuse(team.Refusal!);
        }

        var filter = new ProjectFilter { Text = _list.Text(context), Platform = context.Value(_platform), TeamId = team.Value.Id, Orphan = context.Value(_orphan) };
        var answer = await context.Watchbill.ProjectsAsync(_list.Question(connector.Value.Id, filter, context), cancellationToken);
        return answer.Refusal is { } refusal ? context.Refuse(refusal) : context.Show(ListOptions.SheetOf(answer.Value, Columns, "project"));
    }
}
