using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Actions;

/// <summary>
/// Lists actions, opens them by hand, gives them to people, moves their dates, and ends them. Whoever manages compliance may do all of it, the owner of an action may begin, close and comment on it,
/// and whoever may ask for exceptions may comment.
/// </summary>
public sealed class ManageActions
{
    /// <summary>The furthest date that an action can be due, in days from now.</summary>
    public const int MostDays = 732;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly IOwnerDirectory _people;
    private readonly IOwnerMail _mail;
    private readonly ActionRecord _record;

    internal ManageActions(Database database, ConnectorStore connectors, IOwnerDirectory people, IOwnerMail mail, ActionRecord record)
    {
        _database = database;
        _connectors = connectors;
        _people = people;
        _mail = mail;
        _record = record;
    }

    /// <summary>A page of actions: what is due first comes first.</summary>
    public async Task<Result<ActionList>> ListAsync(ActionSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (search.Skip < 0 || search.Take is < 1 or > ActionSearch.MostRows)
        {
            return ComplianceRefusals.BadPage();
        }

        var (rows, count) = await _database.InSnapshotAsync(session => ActionStore.ListAsync(session, search, _record.Now, cancellationToken), cancellationToken);
        return new ActionList([.. rows.Select(static row => row.ToAction())], count);
    }

    /// <summary>One action with everything that was done about it.</summary>
    public async Task<Result<ActionDetails>> FindAsync(ComplianceActionId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : await _database.InSnapshotAsync<Result<ActionDetails>>(
            async session => await ActionStore.FindAsync(session, id, cancellationToken) is { } row
                ? new ActionDetails(row.ToAction(), [.. (await ActionStore.NotesAsync(session, id, cancellationToken)).Select(static note => note.ToNote())])
                : ComplianceRefusals.NoSuchAction(id),
            cancellationToken);
    }

    /// <summary>All open accounts, by name: who did something, and who may own actions.</summary>
    public Task<IReadOnlyList<OwnerAccount>> PeopleAsync(CancellationToken cancellationToken) => _people.ListAsync(cancellationToken);

    /// <summary>Those who may own actions.</summary>
    internal async Task<IReadOnlyList<OwnerAccount>> OwnersAsync(CancellationToken cancellationToken) => [.. (await PeopleAsync(cancellationToken)).Where(static person => person.MayOwnActions)];

    /// <summary>Opens one by hand.</summary>
    public async Task<Result<ComplianceAction>> OpenAsync(ActionDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var opened = await OpenAllAsync([draft], caller, cancellationToken);
        return opened.Select(static all => all[0]);
    }

