using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Compliance;

namespace Watchbill.Compliance.Actions;

/// <summary>Actions over HTTP.</summary>
internal static class ActionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var actions = api.MapGroup("/actions").WithTags("Compliance");
        actions.MapGet("", ListAsync).Needs(Right.ReadAccess).WithName("listActions").WithSummary("Actions: what is due first comes first");
        actions.MapGet("/{action:long}", ([AsParameters] ActionRoute route, ManageActions manage) => Answers.Ok(manage.FindAsync(route.Id, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ReadAccess).WithName("getAction").WithSummary("One action with everything that was done about it");
        actions.MapPost("", OpenAsync).Needs(Right.ManageCompliance).Idempotent().WithName("openAction").WithSummary("Opens an action by hand");
        actions.MapPost("/import", (NewActionFile input, ImportActions import, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                import.RunAsync(new ConnectorId(input.Connector), input.Csv, caller, cancellationToken), static opened => (IReadOnlyList<Contract.ComplianceAction>)[.. opened.Select(ComplianceContracts.Of)]))
            .Needs(Right.ManageCompliance).Idempotent().WithName("importActions").WithSummary("Opens actions from a file: all of its lines, or none");
        MapChanges(actions.MapGroup("/{action:long}"));
    }

    private static void MapChanges(RouteGroupBuilder one)
    {
        one.MapPost("/assign", ([AsParameters] ActionRoute route, ActionOwner input, ManageActions manage) => Answers.Ok(
                manage.AssignAsync(route.Id, input.Owner is { } owner ? new AccountId(owner) : null, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("assignAction").WithSummary("Gives an action to somebody, or to nobody");
        one.MapPost("/due", ([AsParameters] ActionRoute route, ActionDue input, ManageActions manage) => Answers.Ok(
                manage.PostponeAsync(route.Id, input.DueAt, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("postponeAction").WithSummary("Says by when an action should be done, and why");
        one.MapPost("/start", ([AsParameters] ActionRoute route, ManageActions manage) => Answers.Ok(manage.StartAsync(route.Id, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.AskForExceptions).Idempotent().WithName("startAction").WithSummary("Says that somebody works on an action: its owner, or whoever manages compliance");
        one.MapPost("/comments", ([AsParameters] ActionRoute route, ActionComment input, ManageActions manage) => Answers.Ok(
                manage.CommentAsync(route.Id, input.Text, input.Link, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.AskForExceptions).Idempotent().WithName("commentAction").WithSummary("Says something about an action, with a link to evidence or without");
        one.MapPost("/close", ([AsParameters] ActionRoute route, ActionDecision input, ManageActions manage) => Answers.Ok(
                manage.CloseAsync(route.Id, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.AskForExceptions).Idempotent().WithName("closeAction").WithSummary("Closes an action that was opened by hand");
        one.MapPost("/reopen", ([AsParameters] ActionRoute route, ActionDecision input, ManageActions manage) => Answers.Ok(
                manage.ReopenAsync(route.Id, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.AskForExceptions).Idempotent().WithName("reopenAction").WithSummary("Reopens an action that was opened by hand");
    }

    private static async Task<Results<Ok<Page<Contract.ComplianceAction>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ActionQuery query, HttpContext http, ManageActions manage, Caller caller, CancellationToken cancellationToken)
    {
        var cursor = Cursor.Of(http.Request, query.Cursor);
        if (cursor.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var (state, severity) = (Word.Parse<ActionState>(query.State), Word.Parse<Severity>(query.Severity));
        if ((state is null && query.State is not null) || (severity is null && query.Severity is not null))
        {
            return Problems.Of(ComplianceRefusals.BadActionState());
        }

        var search = new ActionSearch
        {
            Connector = query.Connector is { } connector ? new ConnectorId(connector) : null,
            CheckId = query.Check,
            State = state,
            All = query.All,
            Severity = severity,
            Owner = query.Owner is { } owner ? new AccountId(owner) : null,
            IsUnowned = query.Unowned,
            IsOverdue = query.Overdue,
            Text = query.Text,
            Skip = (int)cursor.Value.Position,
            Take = query.Limit ?? PageQuery.DefaultLimit,
        };
        return Answers.Ok(await manage.ListAsync(search, caller, cancellationToken), page => new Page<Contract.ComplianceAction>(
            [.. page.Rows.Select(ComplianceContracts.Of)], (int)page.Count, cursor.Value.Behind(page.Rows.Count, (int)page.Count, http.Request, null)));
    }

    private static async Task<Results<Ok<Contract.ComplianceAction>, ProblemHttpResult>> OpenAsync(NewAction input, ManageActions manage, Caller caller, CancellationToken cancellationToken)
    {
        if (Word.Parse<Severity>(input.Severity) is not { } severity)
        {
            return Problems.Of(ComplianceRefusals.BadActionState());
        }

        var draft = new ActionDraft(new ConnectorId(input.Connector), input.Title, severity)
        {
            Description = input.Description,
            DueAt = input.DueAt,
            Owner = input.Owner is { } owner ? new AccountId(owner) : null,
        };
        return await Answers.Ok(manage.OpenAsync(draft, caller, cancellationToken), ComplianceContracts.Of);
    }
}

/// <summary>What every address of one action needs.</summary>
internal readonly record struct ActionRoute(long Action, Caller Caller, CancellationToken CancellationToken)
{
    public ComplianceActionId Id => new(Action);
}
