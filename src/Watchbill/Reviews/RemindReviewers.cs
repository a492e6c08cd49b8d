using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>
/// Reminds reviewers who have not submitted everything: at half time, three days and one day before the end; the last time the owner is told who is late. One mail for
/// each reviewer and milestone, written in the transaction that notes the milestone.
/// </summary>
public sealed class RemindReviewers
{
    private static readonly TimeSpan[] BeforeTheEnd = [TimeSpan.FromDays(3), TimeSpan.FromDays(1)];

    private readonly Database _database;
    private readonly ReviewDesk _desk;

    internal RemindReviewers(Database database, ReviewDesk desk)
    {
        _database = database;
        _desk = desk;
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>The campaigns in which somebody was reminded.</returns>
    public async Task<IReadOnlyList<CampaignId>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<CampaignRow> running;
        await using (var session = _database.OpenRead())
        {
            running = await ReviewStore.InStateAsync(session, CampaignState.Running, cancellationToken);
        }

        List<CampaignId> reminded = [];
        foreach (var campaign in running.Where(campaign => MilestoneOf(campaign) is { } milestone && (campaign.RemindedAt ?? campaign.StartedAt) < milestone))
        {
            if (await _database.InTransactionAsync(transaction => RemindAsync(transaction, campaign.Id, cancellationToken), cancellationToken))
            {
                reminded.Add(campaign.Id);
            }
        }

        return reminded;
    }

    /// <summary>The last milestone that has passed; null before the first. After downtime several count as one.</summary>
    private DateTimeOffset? MilestoneOf(CampaignRow campaign)
    {
        if (campaign is not { StartedAt: { } started, DueAt: { } due })
        {
            return null;
        }

        DateTimeOffset[] milestones = [started + ((due - started) / 2), .. BeforeTheEnd.Select(before => due - before)];
        return milestones.Where(milestone => milestone > started && milestone <= _desk.Now).Select(static milestone => (DateTimeOffset?)milestone).Max();
    }

    private async Task<bool> RemindAsync(Transaction transaction, CampaignId id, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"campaign {id}", cancellationToken);
        if (await ReviewStore.FindAsync(transaction, id, cancellationToken) is not { State: CampaignState.Running } campaign
            || MilestoneOf(campaign) is not { } milestone || (campaign.RemindedAt ?? campaign.StartedAt) >= milestone
            || !await ReviewStore.TryUpdateAsync(transaction, campaign with { RemindedAt = _desk.Now }, cancellationToken))
        {
            return false;
        }

        var late = (await ReviewStore.ProgressAsync(transaction, id, cancellationToken)).Where(static one => one.Submitted < one.All).ToList();
        foreach (var one in late)
        {
            await _desk.TellAsync(transaction, Reminder(campaign, one), cancellationToken);
        }

        if (late.Count > 0 && _desk.Now >= campaign.DueAt - BeforeTheEnd[^1])
        {
            await _desk.TellAndAnnounceAsync(transaction, campaign.ConnectorId, Escalation(campaign, late), cancellationToken);
        }

        return late.Count > 0;
    }

    private static OwnerMessage Reminder(CampaignRow campaign, ReviewerProgress one) => new(
        one.Reviewer, "review-reminder", $"Access to review until {campaign.DueAt:yyyy-MM-dd}: {campaign.Name}",
        [
            $"{one.All - one.Submitted:N0} of your {one.All:N0} grants are not submitted yet{(one.Drafted > 0 ? $"; {one.Drafted:N0} have a draft" : "")}.",
            campaign.Unanswered is Unanswered.Revoke ? "What nobody decides is taken away when the review is closed." : "What nobody decides goes to a person when the review is closed.",
        ],
        $"/reviews/{campaign.Id}/decide");

    private static OwnerMessage Escalation(CampaignRow campaign, IReadOnlyList<ReviewerProgress> late) => new(
        campaign.Owner, "review-late", $"The access review {campaign.Name} ends soon",
        [$"{late.Count:N0} {(late.Count == 1 ? "reviewer has" : "reviewers have")} {late.Sum(static one => one.All - one.Submitted):N0} grants left. Give them to somebody else, or ask."],
        $"/reviews/{campaign.Id}");
}
