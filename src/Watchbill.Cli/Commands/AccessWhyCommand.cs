using System.CommandLine;
using Watchbill.Access.Effective;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access why</c>: every way that leads a member to a project, or why none does.</summary>
internal sealed class AccessWhyCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<AccessPath>> Columns =
    [
        new("kind", null, static path => Word.Of(path.Kind)),
        new("via", "Way", static path => path.Sentence),
        new("gives", "Gives", static path => Gives(path)),
        new("team", null, static path => path.Team?.Slug),
        new("teamRole", null, static path => path.TeamRole?.Id),
        new("scopes", "Scopes", static path => path.Scopes is { } scopes ? scopes.ToArray() : null),
    ];

    private readonly Argument<string> _member = Names.Member();
    private readonly Argument<string> _project = Names.Project();
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);

    public static Command Create(CommandHost host)
    {
        var self = new AccessWhyCommand(host);
        var command = new DocumentedCommand("why", "Why a member reaches a project, or why not and what would give it")
        {
            Examples = ["./watchbill access why ada@example.com checkout-api", "./watchbill access why ada@example.com checkout-api --at 2026-11-01"],
        };
        command.Add(self._member);
        command.Add(self._project);
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

        var (member, project) = (context.Value(_member), context.Value(_project));
        var answer = await context.Watchbill.WhyAsync(connector.Value.Id, new Pairing(member, project), context.Value(_at), cancellationToken);
        if (answer.Succeeded)
        {
            return context.Show(SheetOf(answer.Value));
        }

        var suggestion = new Suggestion(context, connector.Value.Id);
        return context.Refuse(await suggestion.ForProjectAsync(await suggestion.ForMemberAsync(answer.Refusal!, member, cancellationToken), project, cancellationToken));
    }

    private static Sheet<AccessPath> SheetOf(Answer<AccessExplanation> answer)
    {
        var pair = answer.Value.Pair;
        return new Sheet<AccessPath>(Columns, pair.Paths)
        {
            Headline = answer.Value.Sentence,
            Notes = [.. answer.Value.Options.Select(static option => option.Sentence), .. answer.Notes.Concat(answer.Value.Notes).Select(static note => note.Sentence)],
            Standing = Standings.Of(answer),
            About =
            [
                ("member", pair.Member.Email),
                ("memberId", pair.Member.Id),
                ("project", pair.Project.Slug),
                ("projectId", pair.Project.Id),
                ("reach", ReachWords.Of(pair)),
                ("held", pair.IsHeld),
                ("selfJoinable", pair.IsSelfJoinable),
                ("obstacles", ReachWords.Obstacles(pair)),
                ("options", answer.Value.Options.Select(static option => option.Sentence).ToArray()),
                ("scopes", pair.Scopes.ToArray()),
            ],
        };
    }

    private static string Gives(AccessPath path) => path.Layer switch
    {
        AccessLayers.Held | AccessLayers.Reachable => "granted",
        AccessLayers.Reachable => "open to all",
        AccessLayers.SelfJoinable => "could be taken",
        _ => "unknown",
    };
}
