using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Access.Striking;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill facts</c>: what a newcomer should be told first.</summary>
internal sealed class FactsCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Column<StrikingFact>> Columns =
    [
        new("gravity", "Gravity", static fact => Word.Of(fact.Gravity)),
        new("sentence", "Fact", static fact => fact.Sentence),
        new("code", null, static fact => fact.Code),
        new("count", null, static fact => fact.Count),
        new("subjects", null, static fact => fact.SubjectIds.ToArray()),
    ];

    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);

    public static Command Create(CommandHost host)
    {
        var self = new FactsCommand(host);
        return host.Handle(new DocumentedCommand("facts", "The most striking facts about access, gravest first") { self._at }, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var answer = await context.Watchbill.StrikingFactsAsync(connector.Value.Id, context.Value(_at), cancellationToken);
        return answer.Succeeded ? context.Show(SheetOf(answer.Value)) : context.Refuse(answer.Refusal!);
    }

    public static Sheet<StrikingFact> SheetOf(Answer<IReadOnlyList<StrikingFact>> answer) =>
        new(Columns, answer.Value) { Standing = Standings.Of(answer), WhenEmpty = "Nothing striking." };
}
