using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Changes in Sentry over HTTP: asking for them, what became of them, and whether any may be made.</summary>
internal static class ProvisioningEndpoints
{
    private const string Tag = "Provisioning";

    /// <summary>Maps them below one connector, whose existence is known by then.</summary>
    public static void Map(RouteGroupBuilder connector)
    {
        var reading = connector.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag);
        reading.MapGet("/provisioning", ListAsync).WithName("listProvisioning").WithSummary("Intended changes in Sentry, newest first");
        reading.MapGet("/provisioning/{task:long}", ([AsParameters] OneProvisioningEndpoints ask) => ask.FindAsync())
            .WithName("getProvisioning").WithSummary("An intended change, what was tried and the proof");
        reading.MapGet("/writing", ([AsParameters] OneConnectorEndpoints ask, ManageWriting writing) => ShowAsync(ask, writing.AbilitiesAsync(ask.Id, ask.Caller, ask.CancellationToken)))
            .WithName("getWriting").WithSummary("Whether changes may be made, and what the token can change; asks Sentry");
        var changing = connector.MapGroup("/provisioning").Needs(Right.ChangeAccess).WithTags(Tag);
        changing.MapPost("/plan", PlanAsync).WithName("planChange").WithSummary("Says what would be sent to Sentry, and sends nothing but questions");
        changing.MapPost("", RequestAsync).Idempotent().WithName("requestChange").WithSummary("Asks for a change in Sentry; a server makes and proves it within seconds");
        changing.MapPost("/{task:long}/retry", ([AsParameters] OneProvisioningEndpoints ask) => ask.ChangeAsync(id => ask.Changes.RetryAsync(id, ask.Caller, ask.CancellationToken)))
            .Idempotent().WithName("retryChange").WithSummary("Has a change tried again that waits for a person");
        changing.MapPost("/{task:long}/withdraw", ([AsParameters] OneProvisioningEndpoints ask) => ask.ChangeAsync(id => ask.Changes.WithdrawAsync(id, ask.Caller, ask.CancellationToken)))
            .Idempotent().WithName("withdrawChange").WithSummary("Takes a change back that is not made yet");
        var managing = connector.MapGroup("/writing").Needs(Right.ManageConnectors).WithTags(Tag);
        managing.MapPut("", ([AsParameters] OneConnectorEndpoints ask, NewWriting input, ManageWriting writing) =>
                ShowAsync(ask, writing.SwitchOnAsync(ask.Id, input.Token, ask.Caller, ask.CancellationToken)))
            .WithName("switchWritingOn").WithSummary("Tries a token for changes out and lets changes be made with it");
        managing.MapDelete("", ([AsParameters] OneConnectorEndpoints ask, ManageWriting writing) => Answers.Nothing(writing.SwitchOffAsync(ask.Id, ask.Caller, ask.CancellationToken)))
            .WithName("switchWritingOff").WithSummary("Lets no change be made any more, and forgets the token for changes");
    }

    private static async Task<Results<Ok<Page<Contract.ProvisioningTask>>, ProblemHttpResult>> ListAsync(
        [AsParameters] OneConnectorEndpoints ask, [AsParameters] ProvisioningQuery query, ManageChanges changes)
    {
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        ProvisioningState? state = query.State is null ? null : Word.Parse<ProvisioningState>(query.State);
        if ((cursor.Refusal ?? (query.State is not null && state is null ? ProvisioningRefusals.NoSuchState(query.State) : null)) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var limit = query.Limit ?? PageQuery.DefaultLimit;
        ProvisioningTaskId? before = cursor.Value.Position == 0 ? null : new ProvisioningTaskId(cursor.Value.Position);
        var found = await changes.ListAsync(new ChangeSearch(ask.Id, state, before, limit), ask.Caller, ask.CancellationToken);
        return Answers.Ok(found, list => new Page<Contract.ProvisioningTask>(
            [.. list.Select(ProvisioningContracts.Of)], Total: null, list.Count < limit ? null : new Cursor(list[^1].Id.Value, At: null).For(ask.Http.Request)));
    }

    private static async Task<Results<Ok<Contract.ChangePlan>, ProblemHttpResult>> PlanAsync([AsParameters] OneConnectorEndpoints ask, Contract.IntendedChange input, RequestChange request)
    {
        var change = ProvisioningContracts.Of(input);
        return change.Succeeded
            ? await Answers.Ok(request.PlanAsync(ask.Id, change.Value, ask.Caller, ask.CancellationToken), ProvisioningContracts.Of)
            : Problems.Of(change.Refusal!);
    }

    private static async Task<Results<Accepted<Contract.ProvisioningTask>, ProblemHttpResult>> RequestAsync([AsParameters] OneConnectorEndpoints ask, NewChange input, RequestChange request)
    {
        var change = ProvisioningContracts.Of(input);
        var asked = change.Succeeded ? await request.RunAsync(ask.Id, change.Value, input.Reason, ask.Caller, ask.CancellationToken) : change.Refusal!;
        return asked.Succeeded
            ? TypedResults.Accepted($"/api/v1/connectors/{ask.Id}/provisioning/{asked.Value.Id}", ProvisioningContracts.Of(asked.Value))
            : Problems.Of(asked.Refusal!);
    }

    private static async Task<Results<Ok<Writing>, ProblemHttpResult>> ShowAsync(OneConnectorEndpoints ask, Task<Result<IReadOnlyList<WritingAbility>>> asking)
    {
        var abilities = await asking;
        var connector = abilities.Succeeded ? await ask.Queries.FindAsync(ask.Id, ask.Caller, ask.CancellationToken) : abilities.Refusal!;
        return connector.Succeeded ? TypedResults.Ok(ProvisioningContracts.Of(connector.Value, abilities.Value)) : Problems.Of(connector.Refusal!);
    }
}

/// <summary>A question about one intended change over HTTP.</summary>
internal readonly record struct OneProvisioningEndpoints(long Connector, long Task, ManageChanges Changes, Caller Caller, CancellationToken CancellationToken)
{
    public Task<Results<Ok<Contract.ProvisioningTask>, ProblemHttpResult>> FindAsync() => Answers.Ok(OwnAsync(), ProvisioningContracts.Of);

    /// <summary>Changes it, if it is this connector's.</summary>
    public async Task<Results<Ok<Contract.ProvisioningTask>, ProblemHttpResult>> ChangeAsync(Func<ProvisioningTaskId, Task<Result<ProvisioningTask>>> change)
    {
        var own = await OwnAsync();
        return Answers.Ok(own.Succeeded ? await change(own.Value.Id) : own, ProvisioningContracts.Of);
    }

    private async Task<Result<ProvisioningTask>> OwnAsync()
    {
        var found = await Changes.FindAsync(new ProvisioningTaskId(Task), Caller, CancellationToken);
        return found.Succeeded && found.Value.ConnectorId.Value != Connector ? ProvisioningRefusals.NoSuchTask(found.Value.Id) : found;
    }
}
