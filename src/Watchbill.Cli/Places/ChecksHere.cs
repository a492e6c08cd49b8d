using Microsoft.Extensions.DependencyInjection;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Checks of the database at hand.</summary>
internal sealed class ChecksHere(IServiceProvider services, Caller caller) : IChecks
{
    public async Task<Result<CheckLines>> RunAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        (await services.GetRequiredService<RunChecks>().RunAsync(connector, caller, cancellationToken)).Select(Of);

    public async Task<Result<CheckLines>> LatestAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var run = await services.GetRequiredService<CheckQueries>().LatestAsync(connector, caller, cancellationToken);
        return !run.Succeeded ? run.Refusal! : run.Value is { } latest ? Of(latest) : ComplianceRefusals.NotRun(connector.ToString());
    }

    public async Task<Result<IReadOnlyList<CheckResultLine>>> ResultsAsync(ConnectorId connector, string check, string? outcome, CancellationToken cancellationToken)
    {
        var search = new ResultSearch(connector) { CheckId = check, Outcome = Word.Parse<CheckOutcome>(outcome), Take = ResultSearch.MostRows };
        return (await services.GetRequiredService<CheckQueries>().ResultsAsync(search, caller, cancellationToken)).Select<IReadOnlyList<CheckResultLine>>(static page =>
            [.. page.Rows.Select(static row => new CheckResultLine(Word.Of(row.Resource.Kind), row.Resource.Key, row.Resource.Name, Word.Of(row.Outcome), row.Reason) { Since = row.From })]);
    }

    private static CheckLines Of(CheckRun run) => new(run.Id.Value, run.At, run.Digest, [.. run.Lines.Select(static line => new CheckRow(line.CheckId, Word.Of(line.Outcome), line.Reason)
    {
        Passed = line.Passed, Failed = line.Failed, NotEvaluated = line.NotEvaluated, NotApplicable = line.NotApplicable, Excepted = line.Excepted,
    })]);
}
