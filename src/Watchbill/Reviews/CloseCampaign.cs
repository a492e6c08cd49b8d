using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>
/// Closes a campaign: nobody decides any more, and what is to change in Sentry becomes provisioning tasks in the same transaction. Killed before, nothing is closed;
/// killed after, every task is there, once.
/// </summary>
public sealed class CloseCampaign
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ReviewDesk _desk;

    internal CloseCampaign(Database database, ConnectorStore connectors, ReviewDesk desk)
    {
        _database = database;
        _connectors = connectors;
        _desk = desk;
    }

    /// <summary>The campaigns whose time is up.</summary>
    public async Task<IReadOnlyList<CampaignId>> DueAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return [.. (await ReviewStore.InStateAsync(session, CampaignState.Running, cancellationToken)).Where(row => row.DueAt <= _desk.Now).Select(static row => row.Id)];
    }

    /// <summary>Closes one that runs.</summary>
    public async Task<Result<Campaign>> RunAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageReviews) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"campaign {id}", cancellationToken);
                var row = await ReviewStore.FindAsync(transaction, id, cancellationToken);
                if (row is not { State: CampaignState.Running })
                {
                    return row is null ? ReviewRefusals.NoSuchCampaign(id) : ReviewRefusals.NotNow(row.State, "running");
                }

                var closing = row with { State = CampaignState.Closing, ClosedAt = _desk.Now };
                await ReviewStore.TryUpdateAsync(transaction, closing, cancellationToken);
                await _desk.NoteAsync(transaction, new ReviewNote(id, "closed"), caller.Actor, cancellationToken);
                await SettleAsync(transaction, closing, caller.Actor, cancellationToken);
                return Result.Of(closing.ToCampaign());
            },
            cancellationToken);
    }

    private async Task SettleAsync(Transaction transaction, CampaignRow campaign, Actor actor, CancellationToken cancellationToken)
    {
        await AnswerAsync(transaction, campaign, cancellationToken);
        await ReviewStore.SetOutcomesAsync(transaction, campaign.Id, (Decision.Certify, Outcome.Kept), _desk.Now, cancellationToken);
        await ReviewStore.SetOutcomesAsync(transaction, campaign.Id, (Decision.Except, Outcome.Excepted), _desk.Now, cancellationToken);
        var connector = await _connectors.FindAsync(transaction, campaign.ConnectorId, cancellationToken);
        await Database.LockAsync(transaction, $"provisioning {campaign.ConnectorId}", cancellationToken);
        var changing = await ReviewStore.ToChangeAsync(transaction, campaign.Id, cancellationToken);
        var closed = connector is null ? "The source was removed." : RequestChange.ClosedTo(connector)?.Message;
        var leaving = new Dictionary<string, ProvisioningTaskId>(StringComparer.Ordinal);

        // Who leaves the organization leaves its teams with it: that comes first, and is the change for all of them.
        foreach (var item in changing.OrderBy(static item => item.Kind).ThenBy(static item => item.Id.Value))
        {
            var settled = await ChangeAsync(transaction, item, (campaign.ConnectorId, closed, leaving), actor, cancellationToken);
            await ReviewStore.SetOutcomeAsync(transaction, settled, cancellationToken);
        }
    }

    /// <summary>What nobody submitted counts as the campaign says; a draft is no decision.</summary>
    private async Task AnswerAsync(Transaction transaction, CampaignRow campaign, CancellationToken cancellationToken)
    {
        var open = await ReviewStore.OpenItemsAsync(transaction, campaign.Id, reviewer: null, cancellationToken);
        const string nobody = "Nobody decided before the review was closed.";
        await ReviewStore.AnswerAsync(transaction, campaign.Id, (campaign.Unanswered, nobody), _desk.Now, cancellationToken);
        var action = campaign.Unanswered is Unanswered.Revoke ? "revoked-unanswered" : "escalated-unanswered";
        await _desk.NoteItemsAsync(transaction, open.Select(item => new ReviewNote(campaign.Id, action) { Item = item.Id }), Actor.System, cancellationToken);
    }

    private async Task<ReviewItemRow> ChangeAsync(
        Transaction transaction, ReviewItemRow item, (ConnectorId Connector, string? Closed, Dictionary<string, ProvisioningTaskId> Leaving) place, Actor actor, CancellationToken cancellationToken)
    {
        if (item.Kind is GrantKind.TeamMembership && place.Leaving.TryGetValue(item.Principal, out var leaving))
        {
            return item with { Outcome = Outcome.Changing, TaskId = leaving, OutcomeAt = _desk.Now };
        }

        if (item.ToItem().ToChange(item.Decision!.Value) is not { } change)
        {
            return Escalated(item, "No change in Sentry's API can do this; a person must.");
        }

        if (place.Closed is not null)
        {
            return Escalated(item, place.Closed);
        }

        var open = await ProvisioningStore.FindOpenAsync(transaction, place.Connector, change, cancellationToken);
        var task = open?.Id ?? await ProvisioningStore.InsertAsync(transaction, TaskOf(item, change, place.Connector, actor), cancellationToken);
        if (change.Kind is ChangeKind.RemoveMember or ChangeKind.WithdrawInvitation)
        {
            place.Leaving[item.Principal] = task;
        }

        return item with { Outcome = Outcome.Changing, TaskId = task, OutcomeAt = _desk.Now };
    }

    private ReviewItemRow Escalated(ReviewItemRow item, string why) => item with { Outcome = Outcome.Escalated, OutcomeNote = why, OutcomeAt = _desk.Now };

    /// <summary>What the item froze is what the change expects to find: a role that somebody changed meanwhile is not changed over.</summary>
    private ProvisioningRow TaskOf(ReviewItemRow item, IntendedChange change, ConnectorId connector, Actor actor) =>
        ProvisioningRow.Of(connector, change, $"Access review {item.CampaignId}, item {item.Id}: {item.Reason}", actor, _desk.Now) with
        {
            StateBefore = new TargetState
            {
                Member = item.Principal,
                OrgRole = item.Kind is GrantKind.OrgRole ? item.Role : null,
                OnTeam = item.Kind is GrantKind.TeamMembership ? true : null,
                TeamRole = item.Kind is GrantKind.TeamMembership ? item.Role : null,
            }.ToJson(),
        };
}
