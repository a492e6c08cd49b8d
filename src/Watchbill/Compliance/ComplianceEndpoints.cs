using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Compliance.Settings;
using Watchbill.Contracts;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Compliance;

namespace Watchbill.Compliance;

/// <summary>Checks, frameworks and exceptions over HTTP.</summary>
internal static class ComplianceEndpoints
{
    private const string Tag = "Compliance";

    /// <summary>Maps them, and those below one connector, whose existence is known by then.</summary>
    public static void Map(RouteGroupBuilder api, RouteGroupBuilder connector)
    {
        MapGeneral(api);
        FrameworkEndpoints.Map(api.MapGroup("/frameworks").WithTags(Tag));
        MapExceptions(api.MapGroup("/exceptions").WithTags(Tag));
        MapReading(connector);
        connector.MapPost("/check-runs", ([AsParameters] CheckedEndpoints ask, RunChecks run) => Answers.Ok(run.RunAsync(ask.Id, ask.Caller, ask.CancellationToken), ComplianceContracts.Of))
            .Idempotent().Needs(Right.ManageCompliance).WithTags(Tag).WithName("runChecks").WithSummary("Runs all checks now");
        connector.MapPost("/checks/{check}/parameters/{parameter}", SetAsync)
            .Idempotent().Needs(Right.ManageCompliance).WithTags(Tag).WithName("setCheckParameter").WithSummary("Sets what a check asks of this source; a value of null is the default");
        connector.MapPost("/log-acknowledgements", ([AsParameters] CheckedEndpoints ask, NewAcknowledgement input, AcknowledgeLog acknowledge) =>
                Answers.Ok(acknowledge.RunAsync(ask.Id, [.. input.Lines], input.Reason, ask.Caller, ask.CancellationToken), static count => new Acknowledgement(count)))
            .Idempotent().Needs(Right.ManageCompliance).WithTags(Tag).WithName("acknowledgeLog").WithSummary("Says of lines of Sentry's audit log why they are in order");
    }

    private static void MapGeneral(RouteGroupBuilder api)
    {
        api.MapGet("/checks", static () => TypedResults.Ok<IReadOnlyList<Contract.CheckDefinition>>([.. CheckQueries.Definitions.Select(ComplianceContracts.Of)]))
            .Needs(Right.ReadAccess).WithTags(Tag).WithName("listCheckDefinitions").WithSummary("All checks: what each looks at, why, and what it needs");
    }

