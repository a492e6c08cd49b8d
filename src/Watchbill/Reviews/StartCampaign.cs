using System.Text.Json.Nodes;
using Watchbill.Access;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Matching;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>What starting a campaign now would freeze.</summary>
/// <param name="Items">The items, with their reviewers.</param>
/// <param name="ReadAt">No part of it was read before this.</param>
public sealed record CampaignPreview(IReadOnlyList<ReviewItem> Items, DateTimeOffset ReadAt);

/// <summary>
/// Starts a campaign: demands that the source was read completely and lately, freezes every grant in the scope with its facts and its reviewer, and keeps the
/// population as a file with its hash. All in one transaction.
/// </summary>
public sealed class StartCampaign
{
    /// <summary>The most items of one campaign.</summary>
    public const int MostItems = 200_000;

    /// <summary>A source that was read longer ago is not fresh enough to be reviewed.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(24);

    private readonly Database _database;
    private readonly AccountMatching _accounts;
    private readonly ReviewDesk _desk;

    internal StartCampaign(Database database, AccountMatching accounts, ReviewDesk desk)
    {
        _database = database;
        _accounts = accounts;
        _desk = desk;
    }

    /// <summary>Says what starting would freeze, and freezes nothing.</summary>
    public async Task<Result<CampaignPreview>> PreviewAsync(CampaignDraft plan, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ManageReviews) is { } refusal ? refusal : await FreezeAsync(plan, cancellationToken);
    }

    /// <summary>Starts a campaign that was prepared.</summary>
    public async Task<Result<Campaign>> RunAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageReviews) is { } refusal)
        {
            return refusal;
        }

        CampaignRow? row;
        await using (var session = _database.OpenRead())
        {
            row = await ReviewStore.FindAsync(session, id, cancellationToken);
        }

        if (row is null || row.State is not (CampaignState.Draft or CampaignState.Scheduled))
        {
            return row is null ? ReviewRefusals.NoSuchCampaign(id) : ReviewRefusals.NotNow(row.State, "not started");
        }

        var frozen = await FreezeAsync(row.ToCampaign().Plan, cancellationToken);
        return frozen.Succeeded
            ? await _database.InTransactionAsync(transaction => WriteAsync(transaction, row, frozen.Value, caller.Actor, cancellationToken), cancellationToken)
            : frozen.Refusal!;
    }

    /// <summary>Starts those whose time has come. One that cannot be started says why, its owner is told once, and it is tried again.</summary>
    /// <returns>What became of each.</returns>
    public async Task<IReadOnlyList<(CampaignId Campaign, Refusal? Refusal)>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<CampaignRow> due;
        await using (var session = _database.OpenRead())
        {
            due = [.. (await ReviewStore.InStateAsync(session, CampaignState.Scheduled, cancellationToken)).Where(row => row.StartsAt <= _desk.Now)];
        }

        List<(CampaignId, Refusal?)> done = [];
        foreach (var row in due)
        {
            var started = await RunAsync(row.Id, Caller.System, cancellationToken);
            if (started.Refusal is { } refusal && refusal.Message != row.Note)
            {
                await TellAsync(row, refusal.Message, cancellationToken);
                done.Add((row.Id, refusal));
            }
            else if (started.Succeeded)
            {
                done.Add((row.Id, null));
            }
        }

        return done;
    }

    private Task TellAsync(CampaignRow row, string why, CancellationToken cancellationToken) => _database.InTransactionAsync(
        async transaction =>
        {
            if (await ReviewStore.TryUpdateAsync(transaction, row with { Note = why }, cancellationToken))
            {
                await _desk.TellAndAnnounceAsync(transaction, row.ConnectorId, new OwnerMessage(row.Owner, "review-not-started", $"The access review {row.Name} could not start", [why, "It is tried again until it can."], $"/reviews/{row.Id}"), cancellationToken);
            }
        },
        cancellationToken);

    private async Task<Result<CampaignPreview>> FreezeAsync(CampaignDraft plan, CancellationToken cancellationToken)
    {
        var accounts = await _accounts.LatestAsync(plan.Connector, cancellationToken);
        var picture = accounts.Picture;
        if (NotFresh(accounts) is { } stale)
        {
            return ReviewRefusals.NotFresh(stale);
        }

        var items = Population.Of(await BasisAsync(accounts, plan.Connector, cancellationToken), plan.Scope);
        if (items.Count is 0 or > MostItems)
        {
            return items.Count == 0 ? ReviewRefusals.NothingInScope() : ReviewRefusals.TooMany(items.Count);
        }

        var pool = await _desk.PoolAsync(cancellationToken);
        var assigned = Assign(items, plan, pool, picture.Graph);
        return assigned.Select(found => new CampaignPreview(found, picture.Freshness.OldestRead!.Value));
    }

    /// <summary>A source that was not read to its end, whose last read failed, or that was read long ago: its population would be no fact.</summary>
    private string? NotFresh(MatchedAccounts accounts) => accounts.Picture.Freshness switch
    {
        _ when accounts.Picture.IsUnread => "the source was never read.",
        { IsComplete: false } freshness => $"{string.Join(", ", freshness.Stale.Concat(freshness.BlindSpots).Select(static scope => scope.Scope).Take(5))} could not be read completely.",
        { KnownUntil: { } until } when until < _desk.Now - FreshFor => $"what is known is of {until:yyyy-MM-dd HH:mm} UTC, older than {FreshFor.TotalHours:0} hours.",
        _ => null,
    };

    private async Task<PopulationBasis> BasisAsync(MatchedAccounts accounts, ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var members = await ReviewStore.BeginningsAsync<MemberFact>(session, connector, FactKind.Member, cancellationToken);
        var places = await ReviewStore.BeginningsAsync<TeamMembershipFact>(session, connector, FactKind.TeamMembership, cancellationToken);
        var others = await ReviewStore.BeginningsAsync<NonHumanFact>(session, connector, FactKind.NonHuman, cancellationToken);
        var before = await ReviewStore.LastCompletedAsync(session, connector, cancellationToken) is { } last
            ? (await ReviewStore.ItemsAsync(session, last.Id, cancellationToken)).Select(static row => row.ToItem()).ToList()
            : null;
        return new(accounts, members.Concat(places).Concat(others).ToDictionary(StringComparer.Ordinal), before);
    }

    private static Result<IReadOnlyList<ReviewItem>> Assign(IReadOnlyList<ReviewItem> items, CampaignDraft plan, ReviewerPool pool, AccessGraph graph)
    {
        var assigned = new ReviewItem[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            if (pool.Assign(items[index], plan, graph) is not { } chosen)
            {
                return plan.Later.Count == 0 ? ReviewRefusals.NoReviewer(items[index].Name) : ReviewRefusals.NoOtherReviewer(items[index].Name);
            }

            assigned[index] = chosen;
        }

        return assigned;
    }

    private async Task<Result<Campaign>> WriteAsync(Transaction transaction, CampaignRow row, CampaignPreview frozen, Actor actor, CancellationToken cancellationToken)
    {
        var now = _desk.Now;
        var content = PopulationFile.Write(frozen.Items);
        var started = row with
        {
            State = CampaignState.Running,
            StartedAt = now,
            DueAt = now.AddDays(row.Days),
            ReadAt = frozen.ReadAt,
            PopulationRows = frozen.Items.Count,
            PopulationSha256 = PopulationFile.Sha256(content),
            Previous = (await ReviewStore.LastCompletedAsync(transaction, row.ConnectorId, cancellationToken))?.Id,
            Note = null,
        };
        if (!await ReviewStore.TryUpdateAsync(transaction, started, cancellationToken))
        {
            return ReviewRefusals.NotNow(row.State, "as you saw it");
        }

        await ReviewStore.InsertItemsAsync(transaction, [.. frozen.Items.Select(item => ReviewItemRow.Of(item with { Campaign = row.Id }))], cancellationToken);
        await ReviewStore.InsertPopulationAsync(transaction, new PopulationRow { CampaignId = row.Id, Content = content }, cancellationToken);
        var details = new JsonObject { ["rows"] = started.PopulationRows, ["sha256"] = started.PopulationSha256, ["readAt"] = PopulationFile.Instant(started.ReadAt) }.ToJsonString();
        await _desk.NoteAsync(transaction, new ReviewNote(row.Id, "started") { Details = details }, actor, cancellationToken);
        foreach (var reviewer in frozen.Items.CountBy(static item => item.Reviewer))
        {
            await _desk.TellAsync(transaction, Invitation(started, reviewer.Key, reviewer.Value), cancellationToken);
        }

        await _desk.AnnounceAsync(transaction, Announcement(started, frozen.Items), cancellationToken);

        return started.ToCampaign();
    }

    private static PublicNotice Announcement(CampaignRow campaign, IReadOnlyList<ReviewItem> items) => new(
        campaign.ConnectorId, "review-started", $"The access review {campaign.Name} started",
        [$"{items.Count:N0} grants are decided on by {items.DistinctBy(static item => item.Reviewer).Count():N0} reviewers until {campaign.DueAt:yyyy-MM-dd}."],
        $"/reviews/{campaign.Id}");

    private static OwnerMessage Invitation(CampaignRow campaign, AccountId reviewer, int items) => new(
        reviewer, "review-started", $"Please review access: {campaign.Name}",
        [
            $"You are asked to decide on {items:N0} {(items == 1 ? "grant" : "grants")} until {campaign.DueAt:yyyy-MM-dd}. Drafts are kept; nothing counts before you submit.",
            campaign.Instructions ?? "Keep what is right; revoke what is not needed any more.",
        ],
        $"/reviews/{campaign.Id}/decide");
}
