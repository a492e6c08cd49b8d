using System.Text.Json.Nodes;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>What a reviewer says about one item.</summary>
/// <param name="Item">Which.</param>
/// <param name="Decision">What; null takes a draft back.</param>
public sealed record DraftDecision(ReviewItemId Item, Decision? Decision)
{
    /// <summary>Why; needed for everything but keeping ordinary access.</summary>
    public string? Reason { get; init; }

    /// <summary>The role instead, where the decision changes it.</summary>
    public string? NewRole { get; init; }

    /// <summary>Until when an exception lasts.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What was submitted.</summary>
/// <param name="Submitted">How many items, now.</param>
/// <param name="Left">How many of the reviewer's items have no decision yet.</param>
/// <param name="PassedOn">How many of the submitted went on to somebody else, who decides after this reviewer.</param>
public sealed record Submission(int Submitted, int Left, int PassedOn);

/// <summary>Reviewers decide: first as drafts that they may change, then all at once and for good. Only the reviewer of an item, never about access of their own.</summary>
public sealed class DecideItems
{
    /// <summary>The most decisions in one call.</summary>
    public const int MostAtOnce = 1000;

    private const int LongestReason = 500;
    private static readonly TimeSpan LongestException = TimeSpan.FromDays(366);

    private readonly Database _database;
    private readonly ReviewDesk _desk;

    internal DecideItems(Database database, ReviewDesk desk)
    {
        _database = database;
        _desk = desk;
    }

    /// <summary>Keeps drafts: all of them, or, when one cannot be, none.</summary>
    /// <returns>The items as they are now.</returns>
    public async Task<Result<IReadOnlyList<ReviewItem>>> DraftAsync(CampaignId campaign, IReadOnlyList<DraftDecision> drafts, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } reviewer)
        {
            return ReviewRefusals.NeedsAccount();
        }

