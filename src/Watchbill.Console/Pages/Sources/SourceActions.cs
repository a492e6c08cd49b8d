using Watchbill.Access;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Sources;

/// <summary>The use cases and queries that the page of a source needs.</summary>
public sealed class SourceActions(
    ConnectorStandings standings, ConnectorQueries queries, Ledger ledger, DecideHeldRun decide, ManageConnector manage, RequestSync sync)
{
    /// <summary>How sources stand.</summary>
    public ConnectorStandings Standings => standings;

    /// <summary>Connectors, runs and their logs.</summary>
    public ConnectorQueries Queries => queries;

    /// <summary>Scopes and held facts; pages ask it only behind a check of the right to read.</summary>
    public Ledger Ledger => ledger;

    /// <summary>Deciding about held runs.</summary>
    public DecideHeldRun Decide => decide;

    /// <summary>What the buttons at the top do.</summary>
    public Task<Result<Connector>> RunAsync(string action, Connector connector, Caller caller, CancellationToken cancellationToken) => action switch
    {
        "pause" => manage.PauseAsync(connector, caller, cancellationToken),
        "resume" => manage.ResumeAsync(connector, caller, cancellationToken),
        "changes" => sync.RunAsync(connector.Id, SyncMode.Incremental, caller, cancellationToken),
        _ => sync.RunAsync(connector.Id, SyncMode.Full, caller, cancellationToken),
    };
}