    /// <summary>Opens several, all or none.</summary>
    internal async Task<Result<IReadOnlyList<ComplianceAction>>> OpenAllAsync(IReadOnlyList<ActionDraft> drafts, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageCompliance) is { } refusal)
        {
            return refusal;
        }

        var people = await OwnersAsync(cancellationToken);
        foreach (var draft in drafts)
        {
            if (draft.Problem(_record.Now, people) is { } problem)
            {
                return problem;
            }

            if (await _connectors.FindAsync(draft.Connector, cancellationToken) is null)
            {
                return SyncRefusals.NoSuchConnector(draft.Connector.ToString());
            }
        }

        return await _database.InTransactionAsync<Result<IReadOnlyList<ComplianceAction>>>(
            async transaction =>
            {
                List<ComplianceAction> opened = [];
                foreach (var draft in drafts)
                {
                    opened.Add(await OpenAsync(transaction, draft, caller, cancellationToken));
                }

                return opened;
            },
            cancellationToken);
    }

    /// <summary>Gives one to somebody, or takes it from whoever has it.</summary>
    public async Task<Result<ComplianceAction>> AssignAsync(ComplianceActionId id, AccountId? owner, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var person = owner is { } account ? (await OwnersAsync(cancellationToken)).FirstOrDefault(one => one.Id == account) : null;
        if (owner is not null && person is null)
        {
            return caller.Lacks(Right.ManageCompliance) ?? ComplianceRefusals.BadActionOwner();
        }

        var step = new ActionStep(ActionNoteKind.Assigned, person is null ? "Nobody owns it now." : $"It is {person.Name}'s now.");
        return await ChangeAsync(
            id, step, caller,
            row => caller.Lacks(Right.ManageCompliance) ?? (row.State is ActionState.Closed ? ComplianceRefusals.ActionClosed() : row.Owner == owner ? ComplianceRefusals.ActionHasOwner() : null),
            row => row with { Owner = owner },
            cancellationToken);
    }

    /// <summary>Says by when it should be done.</summary>
    public async Task<Result<ComplianceAction>> PostponeAsync(ComplianceActionId id, DateTimeOffset dueAt, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((SyncRefusals.BadReason(reason) ?? ActionDraft.BadDue(dueAt, _record.Now)) is { } bad)
        {
            return caller.Lacks(Right.ManageCompliance) ?? bad;
        }

        return await ChangeAsync(
            id, new ActionStep(ActionNoteKind.Postponed, $"Due {dueAt:yyyy-MM-dd}. {reason.Trim()}"), caller,
            row => caller.Lacks(Right.ManageCompliance) ?? (row.State is ActionState.Closed ? ComplianceRefusals.ActionClosed() : null),
            row => row with { DueAt = Conventions.ToStoredPrecision(dueAt), RemindedAt = null },
            cancellationToken);
    }

    /// <summary>Says that somebody works on it.</summary>
    public Task<Result<ComplianceAction>> StartAsync(ComplianceActionId id, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        id, new ActionStep(ActionNoteKind.Started, null), caller,
        row => MayWork(row, caller) ?? (row.State is ActionState.Open ? null : ComplianceRefusals.ActionNotOpen(row.State)),
        static row => row with { State = ActionState.InProgress },
        cancellationToken);

    /// <summary>Says something about it, with a link to evidence or without.</summary>
    public async Task<Result<ComplianceAction>> CommentAsync(ComplianceActionId id, string text, string? link, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var address = string.IsNullOrWhiteSpace(link) ? null : link.Trim();
        if ((ActionDraft.BadText(text) ?? ActionDraft.BadLink(address)) is { } bad)
        {
            return caller.Lacks(Right.AskForExceptions) ?? bad;
        }

        return await ChangeAsync(id, new ActionStep(ActionNoteKind.Commented, text.Trim()) { Link = address }, caller, _ => caller.Lacks(Right.AskForExceptions), static row => row, cancellationToken);
    }

    /// <summary>Says that it is done. One that a check opened is closed by that check.</summary>
    public Task<Result<ComplianceAction>> CloseAsync(ComplianceActionId id, string reason, Caller caller, CancellationToken cancellationToken) => EndAsync(id, reason, isClosed: true, caller, cancellationToken);

    /// <summary>Says that it is not done after all.</summary>
    public Task<Result<ComplianceAction>> ReopenAsync(ComplianceActionId id, string reason, Caller caller, CancellationToken cancellationToken) => EndAsync(id, reason, isClosed: false, caller, cancellationToken);

    /// <summary>Closes the actions of connectors that were removed: nobody can do them any more.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CloseGoneAsync(CancellationToken cancellationToken)
    {
        // Most looks find nothing: they take no lock.
        await using (var session = _database.OpenRead())
        {
            if ((await ActionStore.GoneAsync(session, cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "actions-of-removed", cancellationToken);
                var gone = await ActionStore.GoneAsync(transaction, cancellationToken);
                foreach (var row in gone)
                {
                    var closed = row with { State = ActionState.Closed, ClosedAt = _record.Now, Closing = "Its source was removed." };
                    await ActionStore.UpdateAsync(transaction, closed, cancellationToken);
                    await _record.WriteAsync(transaction, closed, new ActionStep(ActionNoteKind.Closed, closed.Closing), Caller.System, cancellationToken);
                }

                return gone.Count;
            },
            cancellationToken);
    }

    private async Task<Result<ComplianceAction>> EndAsync(ComplianceActionId id, string reason, bool isClosed, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (SyncRefusals.BadReason(reason) is { } bad)
        {
            return caller.Lacks(Right.AskForExceptions) ?? bad;
        }

        return await ChangeAsync(
            id, new ActionStep(isClosed ? ActionNoteKind.Closed : ActionNoteKind.Reopened, reason.Trim()), caller,
            row => MayWork(row, caller) ?? (row.CheckId is not null ? ComplianceRefusals.ActionOfCheck() : (row.State is ActionState.Closed) == isClosed ? ComplianceRefusals.ActionNotOpen(row.State) : null),
            row => isClosed
                ? row with { State = ActionState.Closed, ClosedAt = _record.Now, Closing = reason.Trim() }
                : row with { State = ActionState.Open, OpenedAt = _record.Now, DueAt = _record.Now.AddDays(ActionDeadline.DaysOf(row.Severity)), ClosedAt = null, Closing = null, Reopened = row.Reopened + 1, RemindedAt = null },
            cancellationToken);
    }

    private static Refusal? MayWork(ActionRow row, Caller caller) => caller.Account is { } account && row.Owner == account && caller.May(Right.AskForExceptions) ? null : caller.Lacks(Right.ManageCompliance);

    private async Task<ComplianceAction> OpenAsync(Transaction transaction, ActionDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var row = new ActionRow
        {
            ConnectorId = draft.Connector,
            Title = draft.Title.Trim(),
            Description = string.IsNullOrWhiteSpace(draft.Description) ? null : draft.Description.Trim(),
            Severity = draft.Severity,
            Owner = draft.Owner,
            OpenedAt = _record.Now,
            DueAt = draft.DueAt is { } due ? Conventions.ToStoredPrecision(due) : _record.Now.AddDays(ActionDeadline.DaysOf(draft.Severity)),
        };
        row = row with { Id = await ActionStore.InsertAsync(transaction, row, cancellationToken) };
        await _record.WriteAsync(transaction, row, new ActionStep(ActionNoteKind.Opened, null), caller, cancellationToken);
        await TellAsync(transaction, row, caller, cancellationToken);
        return row.ToAction();
    }

    private Task<Result<ComplianceAction>> ChangeAsync(
        ComplianceActionId id, ActionStep step, Caller caller, Func<ActionRow, Refusal?> mayNot, Func<ActionRow, ActionRow> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _database.InTransactionAsync<Result<ComplianceAction>>(
            async transaction =>
            {
                if (await ActionStore.FindAsync(transaction, id, cancellationToken) is not { } seen)
                {
                    return caller.Lacks(Right.AskForExceptions) ?? ComplianceRefusals.NoSuchAction(id);
                }

                // The same lock that a run of checks takes: what a person and a run say never overtake each other.
                await Database.LockAsync(transaction, $"check-run {seen.ConnectorId}", cancellationToken);
                var before = (await ActionStore.FindAsync(transaction, id, cancellationToken))!;
                if (mayNot(before) is { } refusal)
                {
                    return refusal;
                }

                var row = change(before);
                if (row != before)
                {
                    await ActionStore.UpdateAsync(transaction, row, cancellationToken);
                }

                await _record.WriteAsync(transaction, row, step, caller, cancellationToken);
                if (row.Owner != before.Owner)
                {
                    await TellAsync(transaction, row, caller, cancellationToken);
                }

                return row.ToAction();
            },
            cancellationToken);
    }

    /// <summary>Whoever gives something to themselves knows it.</summary>
    private async Task TellAsync(Transaction transaction, ActionRow row, Caller caller, CancellationToken cancellationToken)
    {
        if (row.Owner is { } owner && owner != caller.Account)
        {
            await _mail.AppendAsync(
                transaction, new OwnerMessage(owner, "action-assigned", $"Yours to do: {row.Title}", [row.Description ?? row.Title, $"It should be done until {row.DueAt:yyyy-MM-dd}."], $"/actions/{row.Id}"), cancellationToken);
        }
    }
}
