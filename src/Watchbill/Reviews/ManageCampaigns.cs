using System.Text.Json.Nodes;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>Prepares campaigns, shows them, cancels.</summary>
public sealed class ManageCampaigns
{
    private const int LongestName = 100;
    private const int LongestInstructions = 2000;
    private const int MostDays = 180;
    private const int MostMonths = 24;
    private const int MostStages = 3;

    private readonly Database _database;
    private readonly ConnectorQueries _connectors;
    private readonly ReviewDesk _desk;

    internal ManageCampaigns(Database database, ConnectorQueries connectors, ReviewDesk desk)
    {
        _database = database;
        _connectors = connectors;
        _desk = desk;
    }

    /// <summary>All campaigns for whoever may read access; else those in which the caller reviews something. The newest first.</summary>
    public async Task<Result<IReadOnlyList<Campaign>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.May(Right.ReadAccess) && caller.Account is null)
        {
            return caller.Lacks(Right.ReadAccess)!;
        }

        await using var session = _database.OpenRead();
        var rows = await ReviewStore.ListAsync(session, caller.May(Right.ReadAccess) ? null : caller.Account, cancellationToken);
        return Result.Of<IReadOnlyList<Campaign>>([.. rows.Select(static row => row.ToCampaign())]);
    }

    /// <summary>One campaign, for the same people.</summary>
    public async Task<Result<Campaign>> FindAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _database.OpenRead();
        var row = await ReviewStore.FindAsync(session, id, cancellationToken);
        return row is not null && (caller.May(Right.ReadAccess) || await ReviewsAsync(session, id, caller, cancellationToken)) ? row.ToCampaign() : ReviewRefusals.NoSuchCampaign(id);
    }

    /// <summary>How far each reviewer is, for whoever may read access.</summary>
    public async Task<Result<IReadOnlyList<ReviewerProgress>>> ProgressAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await ReviewStore.ProgressAsync(session, id, cancellationToken));
    }

    /// <summary>How many items have which outcome, for whoever may read access.</summary>
    public async Task<Result<IReadOnlyDictionary<Outcome, int>>> OutcomesAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await ReviewStore.OutcomesAsync(session, id, cancellationToken));
    }

    /// <summary>A part of the items: any for whoever may read access; else only the caller's own.</summary>
    public async Task<Result<ItemPage>> ItemsAsync(ItemSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.May(Right.ReadAccess))
        {
            if (caller.Account is not { } self)
            {
                return caller.Lacks(Right.ReadAccess)!;
            }

            search = search with { Reviewer = self };
        }

        await using var session = _database.OpenRead();
        var (rows, total) = await ReviewStore.PageAsync(session, search with { Limit = Math.Clamp(search.Limit, 1, ItemSearch.MostRows), Offset = Math.Max(search.Offset, 0) }, cancellationToken);
        return new ItemPage([.. rows.Select(static row => row.ToItem())], total, search.Offset);
    }

    /// <summary>Prepares a campaign; nothing is frozen yet.</summary>
    public async Task<Result<Campaign>> CreateAsync(CampaignDraft plan, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageReviews) ?? await RefuseAsync(plan, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                var row = CampaignRow.Of(plan, _desk.Now);
                row = row with { Id = await ReviewStore.InsertAsync(transaction, row, cancellationToken) };
                await _desk.NoteAsync(transaction, new ReviewNote(row.Id, "prepared") { Details = Json(row) }, caller.Actor, cancellationToken);
                return Result.Of(row.ToCampaign());
            },
            cancellationToken);
    }

    /// <summary>Changes what a campaign that has not started is made of.</summary>
    public async Task<Result<Campaign>> EditAsync(CampaignId id, CampaignDraft plan, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(caller);
        return (caller.Lacks(Right.ManageReviews) ?? await RefuseAsync(plan, cancellationToken)) is { } refusal
            ? refusal
            : await MoveAsync(
                id,
                new ReviewNote(id, "edited"),
                row => row.State is not (CampaignState.Draft or CampaignState.Scheduled) ? ReviewRefusals.NotNow(row.State, "not started")
                    : row.ConnectorId != plan.Connector ? ReviewRefusals.BadPlan("The organization of a review cannot be changed; prepare another one.")
                    : row.With(plan) with { Note = null },
                caller.Actor,
                cancellationToken);
    }

    /// <summary>Ends a campaign before it is completed. What reviewers decided is kept and carried out by nobody; changes under way stay.</summary>
    public async Task<Result<Campaign>> CancelAsync(CampaignId id, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(caller);
        return (caller.Lacks(Right.ManageReviews) ?? SyncRefusals.BadReason(reason)) is { } refusal
            ? refusal
            : await MoveAsync(
                id,
                new ReviewNote(id, "cancelled") { Reason = reason.Trim() },
                row => row.State is CampaignState.Completed or CampaignState.Cancelled or CampaignState.Closing
                    ? ReviewRefusals.NotNow(row.State, "not closed yet")
                    : row with { State = CampaignState.Cancelled, EndedAt = _desk.Now, Note = reason.Trim() },
                caller.Actor,
                cancellationToken);
    }

    private async Task<Result<Campaign>> MoveAsync(CampaignId id, ReviewNote note, Func<CampaignRow, Result<CampaignRow>> change, Actor actor, CancellationToken cancellationToken) =>
        await _database.InTransactionAsync(
            async transaction =>
            {
                if (await ReviewStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return ReviewRefusals.NoSuchCampaign(id);
                }

                var changed = change(row);
                if (!changed.Succeeded)
                {
                    return changed.Refusal!;
                }

                if (!await ReviewStore.TryUpdateAsync(transaction, changed.Value, cancellationToken))
                {
                    return ReviewRefusals.NotNow(row.State, "as you saw it");
                }

                await _desk.NoteAsync(transaction, note with { Details = note.Details ?? Json(changed.Value) }, actor, cancellationToken);
                return Result.Of(changed.Value.ToCampaign());
            },
            cancellationToken);

    private static async Task<bool> ReviewsAsync(DatabaseSession session, CampaignId id, Caller caller, CancellationToken cancellationToken) =>
        caller.Account is { } account && await ReviewStore.TakesPartAsync(session, id, account, cancellationToken);

    private async Task<Refusal?> RefuseAsync(CampaignDraft plan, CancellationToken cancellationToken)
    {
        if (PersonInput.Name(plan.Name) is null)
        {
            return ReviewRefusals.BadPlan($"A review's name is 1 to {LongestName} characters, none of them invisible.");
        }

        if (plan.Instructions?.Length > LongestInstructions)
        {
            return ReviewRefusals.BadPlan($"Instructions have at most {LongestInstructions:N0} characters.");
        }

        if (plan.Days is < 1 or > MostDays || plan.RepeatsEveryMonths is < 1 or > MostMonths || plan.Scope.InactiveDays is < 1 or > 3650)
        {
            return ReviewRefusals.BadPlan($"Reviewers have 1 to {MostDays} days; a review repeats every 1 to {MostMonths} months; inactive days are 1 to 3,650.");
        }

        IReadOnlyList<ReviewerChoice> stages = [plan.Reviewers, .. plan.Later];
        if (plan.Scope.Kinds.Count == 0 || stages.Any(static stage => stage.Rules.Distinct().Count() < stage.Rules.Count))
        {
            return ReviewRefusals.BadPlan("Choose at least one kind of grant, and each reviewer rule once in a stage.");
        }

        if (stages.Count > MostStages || plan.Later.Any(static stage => stage.Rules.Count == 0))
        {
            return ReviewRefusals.BadPlan($"A review has 1 to {MostStages} stages; each after the first says by which rule its reviewers are found.");
        }

        if (stages.Any(static stage => stage.Rules.Contains(ReviewerRule.Named) && stage.Named.Count == 0))
        {
            return ReviewRefusals.BadPlan("Name at least one reviewer, or leave the rule out.");
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        var people = stages.SelectMany(static stage => stage.Second is { } second ? stage.Named.Append(second) : stage.Named).Select(static id => new AccountId(id)).Append(plan.Owner);
        return people.All(pool.Has) ? (await _connectors.FindAsync(plan.Connector, Caller.System, cancellationToken)).Refusal : ReviewRefusals.BadReviewer();
    }

    private static string Json(CampaignRow row) => new JsonObject
    {
        ["name"] = row.Name,
        ["connector"] = row.ConnectorId.Value,
        ["state"] = Word.Of(row.State),
        ["owner"] = row.Owner.Value,
        ["scope"] = JsonNode.Parse(row.Scope),
        ["reviewers"] = JsonNode.Parse(row.Reviewers),
        ["later"] = JsonNode.Parse(row.Later),
        ["unanswered"] = Word.Of(row.Unanswered),
        ["days"] = row.Days,
    }.ToJsonString();
}
