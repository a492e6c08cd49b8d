using System.CommandLine;
using Watchbill.Access.Queries;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill teams list</c></summary>
internal sealed class TeamsCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Output.Column<TeamLine>> Columns =
    [
        new("id", null, static team => team.Id),
        new("slug", "Team", static team => team.Slug) { IsWhole = true },
        new("name", "Name", static team => team.Name),
        new("members", "Members", static team => team.MemberCount),
        new("projects", "Projects", static team => team.ProjectCount),
        new("scim", "By SCIM", static team => team.IdpProvisioned),
    ];

    private readonly Option<bool> _empty = new("--empty") { Description = "Only teams without members" };
    private readonly Option<bool> _withoutProjects = new("--no-projects") { Description = "Only teams without projects" };
    private readonly ListOptions _list = new(host);

    public static Command Create(CommandHost host)
    {
        var self = new TeamsCommand(host);
        var list = new DocumentedCommand("list", "List teams") { Examples = ["./watchbill teams list --empty"] };
        list.Add(self._empty);
        list.Add(self._withoutProjects);
        self._list.AddTo(list);
        return new DocumentedCommand("teams", "Teams") { host.Handle(list, self.RunAsync) };
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var filter = new TeamFilter { Text = _list.Text(context), Empty = context.Value(_empty), WithoutProjects = context.Value(_withoutProjects) };
        var answer = await context.Watchbill.TeamsAsync(_list.Question(connector.Value.Id, filter, context), cancellationToken);
        return answer.Refusal is { } refusal ? context.Refuse(refusal) : context.Show(ListOptions.SheetOf(answer.Value, Columns, "team"));
    }
}
