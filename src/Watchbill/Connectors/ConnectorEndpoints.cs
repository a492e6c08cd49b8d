using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Api;
using Watchbill.Connectors.Preflight;
using Watchbill.Connectors.Sentry;
using Watchbill.Contracts.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors;

/// <summary>Connectors over HTTP.</summary>
internal static class ConnectorEndpoints
{
    private const string Tag = "Connectors";

    /// <summary>Maps them, and gives the group below one connector, whose existence is known by then, for what other features tell about it.</summary>
    public static RouteGroupBuilder Map(RouteGroupBuilder api)
    {
        MapAll(api.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag), api.MapGroup("").Needs(Right.ManageConnectors).WithTags(Tag));
        var one = api.MapGroup("/connectors/{connector:long}").AddEndpointFilter(EnsureExistsAsync);
        MapOne(one.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag));
        MapChanges(one.MapGroup("").Needs(Right.ManageConnectors).WithTags(Tag));
        return one;
    }

    private static void MapAll(RouteGroupBuilder reading, RouteGroupBuilder managing)
    {
        reading.MapGet("/connectors", (ConnectorStandings standings, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(standings.ListAsync(caller, cancellationToken), static all => (IReadOnlyList<Contract.Connector>)[.. all.Select(ConnectorContracts.Of)]))
            .WithName("listConnectors").WithSummary("All connectors, by name");
        reading.MapGet("/applications", (ConnectorStandings standings, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(standings.ApplicationsAsync(caller, cancellationToken), static names => names))
            .WithName("listApplications").WithSummary("Names of applications that connectors stand for");
        reading.MapGet("/owners", (ConnectorStandings standings, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(standings.PossibleOwnersAsync(caller, cancellationToken), static owners => (IReadOnlyList<PossibleOwner>)[.. owners.Select(ConnectorContracts.Of)]))
            .WithName("listOwners").WithSummary("Who can look after connectors");
        managing.MapPost("/preflight", (PreflightInput input, PreflightCheck check, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(check.RunAsync(new PreflightRequest(input.Address, input.Organization, input.Token, input.AllowPrivateNetworks), caller, cancellationToken), ConnectorContracts.Of))
            .WithName("tryConnection").WithSummary("Tries a connection out and saves nothing");
        managing.MapPost("/connectors", CreateAsync).Idempotent()
            .WithName("createConnector").WithSummary("Tries a connection out and saves it; without a token it is saved as not connected and its owners are told to complete it");
    }

    private static void MapOne(RouteGroupBuilder reading)
    {
        reading.MapGet("", ([AsParameters] OneConnectorEndpoints ask) => ask.ShowAsync())
            .WithName("getConnector").WithSummary("A connector and how it stands; its ETag is what a change must send as If-Match");
        reading.MapGet("/plan", ([AsParameters] OneConnectorEndpoints ask, PredictSync predict) => Answers.Ok(predict.RunAsync(ask.Id, ask.Caller, ask.CancellationToken), ConnectorContracts.Of))
            .WithName("getPlan").WithSummary("The requests that a sync would send");
        reading.MapGet("/scopes", ([AsParameters] OneConnectorEndpoints ask) =>
                Answers.Ok(ask.Queries.ScopeStatesAsync(ask.Id, ask.Caller, ask.CancellationToken), static states => (IReadOnlyList<ConnectorScope>)[.. states.Select(ConnectorContracts.Of)]))
            .WithName("listScopes").WithSummary("Every part of the organization, as far as it was read");
        reading.MapGet("/events", ConnectorEventEndpoints.WatchAsync)
            .WithName("watchConnector").WithSummary("Tells how the connector stands whenever that changes, as server-sent events with the connector as data; ends after five minutes")
            .Produces<Contract.Connector>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static void MapChanges(RouteGroupBuilder managing)
    {
        managing.MapPut("", EditAsync).Versioned().WithName("editConnector").WithSummary("Replaces what is decided about a connector");
        managing.MapDelete("", RemoveAsync).WithName("removeConnector").WithSummary("Removes a connector, its token and its runs; what it read and the audit log are kept");
        managing.MapPost("/token", RotateAsync).Idempotent().WithName("rotateToken").WithSummary("Tries another token out and puts it in place of the old one");
        managing.MapPost("/pause", ([AsParameters] OneConnectorEndpoints ask, ManageConnector manage) => ask.ChangeAsync(connector => manage.PauseAsync(connector, ask.Caller, ask.CancellationToken)))
            .Idempotent().WithName("pauseConnector").WithSummary("Lets no sync start until it is resumed");
        managing.MapPost("/resume", ([AsParameters] OneConnectorEndpoints ask, ManageConnector manage) => ask.ChangeAsync(connector => manage.ResumeAsync(connector, ask.Caller, ask.CancellationToken)))
            .Idempotent().WithName("resumeConnector").WithSummary("Lets syncs start again");
    }

    private static async Task<Results<Created<SavedConnector>, ProblemHttpResult>> CreateAsync(
        NewConnector input, ConnectSentry connect, ConnectorStandings standings, Caller caller, HttpContext http, CancellationToken cancellationToken)
    {
        var saved = input.Token is null
            ? await SaveAsync(connect.SaveWithoutTokenAsync(ConnectorContracts.Input(input), caller, cancellationToken))
            : await ConnectAsync(connect.RunAsync(ConnectorContracts.Input(input, input.Token), input.SaveAnyway, caller, cancellationToken));
        if (!saved.Succeeded)
        {
            return Problems.Of(saved.Refusal!);
        }

        var queries = http.RequestServices.GetRequiredService<ConnectorQueries>();
        var standing = await new OneConnectorEndpoints(saved.Value.Id.Value, queries, standings, caller, http, cancellationToken).StandingAsync();
        return TypedResults.Created($"/api/v1/connectors/{saved.Value.Id}", new SavedConnector(standing.Value, saved.Value.Report is { } report ? ConnectorContracts.Of(report) : null));
    }

    private static async Task<Result<Saved>> SaveAsync(Task<Result<Connector>> saving) =>
        await saving is var saved && saved.Succeeded ? new Saved(saved.Value.Id, Report: null) : saved.Refusal!;

    private static async Task<Result<Saved>> ConnectAsync(Task<Result<Connected>> connecting) =>
        await connecting is var connected && connected.Succeeded ? new Saved(connected.Value.Connector.Id, connected.Value.Preflight) : connected.Refusal!;

    private static async Task<Results<Ok<Contract.Connector>, ProblemHttpResult>> EditAsync([AsParameters] OneConnectorEndpoints ask, ConnectorSettings settings, EditConnector edit) =>
        EntityTags.Wanted(ask.Http.Request) is not { } version
            ? EntityTags.Missing()
            : await ask.ChangeAsync(connector => edit.RunAsync(new ConnectorEdit(connector.Id, version, ConnectorContracts.Input(settings)), ask.Caller, ask.CancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync([AsParameters] OneConnectorEndpoints ask, [AsParameters] RemovalQuery query, ManageConnector manage)
    {
        var found = await ask.Queries.FindAsync(ask.Id, ask.Caller, ask.CancellationToken);
        if (!found.Succeeded)
        {
            return Problems.Of(found.Refusal!);
        }

        return found.Value.Name == query.Confirm
            ? await Answers.Nothing(manage.RemoveAsync(found.Value, ask.Caller, ask.CancellationToken))
            : Problems.Of(new Refusal(RefusalKind.Invalid, "removal-not-confirmed", "'confirm' must be the connector's name, exactly: what is removed cannot be brought back."));
    }

    private static async Task<Results<Ok<SavedConnector>, ProblemHttpResult>> RotateAsync(
        [AsParameters] OneConnectorEndpoints ask, NewToken input, ConnectionDrafts drafts, RotateToken rotate)
    {
        var draft = await drafts.TryTokenAsync(ask.Id, input.Token, ask.Caller, ask.CancellationToken);
        if (!draft.Succeeded)
        {
            return Problems.Of(draft.Refusal!);
        }

        var rotated = await rotate.RunAsync(draft.Value.Id, input.SaveAnyway, ask.Caller, ask.CancellationToken);
        return rotated.Succeeded
            ? TypedResults.Ok(new SavedConnector((await ask.StandingAsync()).Value, ConnectorContracts.Of(draft.Value.Report)))
            : Problems.Of(rotated.Refusal!);
    }

    /// <summary>What is asked about a connector that does not exist must not look like an answer about an empty organization.</summary>
    private static async ValueTask<object?> EnsureExistsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var id = new ConnectorId(long.Parse((string)http.Request.RouteValues["connector"]!, System.Globalization.CultureInfo.InvariantCulture));
        var found = await http.RequestServices.GetRequiredService<ConnectorQueries>().FindAsync(id, http.RequestServices.GetRequiredService<Caller>(), http.RequestAborted);
        return found.Succeeded ? await next(context) : Problems.Of(found.Refusal!);
    }

    private sealed record Saved(ConnectorId Id, PreflightReport? Report);
}
