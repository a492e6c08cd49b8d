using System.CommandLine;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access blast-radius</c>: what taking something away in Sentry would take away.</summary>
internal sealed class AccessBlastRadiusCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<Loss>> Columns =
    [
        new("effect", "Effect", static loss => Word.Of(loss.Kind)),
        new("memberId", null, static loss => loss.Member.Id),
        new("email", "Member", static loss => loss.Member.Email) { IsWhole = true },
        new("projectId", null, static loss => loss.Project?.Id),
        new("project", "Project", static loss => loss.Project?.Slug),
        new("projects", "Projects", static loss => loss.Projects) { IsOptional = true },
        new("left", "Left", static loss => Left(loss)),
        new("lostScopes", "Loses", static loss => loss.LostScopes.ToArray()) { IsOptional = true },
        new("selfJoinable", null, static loss => loss.IsSelfJoinable),
    ];

    private readonly Option<string?> _member = Names.Text("--member", "Whom: alone, their removal from the organization; with --team, off that team", "member");
    private readonly Option<string?> _team = Names.Team("Which team loses the member, or the project");
    private readonly Option<string?> _project = Names.Text("--project", "Which project the team no longer owns", "project");
    private readonly Option<bool> _open = new("--open-membership") { Description = "Open membership is turned off" };
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);

    public static Command Create(CommandHost host)
    {
        var self = new AccessBlastRadiusCommand(host);
        var command = new DocumentedCommand("blast-radius", "What a removal in Sentry would take away, before anybody does it")
        {
            Examples =
            [
                "./watchbill access blast-radius --member ada@example.com",
                "./watchbill access blast-radius --member ada@example.com --team payments",
                "./watchbill access blast-radius --project checkout-api --team payments -o csv",
                "./watchbill access blast-radius --open-membership",
            ],
        };
        command.Add(self._member);
        command.Add(self._team);
        command.Add(self._project);
        command.Add(self._open);
        command.Add(self._at);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var removal = new RemovalSearch
        {
            Member = context.Value(_member),
            Team = context.Value(_team),
            Project = context.Value(_project),
            OpenMembership = context.Value(_open),
        };
        var answer = await context.Watchbill.BlastRadiusAsync(connector.Value.Id, removal, context.Value(_at), cancellationToken);
        return answer.Succeeded ? context.Show(SheetOf(answer.Value)) : context.Refuse(answer.Refusal!);
    }

    private static Sheet<Loss> SheetOf(Answer<RemovalReport> answer) => new(Columns, answer.Value.Losses)
    {
        Headline = answer.Value.Sentence,
        Notes = [.. answer.Notes.Concat(answer.Value.Notes).Select(static note => note.Sentence)],
        WhenEmpty = "Nothing.",
        Standing = Standings.Of(answer),
        About =
        [
            ("sentence", answer.Value.Sentence),
            ("ends", answer.Value.Ends),
            ("narrows", answer.Value.Narrows),
            ("stays", answer.Value.Stays),
            ("people", answer.Value.People),
        ],
    };

    private static string Left(Loss loss) => (loss.LeftPaths.Count, loss.IsSelfJoinable) switch
    {
        (0, true) => "nothing; could take it back",
        (0, false) => loss.Project is null ? "what teams and roles give" : "nothing",
        _ => string.Join("; ", loss.LeftPaths.Select(static path => path.Sentence)),
    };
}
