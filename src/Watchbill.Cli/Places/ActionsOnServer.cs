using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>Actions on a server.</summary>
internal sealed class ActionsOnServer(ComplianceClient client) : IActions
{
    public Task<Result<IReadOnlyList<ActionLine>>> ListAsync(ActionsAsked asked, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync<IReadOnlyList<ActionLine>>(async () =>
    {
        var query = new ActionQuery { Connector = asked.Connector?.Value, Overdue = asked.IsOverdue, Unowned = asked.IsUnowned, All = asked.All, Limit = 1000 };
        return [.. (await client.ActionsAsync(query, cancellationToken)).Items.Select(Of)];
    });

    public Task<Result<ActionStory>> FindAsync(long number, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync(async () =>
    {
        var found = await client.ActionAsync(number, cancellationToken);
        return new ActionStory(Of(found.Action), [.. found.Notes.Select(static note => new ActionEvent(note.At, note.Kind, note.Text, note.Link, note.By))]);
    });

    public Task<Result<ActionLine>> CommentAsync(long number, string text, string? link, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.CommentActionAsync(number, new ActionComment { Text = text, Link = link }, cancellationToken)));

    public Task<Result<ActionLine>> CloseAsync(long number, string reason, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.CloseActionAsync(number, new ActionDecision { Reason = reason }, cancellationToken)));

    public Task<Result<IReadOnlyList<ActionLine>>> ImportAsync(ConnectorId connector, string csv, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync<IReadOnlyList<ActionLine>>(async () =>
        [.. (await client.ImportActionsAsync(new NewActionFile { Connector = connector.Value, Csv = csv }, cancellationToken)).Select(Of)]);

    private static ActionLine Of(ComplianceAction action) => new(action.Id, action.Title, action.Severity, action.State)
    {
        Connector = action.Connector,
        Check = action.Check,
        Owner = action.Owner,
        Failing = action.Failing,
        OpenedAt = action.OpenedAt,
        DueAt = action.DueAt,
        Closing = action.Closing,
    };
}
