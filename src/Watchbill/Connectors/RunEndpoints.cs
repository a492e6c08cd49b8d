using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Connectors;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>Sync runs over HTTP: ask for one, read their logs, decide about those that wait.</summary>
internal static class RunEndpoints
{
    private const string Tag = "Runs";
    private const int FactsOfAKind = 20;

    public static void Map(RouteGroupBuilder api, RouteGroupBuilder connector)
    {
        connector.MapGet("/runs", ListAsync).Needs(Right.ReadAccess).WithTags(Tag).WithName("listRuns").WithSummary("The runs of a connector, newest first");
        connector.MapPost("/sync", ([AsParameters] OneConnectorEndpoints ask, [AsParameters] SyncQuery query, RequestSync request) => AskAsync(ask, query, request)).Idempotent()
            .Needs(Right.ManageConnectors).WithTags(Tag).WithName("requestSync").WithSummary("Asks for a run; a server begins it within seconds");
        MapReading(api.MapGroup("/runs/{run:long}").Needs(Right.ReadAccess).WithTags(Tag));
        MapDecisions(api.MapGroup("/runs/{run:long}").Needs(Right.ManageConnectors).WithTags(Tag));
    }

    private static void MapReading(RouteGroupBuilder reading)
    {
        reading.MapGet("", (long run, ConnectorQueries queries, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(queries.RunAsync(new SyncRunId(run), caller, cancellationToken), ConnectorContracts.Of))
            .WithName("getRun").WithSummary("A run");
        reading.MapGet("/scopes", ScopesAsync).WithName("listRunScopes").WithSummary("The log of a run: what it did with each scope");
        reading.MapGet("/difference", (long run, ConnectorQueries queries, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(queries.DifferenceAsync(new SyncRunId(run), caller, cancellationToken), ConnectorContracts.Of))
            .WithName("getRunDifference").WithSummary("What a held run would change");
        reading.MapGet("/difference/facts", (long run, [AsParameters] Contracts.Connectors.DifferenceQuery query, ConnectorQueries queries, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(queries.DifferenceFactsAsync(new SyncRunId(run), query.Limit ?? FactsOfAKind, caller, cancellationToken), static facts => (IReadOnlyList<DifferenceFact>)[.. facts.Select(ConnectorContracts.Of)]))
            .WithName("listRunDifference").WithSummary("The first facts of each kind that a held run would end or begin");
    }

    private static void MapDecisions(RouteGroupBuilder managing)
    {
        managing.MapPost("/confirm", (long run, DecideHeldRun decide, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(decide.ConfirmAsync(new SyncRunId(run), caller, cancellationToken), ConnectorContracts.Of)).Idempotent()
            .WithName("confirmRun").WithSummary("Applies exactly what a held run read");
        managing.MapPost("/reject", (long run, Rejection rejection, DecideHeldRun decide, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(decide.RejectAsync(new SyncRunId(run), rejection.Reason, caller, cancellationToken), ConnectorContracts.Of)).Idempotent()
            .WithName("rejectRun").WithSummary("Drops what a held run read; the ledger stays as it is");
    }

    private static async Task<Results<Ok<Page<Run>>, ProblemHttpResult>> ListAsync([AsParameters] OneConnectorEndpoints ask, [AsParameters] PageQuery query)
    {
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var limit = query.Limit ?? PageQuery.DefaultLimit;
        SyncRunId? before = cursor.Value.Position == 0 ? null : new SyncRunId(cursor.Value.Position);
        var runs = await ask.Queries.RunsAsync(ask.Id, before, limit, ask.Caller, ask.CancellationToken);
        return Answers.Ok(runs, list => new Page<Run>(
            [.. list.Select(ConnectorContracts.Of)], Total: null, list.Count < limit ? null : new Cursor(list[^1].Id.Value, At: null).For(ask.Http.Request)));
    }

    private static async Task<Results<Ok<IReadOnlyList<RunScope>>, ProblemHttpResult>> ScopesAsync(long run, ConnectorQueries queries, Caller caller, CancellationToken cancellationToken)
    {
        var found = await queries.RunAsync(new SyncRunId(run), caller, cancellationToken);
        return found.Succeeded
            ? await Answers.Ok(queries.ScopesAsync(found.Value.Id, caller, cancellationToken), static scopes => (IReadOnlyList<RunScope>)[.. scopes.Select(ConnectorContracts.Of)])
            : Problems.Of(found.Refusal!);
    }

    private static async Task<Results<Accepted<Contracts.Connectors.Connector>, ProblemHttpResult>> AskAsync(OneConnectorEndpoints ask, SyncQuery query, RequestSync request)
    {
        var asked = await request.RunAsync(ask.Id, query.Mode is "incremental" ? SyncMode.Incremental : SyncMode.Full, ask.Caller, ask.CancellationToken);
        return asked.Succeeded ? TypedResults.Accepted((string?)null, (await ask.StandingAsync()).Value) : Problems.Of(asked.Refusal!);
    }
}
