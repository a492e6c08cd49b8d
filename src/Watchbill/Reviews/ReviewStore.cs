using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Linq;
using Watchbill.Access;
using Watchbill.Access.Logged;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>The SQL of campaigns and their items. Every change of a campaign is guarded by the state that was seen.</summary>
internal static class ReviewStore
{
    private const int Batch = 500;
    private const string AccountKind = nameof(ActorKind.Account);

    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        foreach (var type in (Type[])[typeof(CampaignState), typeof(Unanswered), typeof(GrantKind), typeof(Advice), typeof(Decision), typeof(Outcome)])
        {
            builder.MappingSchema.SetDefaultFromEnumType(type, typeof(string));
        }

        builder.Entity<CampaignRow>().HasTableName("review_campaign").HasIdentityKey(row => row.Id);
        builder.Entity<ReviewItemRow>().HasTableName("review_item").HasIdentityKey(row => row.Id)
            .Property(row => row.Decision).HasConversion(static decision => decision == null ? null : decision.Value.ToString(), static text => text == null ? null : Enum.Parse<Decision>(text))
            .Property(row => row.PreviousDecision).HasConversion(static decision => decision == null ? null : decision.Value.ToString(), static text => text == null ? null : Enum.Parse<Decision>(text));
        builder.Entity<PopulationRow>().HasTableName("review_population").HasKey(row => row.CampaignId);
        builder.Entity<ReviewActionRow>().HasTableName("review_action").HasIdentityKey(row => row.Id);
    });

    public static async Task<CampaignId> InsertAsync(Transaction transaction, CampaignRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<CampaignRow?> FindAsync(DatabaseSession session, CampaignId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CampaignRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>All of them, or those in which somebody reviews something; the newest first.</summary>
    public static async Task<IReadOnlyList<CampaignRow>> ListAsync(DatabaseSession session, AccountId? reviewer, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<CampaignRow>().AsQueryable();
        if (reviewer is { } account)
        {
            var (items, actions, self) = (session.Connection.GetTable<ReviewItemRow>(), session.Connection.GetTable<ReviewActionRow>(), account.ToString());
            rows = rows.Where(row => items.Any(item => item.CampaignId == row.Id && item.Reviewer == account)
                || actions.Any(action => action.CampaignId == row.Id && action.ActorKind == AccountKind && action.ActorId == self));
        }

        return await rows.OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whether an account reviews something in a campaign, or did something in it.</summary>
    public static async Task<bool> TakesPartAsync(DatabaseSession session, CampaignId campaign, AccountId account, CancellationToken cancellationToken)
    {
        var self = account.ToString();
        return await session.Connection.GetTable<ReviewItemRow>().AnyAsync(row => row.CampaignId == campaign && row.Reviewer == account, cancellationToken)
            || await session.Connection.GetTable<ReviewActionRow>().AnyAsync(row => row.CampaignId == campaign && row.ActorKind == AccountKind && row.ActorId == self, cancellationToken);
    }

    public static Task<List<CampaignRow>> InStateAsync(DatabaseSession session, CampaignState state, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CampaignRow>().Where(row => row.State == state).ToListAsync(cancellationToken);

    /// <summary>The last completed one of an organization.</summary>
    public static Task<CampaignRow?> LastCompletedAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CampaignRow>().Where(row => row.ConnectorId == connector && row.State == CampaignState.Completed)
            .OrderByDescending(row => row.EndedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Writes the row when nobody changed it since it was read.</summary>
    public static async Task<bool> TryUpdateAsync(Transaction transaction, CampaignRow row, CancellationToken cancellationToken)
    {
        var guarded = await transaction.Connection.GetTable<CampaignRow>()
            .Where(stored => stored.Id == row.Id && stored.Version == row.Version)
            .Set(stored => stored.Version, row.Version + 1)
            .UpdateAsync(cancellationToken) == 1;
        return guarded && await transaction.Connection.UpdateAsync(row with { Version = row.Version + 1 }, token: cancellationToken) == 1;
    }

    public static Task InsertItemsAsync(Transaction transaction, IReadOnlyList<ReviewItemRow> items, CancellationToken cancellationToken) =>
        transaction.InsertAllAsync(items, cancellationToken);

    public static Task InsertPopulationAsync(Transaction transaction, PopulationRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    public static Task<string?> PopulationAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken) =>
        session.Connection.GetTable<PopulationRow>().Where(row => row.CampaignId == campaign).Select(row => row.Content).FirstOrDefaultAsync(cancellationToken);

    public static Task<List<ReviewItemRow>> ItemsAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Those that are not submitted.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="campaign">Of which campaign.</param>
    /// <param name="reviewer">Of this reviewer only; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static Task<List<ReviewItemRow>> OpenItemsAsync(DatabaseSession session, CampaignId campaign, AccountId? reviewer, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign && row.SubmittedAt == null);
        rows = reviewer is { } account ? rows.Where(row => row.Reviewer == account) : rows;
        return rows.OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Those whose submitted decision changes something in Sentry.</summary>
    public static Task<List<ReviewItemRow>> ToChangeAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.CampaignId == campaign && row.SubmittedAt != null && (row.Decision == (Decision?)Decision.Revoke || row.Decision == (Decision?)Decision.ChangeRole))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task<ReviewItemRow?> FindItemAsync(DatabaseSession session, ReviewItemId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReviewItemRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A part of the items that fit, in the order of the population, and how many fit.</summary>
    public static async Task<(IReadOnlyList<ReviewItemRow> Rows, int Total)> PageAsync(DatabaseSession session, ItemSearch search, CancellationToken cancellationToken)
    {
        var rows = Fitting(session, search);
        var ordered = search.ByResource ? rows.OrderBy(row => row.ResourceName).ThenBy(row => row.Id) : rows.OrderBy(row => row.Id);
        return (await ordered.Skip(search.Offset).Take(search.Limit).ToListAsync(cancellationToken), await rows.CountAsync(cancellationToken));
    }

    public static async Task<IReadOnlyList<ReviewItemRow>> ByIdAsync(DatabaseSession session, CampaignId campaign, IReadOnlyList<ReviewItemId> ids, CancellationToken cancellationToken)
    {
        List<ReviewItemRow> found = [];
        foreach (var part in ids.Chunk(Batch))
        {
            found.AddRange(await session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign && part.Contains(row.Id)).ToListAsync(cancellationToken));
        }

        return found;
    }

    /// <summary>How much each reviewer has, drafted and submitted, and when they first and last decided.</summary>
    public static async Task<IReadOnlyList<ReviewerProgress>> ProgressAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken)
    {
        var counts = await session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign).GroupBy(row => row.Reviewer).Select(group => new
        {
            Reviewer = group.Key,
            All = group.Count(),
            Drafted = group.Count(row => row.Decision != null && row.SubmittedAt == null),
            Submitted = group.Count(row => row.SubmittedAt != null),
            Certified = group.Count(row => row.SubmittedAt != null && row.Decision == Decision.Certify),
            First = group.Min(row => row.DecidedAt),
            Last = group.Max(row => row.DecidedAt),
        }).ToListAsync(cancellationToken);
        var passed = await session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign && row.Stage > 1).Select(row => new { row.Stage, row.Stages }).ToListAsync(cancellationToken);
        return ReviewerProgress.With(
            counts.Select(static row => new ReviewerProgress(row.Reviewer, row.All, row.Drafted, row.Submitted, row.Certified) { FirstDecision = row.First, LastDecision = row.Last }),
            passed.SelectMany(static row => ReviewItemRow.StagesOf(row.Stages).Take(row.Stage - 1)));
    }

    public static async Task<IReadOnlyDictionary<Outcome, int>> OutcomesAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign).GroupBy(row => row.Outcome).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(static row => row.Key, static row => row.Count);

    /// <summary>Keeps a draft while the item is still this reviewer's and not submitted.</summary>
    public static async Task<bool> TryDraftAsync(Transaction transaction, ReviewItemRow item, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.Id == item.Id && row.Reviewer == item.Reviewer && row.SubmittedAt == null)
            .Set(row => row.Decision, item.Decision)
            .Set(row => row.Reason, item.Reason)
            .Set(row => row.NewRole, item.NewRole)
            .Set(row => row.Until, item.Until)
            .Set(row => row.DecidedAt, item.DecidedAt)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Makes all drafts of a reviewer final.</summary>
    public static Task<int> SubmitAsync(Transaction transaction, CampaignId campaign, AccountId reviewer, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.CampaignId == campaign && row.Reviewer == reviewer && row.Decision != null && row.SubmittedAt == null)
            .Set(row => row.SubmittedAt, at)
            .UpdateAsync(cancellationToken);

    /// <summary>Gives an item on to its next stage, while it is still this reviewer's and not submitted.</summary>
    public static async Task<bool> TryPassOnAsync(Transaction transaction, ReviewItemRow item, ReviewItemRow next, CancellationToken cancellationToken) =>
        await WithoutDraft(transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.Id == item.Id && row.Reviewer == item.Reviewer && row.Stage == item.Stage && row.SubmittedAt == null)
            .Set(row => row.Stage, next.Stage)
            .Set(row => row.Stages, next.Stages)
            .Set(row => row.Reviewer, next.Reviewer)
            .Set(row => row.ReviewerBy, next.ReviewerBy))
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Gives items that are not submitted to somebody else; what was drafted about them is forgotten.</summary>
    public static async Task<bool> TryReassignAsync(Transaction transaction, (ReviewItemId Id, string By) item, AccountId from, AccountId to, CancellationToken cancellationToken) =>
        await WithoutDraft(transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.Id == item.Id && row.Reviewer == from && row.SubmittedAt == null)
            .Set(row => row.Reviewer, to)
            .Set(row => row.ReviewerBy, item.By))
            .UpdateAsync(cancellationToken) == 1;

    public static Task SetOutcomeAsync(Transaction transaction, ReviewItemRow item, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ReviewItemRow>().Where(row => row.Id == item.Id)
            .Set(row => row.Decision, item.Decision)
            .Set(row => row.Reason, item.Reason)
            .Set(row => row.SubmittedAt, item.SubmittedAt)
            .Set(row => row.Outcome, item.Outcome)
            .Set(row => row.OutcomeNote, item.OutcomeNote)
            .Set(row => row.OutcomeAt, item.OutcomeAt)
            .Set(row => row.TaskId, item.TaskId)
            .UpdateAsync(cancellationToken);

    /// <summary>The outcome of everything that was submitted with a decision that changes nothing in Sentry, at once.</summary>
    public static Task SetOutcomesAsync(Transaction transaction, CampaignId campaign, (Decision Decision, Outcome Outcome) what, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.CampaignId == campaign && row.SubmittedAt != null && row.Decision == (Decision?)what.Decision)
            .Set(row => row.Outcome, what.Outcome)
            .Set(row => row.OutcomeAt, at)
            .UpdateAsync(cancellationToken);

    /// <summary>What becomes of everything that was not submitted, at once. Drafts are forgotten.</summary>
    public static Task AnswerAsync(Transaction transaction, CampaignId campaign, (Unanswered How, string Why) what, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var revokes = what.How is Unanswered.Revoke;
        return transaction.Connection.GetTable<ReviewItemRow>()
            .Where(row => row.CampaignId == campaign && row.SubmittedAt == null)
            .Set(row => row.Decision, revokes ? Decision.Revoke : (Decision?)null)
            .Set(row => row.Reason, revokes ? what.Why : null)
            .Set(row => row.NewRole, (string?)null)
            .Set(row => row.Until, (DateTimeOffset?)null)
            .Set(row => row.SubmittedAt, revokes ? at : (DateTimeOffset?)null)
            .Set(row => row.Outcome, revokes ? Outcome.Open : Outcome.Escalated)
            .Set(row => row.OutcomeNote, revokes ? null : what.Why)
            .Set(row => row.OutcomeAt, revokes ? null : at)
            .UpdateAsync(cancellationToken);
    }

    public static Task<List<ReviewItemRow>> WithOutcomeAsync(DatabaseSession session, CampaignId campaign, Outcome outcome, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == campaign && row.Outcome == outcome).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task NoteAsync(Transaction transaction, ReviewActionRow action, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(action, token: cancellationToken);

    public static Task NoteAllAsync(Transaction transaction, IReadOnlyList<ReviewActionRow> actions, CancellationToken cancellationToken) =>
        actions.Count == 0 ? Task.CompletedTask : transaction.InsertAllAsync(actions, cancellationToken);

    public static Task<List<ReviewActionRow>> ActionsAsync(DatabaseSession session, CampaignId campaign, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReviewActionRow>().Where(row => row.CampaignId == campaign).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Since when each grant is known, and who gave it where Sentry's audit log tells; by the ledger's keys.</summary>
    public static async Task<IReadOnlyDictionary<string, (DateTimeOffset Since, string? By)>> BeginningsAsync<TFact>(
        DatabaseSession session, ConnectorId connector, FactKind kind, CancellationToken cancellationToken)
        where TFact : Fact
    {
        var openEnd = Conventions.OpenEnd;
        var begun = await session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector && fact.ValidTo == openEnd)
            .Select(fact => new { fact.Key, fact.ValidFrom }).ToListAsync(cancellationToken);
        var told = await (
            from cause in session.Connection.GetTable<FactCause>()
            join line in session.Connection.GetTable<LoggedEvent>() on new { cause.ConnectorId, cause.EntryId } equals new { line.ConnectorId, line.EntryId }
            where cause.ConnectorId == connector && cause.Kind == kind && !cause.IsEnd
            select new { cause.Key, cause.At, line.Actor }).ToListAsync(cancellationToken);
        var by = told.ToLookup(static one => (one.Key, one.At), static one => one.Actor);
        return begun.ToDictionary(static one => one.Key, one => (one.ValidFrom, by[(one.Key, one.ValidFrom)].FirstOrDefault()), StringComparer.Ordinal);
    }

    /// <summary>Whoever gets an item next begins with nothing decided.</summary>
    private static IUpdatable<ReviewItemRow> WithoutDraft(IUpdatable<ReviewItemRow> items) => items
        .Set(row => row.Decision, (Decision?)null)
        .Set(row => row.Reason, (string?)null)
        .Set(row => row.NewRole, (string?)null)
        .Set(row => row.Until, (DateTimeOffset?)null)
        .Set(row => row.DecidedAt, (DateTimeOffset?)null);

    private static IQueryable<ReviewItemRow> Fitting(DatabaseSession session, ItemSearch search)
    {
        var rows = session.Connection.GetTable<ReviewItemRow>().Where(row => row.CampaignId == search.Campaign);
        rows = search.Reviewer is { } reviewer ? rows.Where(row => row.Reviewer == reviewer) : rows;
        rows = search.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = search.Decision is { } decision ? rows.Where(row => row.Decision == decision) : rows;
        rows = search.Outcome is { } outcome ? rows.Where(row => row.Outcome == outcome) : rows;
        rows = search.Advice is { } advice ? rows.Where(row => row.Advice == advice) : rows;
        rows = search.NewOnly ? rows.Where(row => row.Change != "same") : rows;
        rows = search.Open ? rows.Where(row => row.SubmittedAt == null) : rows;
        rows = search.Undecided ? rows.Where(row => row.Decision == null) : rows;
        if (search.Text is { Length: > 0 } text)
        {
            var words = text.ToLowerInvariant();
            rows = rows.Where(row => Sql.Lower(row.Name)!.Contains(words) || Sql.Lower(row.Email)!.Contains(words) || Sql.Lower(row.ResourceName)!.Contains(words));
        }

        return rows;
    }
}
