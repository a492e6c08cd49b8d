using Microsoft.Extensions.DependencyInjection;
using Watchbill.Compliance.Actions;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Actions of the database at hand.</summary>
internal sealed class ActionsHere(IServiceProvider services, Caller caller) : IActions
{
    public async Task<Result<IReadOnlyList<ActionLine>>> ListAsync(ActionsAsked asked, CancellationToken cancellationToken)
    {
        var search = new ActionSearch { Connector = asked.Connector, IsOverdue = asked.IsOverdue, IsUnowned = asked.IsUnowned, All = asked.All, Take = ActionSearch.MostRows };
        return (await Manage.ListAsync(search, caller, cancellationToken)).Select<IReadOnlyList<ActionLine>>(static list => [.. list.Rows.Select(Of)]);
    }

    public async Task<Result<ActionStory>> FindAsync(long number, CancellationToken cancellationToken) =>
        (await Manage.FindAsync(new ComplianceActionId(number), caller, cancellationToken)).Select(static found => new ActionStory(
            Of(found.Action), [.. found.Notes.Select(static note => new ActionEvent(note.At, Word.Of(note.Kind), note.Text, note.Link, note.By?.Value))]));

    public async Task<Result<ActionLine>> CommentAsync(long number, string text, string? link, CancellationToken cancellationToken) =>
        (await Manage.CommentAsync(new ComplianceActionId(number), text, link, caller, cancellationToken)).Select(Of);

    public async Task<Result<ActionLine>> CloseAsync(long number, string reason, CancellationToken cancellationToken) =>
        (await Manage.CloseAsync(new ComplianceActionId(number), reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<IReadOnlyList<ActionLine>>> ImportAsync(ConnectorId connector, string csv, CancellationToken cancellationToken) =>
        (await services.GetRequiredService<ImportActions>().RunAsync(connector, csv, caller, cancellationToken)).Select<IReadOnlyList<ActionLine>>(static all => [.. all.Select(Of)]);

    private ManageActions Manage => services.GetRequiredService<ManageActions>();

    private static ActionLine Of(ComplianceAction action) => new(action.Id.Value, action.Title, Word.Of(action.Severity), Word.Of(action.State))
    {
        Connector = action.Connector.Value,
        Check = action.CheckId,
        Owner = action.Owner?.Value,
        Failing = action.Failing,
        OpenedAt = action.OpenedAt,
        DueAt = action.DueAt,
        Closing = action.Closing,
    };
}