    private static void MapReading(RouteGroupBuilder connector)
    {
        var reading = connector.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag);
        reading.MapGet("/checks", LatestAsync).WithName("getLatestChecks").WithSummary("What all checks said in the latest run");
        reading.MapGet("/check-runs", ([AsParameters] CheckedEndpoints ask, [AsParameters] CheckRunQuery query, CheckQueries queries) => Answers.Ok(
            queries.RunsAsync(ask.Id, query.Limit, ask.Caller, ask.CancellationToken), static runs => (IReadOnlyList<Contract.CheckRun>)[.. runs.Select(ComplianceContracts.Of)]))
            .WithName("listCheckRuns").WithSummary("The newest runs, each with what every check said");
        reading.MapGet("/checks/{check}", ([AsParameters] CheckedEndpoints ask, string check, CheckQueries queries) =>
            Answers.Ok(queries.FindAsync(ask.Id, check, ask.Caller, ask.CancellationToken), ComplianceContracts.Of)).WithName("getCheck").WithSummary("One check: what it is, says, and is set to");
        reading.MapGet("/check-results", ResultsAsync).WithName("listCheckResults").WithSummary("What checks say of single resources, as of an instant, failures first");
        reading.MapGet("/posture", ([AsParameters] CheckedEndpoints ask, [AsParameters] PostureQuery query, CheckQueries queries) =>
            Answers.Ok(queries.PostureAsync(ask.Id, query.Days, ask.Caller, ask.CancellationToken), ComplianceContracts.Of)).WithName("getPosture").WithSummary("How the organization stands with the frameworks that are followed, and how that moved");
        reading.MapGet("/frameworks/{framework}", ([AsParameters] CheckedEndpoints ask, string framework, CheckQueries queries) => Answers.Ok(
            queries.FrameworkAsync(ask.Id, framework, ask.Caller, ask.CancellationToken), static report => ComplianceContracts.Of(report.Framework, report.Controls)))
            .WithName("getFramework").WithSummary("How one framework stands, control by control");
        reading.MapGet("/frameworks/{framework}/control", ([AsParameters] CheckedEndpoints ask, string framework, [AsParameters] ControlQuery query, CheckQueries queries) => Answers.Ok(
            queries.ControlAsync(ask.Id, framework, query.Id, ask.Caller, ask.CancellationToken), ComplianceContracts.Of))
            .WithName("getControl").WithSummary("One control: its checks, how it stood, its actions, exceptions and files");
    }

    private static void MapExceptions(RouteGroupBuilder exceptions)
    {
        exceptions.MapGet("", ([AsParameters] ExceptionQuery query, ManageExceptions manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.ListAsync(query.Connector is { } id ? new ConnectorId(id) : null, query.All, caller, cancellationToken),
                static list => (IReadOnlyList<Contract.CheckException>)[.. list.Select(ComplianceContracts.Of)]))
            .Needs(Right.ReadAccess).WithName("listExceptions").WithSummary("Exceptions: those that wait first, then the next to end");
        exceptions.MapPost("", AskAsync).Needs(Right.AskForExceptions).Idempotent().WithName("askForException").WithSummary("Asks for an exception; somebody else approves it");
        exceptions.MapPost("/{exception:long}/approve", (long exception, ExceptionDecision input, ManageExceptions manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.DecideAsync(new CheckExceptionId(exception), approve: true, input.Reason, caller, cancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("approveException").WithSummary("Approves an exception that somebody else asked for");
        exceptions.MapPost("/{exception:long}/deny", (long exception, ExceptionDecision input, ManageExceptions manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.DecideAsync(new CheckExceptionId(exception), approve: false, input.Reason, caller, cancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("denyException").WithSummary("Refuses an exception that somebody else asked for");
        exceptions.MapPost("/{exception:long}/withdraw", (long exception, ExceptionDecision input, ManageExceptions manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.WithdrawAsync(new CheckExceptionId(exception), input.Reason, caller, cancellationToken), ComplianceContracts.Of))
            .Needs(Right.AskForExceptions).Idempotent().WithName("withdrawException").WithSummary("Takes back an exception: one's own, or any for whoever manages compliance");
    }

    private static async Task<Results<Ok<Contract.CheckRun>, ProblemHttpResult>> LatestAsync([AsParameters] CheckedEndpoints ask, CheckQueries queries)
    {
        var run = await queries.LatestAsync(ask.Id, ask.Caller, ask.CancellationToken);
        return run.Succeeded && run.Value is null ? Problems.Of(ComplianceRefusals.NotRun($"{ask.Id}")) : Answers.Ok(run, static latest => ComplianceContracts.Of(latest!));
    }

    private static async Task<Results<Ok<Page<Contract.CheckResult>>, ProblemHttpResult>> ResultsAsync([AsParameters] CheckedEndpoints ask, [AsParameters] CheckResultQuery query, CheckQueries queries)
    {
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        if (cursor.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var outcome = Word.Parse<CheckOutcome>(query.Outcome);
        if (outcome is null && query.Outcome is not null)
        {
            return Problems.Of(ComplianceRefusals.BadOutcome());
        }

        var search = new ResultSearch(ask.Id)
        {
            CheckId = query.Check,
            Outcome = outcome,
            Text = query.Text,
            At = cursor.Value.At ?? query.At,
            Skip = (int)cursor.Value.Position,
            Take = query.Limit ?? PageQuery.DefaultLimit,
        };
        return Answers.Ok(await queries.ResultsAsync(search, ask.Caller, ask.CancellationToken), page => new Page<Contract.CheckResult>(
            [.. page.Rows.Select(ComplianceContracts.Of)], (int)page.Count, cursor.Value.Behind(page.Rows.Count, (int)page.Count, ask.Http.Request, search.At)));
    }

    private static async Task<Results<Ok<Contract.CheckDetails>, ProblemHttpResult>> SetAsync(
        [AsParameters] CheckedEndpoints ask, [AsParameters] ParameterRoute route, NewSetting input, SetParameter set, CheckQueries queries)
    {
        var done = await set.RunAsync(new ParameterPlace(ask.Id, route.Check, route.Parameter), input.Value, input.Reason, ask.Caller, ask.CancellationToken);
        return done.Succeeded ? await Answers.Ok(queries.FindAsync(ask.Id, route.Check, ask.Caller, ask.CancellationToken), ComplianceContracts.Of) : Problems.Of(done.Refusal!);
    }

    private static async Task<Results<Ok<Contract.CheckException>, ProblemHttpResult>> AskAsync(NewException input, ManageExceptions manage, Caller caller, CancellationToken cancellationToken)
    {
        var kind = Word.Parse<ResourceKind>(input.ResourceKind);
        if (input.ResourceKind is null != input.ResourceKey is null || (kind is null && input.ResourceKind is not null))
        {
            return Problems.Of(ComplianceRefusals.BadResource());
        }

        var asked = new ExceptionInput(new ConnectorId(input.Connector), input.Check, input.Reason, input.EndsAt) { Resource = kind is { } known ? new ResourceName(known, input.ResourceKey!) : null };
        return await Answers.Ok(manage.AskAsync(asked, caller, cancellationToken), ComplianceContracts.Of);
    }
}

/// <summary>What every address below a connector needs.</summary>
internal readonly record struct CheckedEndpoints(long Connector, Caller Caller, HttpContext Http, CancellationToken CancellationToken)
{
    public ConnectorId Id => new(Connector);
}

/// <summary>Which parameter an address names.</summary>
internal readonly record struct ParameterRoute(string Check, string Parameter);
