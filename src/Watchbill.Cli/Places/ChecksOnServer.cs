using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>Checks on a server.</summary>
internal sealed class ChecksOnServer(ComplianceClient client) : IChecks
{
    public Task<Result<CheckLines>> RunAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.RunAsync(connector.Value, cancellationToken)));

    public Task<Result<CheckLines>> LatestAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.LatestAsync(connector.Value, cancellationToken)));

    public Task<Result<IReadOnlyList<CheckResultLine>>> ResultsAsync(ConnectorId connector, string check, string? outcome, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync<IReadOnlyList<CheckResultLine>>(async () =>
        {
            var page = await client.ResultsAsync(connector.Value, new CheckResultQuery { Check = check, Outcome = outcome, Limit = 1000 }, cancellationToken);
            return [.. page.Items.Select(static row => new CheckResultLine(row.ResourceKind, row.ResourceKey, row.ResourceName, row.Outcome, row.Reason) { Since = row.From })];
        });

    private static CheckLines Of(CheckRun run) => new(run.Id, run.At, run.Digest, [.. run.Lines.Select(static line => new CheckRow(line.Check, line.Outcome, line.Reason)
    {
        Passed = line.Passed, Failed = line.Failed, NotEvaluated = line.NotEvaluated, NotApplicable = line.NotApplicable, Excepted = line.Excepted,
    })]);
}
