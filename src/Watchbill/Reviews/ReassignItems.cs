using System.Text.Json.Nodes;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>What was given to somebody else.</summary>
/// <param name="Given">The items, as they are now.</param>
/// <param name="Stayed">Why the others stayed, one refusal for each.</param>
public sealed record Reassignment(IReadOnlyList<ReviewItem> Given, IReadOnlyList<Refusal> Stayed);

/// <summary>Gives items to another reviewer: whoever manages reviews any, a reviewer their own.</summary>
public sealed class ReassignItems
{
    /// <summary>The most items in one call.</summary>
    public const int MostAtOnce = 1000;

    private readonly Database _database;
    private readonly ReviewDesk _desk;

    internal ReassignItems(Database database, ReviewDesk desk)
    {
        _database = database;
        _desk = desk;
    }

    /// <summary>Who items of a campaign can be given to, by name; for whoever manages reviews, and for its reviewers.</summary>
    public async Task<Result<IReadOnlyList<OwnerAccount>>> PossibleAsync(CampaignId campaign, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _database.OpenRead();
        if (!caller.May(Right.ManageReviews) && !(caller.Account is { } account && await ReviewStore.TakesPartAsync(session, campaign, account, cancellationToken)))
        {
            return ReviewRefusals.NoSuchCampaign(campaign);
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        return Result.Of<IReadOnlyList<OwnerAccount>>([.. pool.All.OrderBy(static one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static one => one.Id.Value)]);
    }

    /// <summary>
    /// Gives them. What was drafted about them is forgotten, and the new reviewer is told. An item that this reviewer may not take, for example because it is about access of their own, stays
    /// where it is; when none can be given, the first one's refusal is the answer.
    /// </summary>
    public async Task<Result<Reassignment>> RunAsync((CampaignId Campaign, IReadOnlyCollection<ReviewItemId> Items) which, AccountId to, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(caller);
        if ((SyncRefusals.BadReason(reason) ?? (which.Items.Count is 0 or > MostAtOnce ? ReviewRefusals.NothingToGive() : null)) is { } refusal)
        {
            return refusal;
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"campaign {which.Campaign}", cancellationToken);
                if (await ReviewStore.FindAsync(transaction, which.Campaign, cancellationToken) is not { } campaign)
                {
                    return ReviewRefusals.NoSuchItem(which.Items.First());
                }

                List<ReviewItem> given = [];
                List<Refusal> stayed = [];
                foreach (var id in which.Items.Distinct())
                {
                    var moved = await GiveAsync(transaction, (campaign, id), (to, pool), caller, cancellationToken);
                    if (moved.Succeeded)
                    {
                        given.Add(moved.Value.Item);
                        var details = new JsonObject { ["from"] = moved.Value.From.Value, ["to"] = to.Value }.ToJsonString();
                        await _desk.NoteAsync(transaction, new ReviewNote(which.Campaign, "reassigned") { Item = id, Details = details, Reason = reason.Trim() }, caller.Actor, cancellationToken);
                    }
                    else
                    {
                        stayed.Add(moved.Refusal!);
                    }
                }

                if (given.Count == 0)
                {
                    return stayed[0];
                }

                if (caller.Account != to)
                {
                    await _desk.TellAsync(transaction, Message(campaign, to, given.Count, reason.Trim()), cancellationToken);
                }

                return Result.Of(new Reassignment(given, stayed));
            },
            cancellationToken);
    }

    private static async Task<Result<(ReviewItem Item, AccountId From)>> GiveAsync(
        Transaction transaction, (CampaignRow Campaign, ReviewItemId Item) which, (AccountId Account, ReviewerPool Pool) to, Caller caller, CancellationToken cancellationToken)
    {
        var item = await ReviewStore.FindItemAsync(transaction, which.Item, cancellationToken);
        if (item is null || item.CampaignId != which.Campaign.Id || (!caller.May(Right.ManageReviews) && caller.Account != item.Reviewer))
        {
            return ReviewRefusals.NoSuchItem(which.Item);
        }

        if (Refuse(item, which.Campaign, to.Account, to.Pool) is { } refusal)
        {
            return refusal;
        }

        return await ReviewStore.TryReassignAsync(transaction, (item.Id, "reassigned"), item.Reviewer, to.Account, cancellationToken)
            ? Result.Of(((await ReviewStore.FindItemAsync(transaction, item.Id, cancellationToken))!.ToItem(), item.Reviewer))
            : ReviewRefusals.AlreadySubmitted(item.Id);
    }

    private static Refusal? Refuse(ReviewItemRow item, CampaignRow campaign, AccountId to, ReviewerPool pool) =>
        campaign.State is not CampaignState.Running ? ReviewRefusals.NotNow(campaign.State, "running")
        : !pool.Has(to) ? ReviewRefusals.BadReviewer()
        : item.Reviewer == to ? ReviewRefusals.AlreadyTheirs(item.Id)
        : pool.IsOwn(to, item.ToItem()) ? ReviewRefusals.OwnAccess(item.Id)
        : !pool.MayTake(to, item.ToItem()) ? ReviewRefusals.OtherStage(item.Id)
        : null;

    private static OwnerMessage Message(CampaignRow campaign, AccountId to, int items, string reason) => new(
        to, "review-reassigned", $"{items:N0} {(items == 1 ? "grant" : "grants")} more for you: {campaign.Name}",
        [$"{items:N0} {(items == 1 ? "grant was" : "grants were")} given to you to decide until {campaign.DueAt:yyyy-MM-dd}: {reason}"],
        $"/reviews/{campaign.Id}/decide");
}