        if (drafts.Count is 0 or > MostAtOnce)
        {
            return ReviewRefusals.NothingToDecide();
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                if (await NotRunningAsync(transaction, campaign, cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                var items = (await ReviewStore.ByIdAsync(transaction, campaign, [.. drafts.Select(static draft => draft.Item)], cancellationToken)).ToDictionary(static item => item.Id);
                var no = drafts.Select(draft => Refuse(draft, items.GetValueOrDefault(draft.Item), reviewer, pool)).FirstOrDefault(static found => found is not null);
                return no is not null ? no : await KeepAsync(transaction, [.. drafts.Select(draft => With(items[draft.Item], draft))], cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Makes all drafts of the caller final. What was submitted can be changed by nobody.</summary>
    public async Task<Result<Submission>> SubmitAsync(CampaignId campaign, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } reviewer)
        {
            return ReviewRefusals.NeedsAccount();
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                if (await NotRunningAsync(transaction, campaign, cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                var mine = await ReviewStore.OpenItemsAsync(transaction, campaign, reviewer, cancellationToken);
                var drafts = mine.Where(static item => item.Decision is not null).ToList();

                // Whose an account is may have become known after the draft.
                if (drafts.FirstOrDefault(item => pool.IsOwn(reviewer, item.ToItem())) is { } own)
                {
                    return ReviewRefusals.OwnAccess(own.Id);
                }

                if (drafts.Count == 0)
                {
                    return ReviewRefusals.NothingToSubmit();
                }

                var passedOn = drafts.Where(static item => item.Decision is not Decision.Revoke && item.Stage < ReviewItemRow.StagesOf(item.Stages).Count).ToList();
                await PassOnAsync(transaction, campaign, passedOn, pool.NameOf(reviewer), cancellationToken);
                await ReviewStore.SubmitAsync(transaction, campaign, reviewer, _desk.Now, cancellationToken);
                await _desk.NoteItemsAsync(transaction, drafts.Select(static item => NoteOf(item)), caller.Actor, cancellationToken);
                await _desk.NoteAsync(transaction, new ReviewNote(campaign, "decisions-submitted") { Details = Counts(drafts) }, caller.Actor, cancellationToken);
                return Result.Of(new Submission(drafts.Count, mine.Count - drafts.Count, passedOn.Count));
            },
            cancellationToken);
    }

    /// <summary>Gives what was kept on to its next stage, and tells its reviewers.</summary>
    private async Task PassOnAsync(Transaction transaction, CampaignId campaign, IReadOnlyList<ReviewItemRow> items, string by, CancellationToken cancellationToken)
    {
        Dictionary<AccountId, int> arrived = [];
        foreach (var item in items)
        {
            var next = item.PassedOn(by);
            if (!await ReviewStore.TryPassOnAsync(transaction, item, next, cancellationToken))
            {
                throw new InvalidOperationException($"Item {item.Id} changed under the campaign's lock.");
            }

            arrived[next.Reviewer] = arrived.GetValueOrDefault(next.Reviewer) + 1;
        }

        if (arrived.Count > 0 && await ReviewStore.FindAsync(transaction, campaign, cancellationToken) is { } row)
        {
            foreach (var (next, count) in arrived)
            {
                await _desk.TellAsync(transaction, YourTurn(row, next, count), cancellationToken);
            }
        }
    }

    private static OwnerMessage YourTurn(CampaignRow campaign, AccountId to, int items) => new(
        to, "review-passed-on", $"It is your turn to review access: {campaign.Name}",
        [$"{items:N0} {(items == 1 ? "grant was" : "grants were")} kept by the reviewer before you; your decision counts. You have until {campaign.DueAt:yyyy-MM-dd}."],
        $"/reviews/{campaign.Id}/decide");

    private static async Task<Refusal?> NotRunningAsync(Transaction transaction, CampaignId id, CancellationToken cancellationToken)
    {
        // Closing waits for this lock: a decision either counts before it, or is refused after it.
        await Database.LockAsync(transaction, $"campaign {id}", cancellationToken);
        return await ReviewStore.FindAsync(transaction, id, cancellationToken) switch
        {
            null => ReviewRefusals.NoSuchCampaign(id),
            { State: CampaignState.Running } => null,
            { State: var state } => ReviewRefusals.NotNow(state, "running"),
        };
    }

    private static async Task<Result<IReadOnlyList<ReviewItem>>> KeepAsync(Transaction transaction, IReadOnlyList<ReviewItemRow> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            if (!await ReviewStore.TryDraftAsync(transaction, item, cancellationToken))
            {
                // Nothing of the transaction is kept: the guard saw what the check before it did not.
                throw new InvalidOperationException($"Item {item.Id} changed under the campaign's lock.");
            }
        }

        return Result.Of<IReadOnlyList<ReviewItem>>([.. items.Select(static item => item.ToItem())]);
    }

    private Refusal? Refuse(DraftDecision draft, ReviewItemRow? item, AccountId reviewer, ReviewerPool pool) => item switch
    {
        null => ReviewRefusals.NoSuchItem(draft.Item),
        { Reviewer: var theirs } when theirs != reviewer => ReviewRefusals.NotYours(draft.Item),
        { SubmittedAt: not null } => ReviewRefusals.AlreadySubmitted(draft.Item),
        _ when pool.IsOwn(reviewer, item.ToItem()) => ReviewRefusals.OwnAccess(draft.Item),
        _ => Refuse(draft, item),
    };

    private Refusal? Refuse(DraftDecision draft, ReviewItemRow item)
    {
        var needsReason = draft.Decision is Decision.Revoke or Decision.ChangeRole or Decision.Except || (draft.Decision is Decision.Certify && item.IsPrivileged);
        var reason = draft.Reason?.Trim() ?? "";
        if (reason.Length > LongestReason || reason.Any(char.IsControl) || (needsReason && reason.Length == 0))
        {
            return ReviewRefusals.NeedsReason(draft.Item);
        }

        return draft.Decision switch
        {
            Decision.ChangeRole when item.Kind is GrantKind.NonHuman => ReviewRefusals.BadDecision(draft.Item, "an integration, token or key has no role to change."),
            Decision.ChangeRole when string.IsNullOrWhiteSpace(draft.NewRole) || draft.NewRole == item.Role || draft.NewRole.Length > 100 =>
                ReviewRefusals.BadDecision(draft.Item, $"name a role other than {item.Role}."),
            Decision.Except when draft.Until is not { } until || until <= _desk.Now || until > _desk.Now + LongestException =>
                ReviewRefusals.BadDecision(draft.Item, "an exception needs an end within a year."),
            _ => null,
        };
    }

    private ReviewItemRow With(ReviewItemRow item, DraftDecision draft) => item with
    {
        Decision = draft.Decision,
        Reason = draft.Decision is null || string.IsNullOrWhiteSpace(draft.Reason) ? null : draft.Reason.Trim(),
        NewRole = draft.Decision is Decision.ChangeRole ? draft.NewRole : null,
        Until = draft.Decision is Decision.Except ? draft.Until : null,
        DecidedAt = draft.Decision is null ? null : _desk.Now,
    };

    private static ReviewNote NoteOf(ReviewItemRow item) => new(item.CampaignId, "decided")
    {
        Item = item.Id,
        Details = new JsonObject { ["decision"] = Word.Of(item.Decision!.Value), ["newRole"] = item.NewRole, ["until"] = PopulationFile.Instant(item.Until) }.ToJsonString(),
        Reason = item.Reason,
    };

    private static string Counts(IReadOnlyList<ReviewItemRow> items) =>
        new JsonObject(items.CountBy(static item => item.Decision!.Value).Select(static pair => KeyValuePair.Create<string, JsonNode?>(Word.Of(pair.Key), pair.Value))).ToJsonString();
}
