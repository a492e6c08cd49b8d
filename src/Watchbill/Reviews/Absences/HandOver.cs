using System.Text.Json.Nodes;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Reviews.Absences;

/// <summary>
/// Gives what is open with somebody who is away to their stand-in. What the stand-in may not review, because it is about them or they review another stage of it, stays
/// where it is: the owner sees who is late, and gives it to somebody else.
/// </summary>
public sealed class HandOver
{
    private readonly Database _database;
    private readonly ReviewDesk _desk;

    internal HandOver(Database database, ReviewDesk desk)
    {
        _database = database;
        _desk = desk;
    }

    /// <summary>Hands over what is due.</summary>
    /// <returns>The campaigns in which something was handed over.</returns>
    public async Task<IReadOnlyList<CampaignId>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<Absence> away;
        List<CampaignRow> running;
        await using (var session = _database.OpenRead())
        {
            away = [.. (await AbsenceStore.ListAsync(session, _desk.Now, cancellationToken)).Where(absence => absence.Covers(_desk.Now))];
            running = away.Count == 0 ? [] : await ReviewStore.InStateAsync(session, CampaignState.Running, cancellationToken);
        }

        if (running.Count == 0)
        {
            return [];
        }

        List<CampaignId> done = [];
        var pool = await _desk.PoolAsync(cancellationToken);
        foreach (var campaign in running)
        {
            if (await _database.InTransactionAsync(transaction => HandOverAsync(transaction, campaign, pool, away, cancellationToken), cancellationToken))
            {
                done.Add(campaign.Id);
            }
        }

        return done;
    }

    private async Task<bool> HandOverAsync(Transaction transaction, CampaignRow campaign, ReviewerPool pool, IReadOnlyList<Absence> away, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"campaign {campaign.Id}", cancellationToken);
        if (await ReviewStore.FindAsync(transaction, campaign.Id, cancellationToken) is not { State: CampaignState.Running })
        {
            return false;
        }

        var any = false;
        foreach (var absence in away)
        {
            if (pool.StandInFor(absence.Account) is not { } standIn)
            {
                continue;
            }

            var items = (await ReviewStore.OpenItemsAsync(transaction, campaign.Id, absence.Account, cancellationToken)).Where(row => pool.MayTake(standIn, row.ToItem())).ToList();
            foreach (var item in items)
            {
                await ReviewStore.TryReassignAsync(transaction, (item.Id, "stand-in"), item.Reviewer, standIn, cancellationToken);
            }

            if (items.Count > 0)
            {
                var details = new JsonObject { ["from"] = absence.Account.Value, ["to"] = standIn.Value }.ToJsonString();
                var notes = items.Select(item => new ReviewNote(campaign.Id, "handed-over") { Item = item.Id, Details = details, Reason = $"{pool.NameOf(absence.Account)} is away until {absence.Until:yyyy-MM-dd}." });
                await _desk.NoteItemsAsync(transaction, notes, Actor.System, cancellationToken);
                await _desk.TellAsync(transaction, Message(campaign, standIn, pool.NameOf(absence.Account), items.Count), cancellationToken);
                any = true;
            }
        }

        return any;
    }

    private static OwnerMessage Message(CampaignRow campaign, AccountId to, string away, int items) => new(
        to, "review-stand-in", $"You stand in for {away}: {campaign.Name}",
        [$"{away} is away and named you. {items:N0} {(items == 1 ? "grant is" : "grants are")} yours to decide until {campaign.DueAt:yyyy-MM-dd}; they stay yours when {away} is back."],
        $"/reviews/{campaign.Id}/decide");
}
