using System.CommandLine;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill runs difference</c>: what a waiting run would end and begin.</summary>
internal sealed class RunDifferenceCommand
{
    private static readonly IReadOnlyList<Column<Line>> Columns =
    [
        new("change", "Change", static line => line.Change),
        new("kind", "Kind", static line => line.Kind),
        new("key", "Key", static line => line.Fact.Key),
        new("name", "Name", static line => NameOf(line.Fact)),
    ];

    private readonly Argument<long> _run = RunsCommand.Argument();
    private readonly Option<int> _limit = Numbers.Whole("--limit", "Show at most so many facts of each kind", 20, (1, 100_000));

    public static Command Create(CommandHost host)
    {
        var self = new RunDifferenceCommand();
        return host.Handle(new DocumentedCommand("difference", "What a waiting run would end and begin") { self._run, self._limit }, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = new SyncRunId(context.Value(_run));
        var queries = context.Get<ConnectorQueries>();
        var difference = await queries.DifferenceAsync(id, context.Caller, cancellationToken);
        var run = await queries.RunAsync(id, context.Caller, cancellationToken);
        if ((run.Refusal ?? difference.Refusal) is { } refusal)
        {
            return context.Refuse(refusal);
        }

        var lines = difference.Value.Lines;
        return context.Show(new Sheet<Line>(Columns, await LinesAsync(run.Value, lines, context, cancellationToken))
        {
            Headline = $"Run {id} would end {lines.Sum(static line => line.Closing):N0} of {lines.Sum(static line => line.Open):N0} facts, "
                + $"change {lines.Sum(static line => line.Changing):N0} and begin {lines.Sum(static line => line.Opening):N0}.",
            Notes = [.. lines.Where(static line => line.Closing + line.Changing + line.Opening > 0).Select(Sentence)],
        });
    }

    private async Task<IReadOnlyList<Line>> LinesAsync(SyncRun run, IReadOnlyList<DifferenceLine> lines, CommandContext context, CancellationToken cancellationToken)
    {
        var ledger = context.Get<Ledger>();
        var found = new List<Line>();
        foreach (var kind in lines.Where(static line => line.Closing + line.Opening > 0).Select(static line => line.Kind).Distinct())
        {
            foreach (var change in (FactChange[])[FactChange.Closing, FactChange.Opening])
            {
                var facts = await ledger.ListAsync(new DifferenceQuery(run.ConnectorId, run.Id, change, kind, context.Value(_limit)), cancellationToken);
                found.AddRange(facts.Select(fact => new Line(change is FactChange.Closing ? "ends" : "begins", Choices.Word(kind), fact)));
            }
        }

        return found;
    }

    private static string Sentence(DifferenceLine line) =>
        $"{Choices.Word(line.Kind)}: {line.Closing:N0} of {line.Open:N0} would end, {line.Changing:N0} change, {line.Opening:N0} begin.";

    private static string? NameOf(Fact fact) => fact switch
    {
        MemberFact member => member.Email,
        TeamFact team => team.Slug,
        ProjectFact project => project.Slug,
        NonHumanFact principal => principal.Name,
        OrganizationFact organization => organization.Slug,
        AuthProviderFact provider => provider.ProviderName,
        TeamMembershipFact membership => $"member {membership.MemberId} in team {membership.TeamId}",
        ProjectTeamFact link => $"project {link.ProjectId} of team {link.TeamId}",
        _ => null,
    };

    private sealed record Line(string Change, string Kind, Fact Fact);
}
