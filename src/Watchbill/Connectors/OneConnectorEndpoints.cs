using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchbill.Api;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors;

/// <summary>A question about one connector over HTTP: who asks, about which, and the ways to answer.</summary>
internal readonly record struct OneConnectorEndpoints(
    long Connector, ConnectorQueries Queries, ConnectorStandings Standings, Caller Caller, HttpContext Http, CancellationToken CancellationToken)
{
    public ConnectorId Id => new(Connector);

    /// <summary>The connector as it stands now, with its version.</summary>
    public async Task<Results<Ok<Contract.Connector>, ProblemHttpResult>> ShowAsync()
    {
        var standing = await StandingAsync();
        return Answers.Ok(standing, static connector => connector);
    }

    /// <summary>Changes the connector and shows it as it stands then.</summary>
    public async Task<Results<Ok<Contract.Connector>, ProblemHttpResult>> ChangeAsync(Func<Connector, Task<Result<Connector>>> change)
    {
        var connector = await Queries.FindAsync(Id, Caller, CancellationToken);
        var changed = connector.Succeeded ? await change(connector.Value) : connector;
        return changed.Succeeded ? await ShowAsync() : Refused(changed.Refusal!);
    }

    /// <summary>The connector as the contract has it; sets the ETag of the answer.</summary>
    public async Task<Result<Contract.Connector>> StandingAsync()
    {
        var id = Id;
        var all = await Standings.ListAsync(Caller, CancellationToken);
        if (!all.Succeeded)
        {
            return all.Refusal!;
        }

        if (all.Value.FirstOrDefault(standing => standing.Connector.Id == id) is not { } found)
        {
            return SyncRefusals.NoSuchConnector(id.ToString());
        }

        EntityTags.Set(Http, found.Connector.Version);
        return ConnectorContracts.Of(found);
    }

    /// <summary>The answer for a refusal; one that says "changed meanwhile" is told as the failed precondition it is.</summary>
    public static ProblemHttpResult Refused(Refusal refusal) => refusal.Code == SyncRefusals.ChangedMeanwhile("").Code ? EntityTags.Failed() : Problems.Of(refusal);
}
