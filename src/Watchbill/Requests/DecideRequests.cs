using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>A request with everything that was said about it and what came of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Said">What was said, the oldest first.</param>
/// <param name="Grant">What came of it; null for nothing.</param>
/// <param name="IsMine">Whether the caller may decide now.</param>
public sealed record RequestDetails(AccessRequest Request, IReadOnlyList<Approval> Said, TemporaryGrant? Grant, bool IsMine)
{
    /// <summary>What the accounts in it are called.</summary>
    public IReadOnlyDictionary<AccountId, string> Names { get; init; } = new Dictionary<AccountId, string>();
}

/// <summary>Answers requests: yes, no, taken back; and looks at emergencies afterwards. Nobody decides about access of their own.</summary>
public sealed class DecideRequests
{
    private readonly Database _database;
    private readonly RequestGate _gate;
    private readonly RequestDesk _desk;

    internal DecideRequests(Database database, RequestGate gate, RequestDesk desk)
    {
        _database = database;
        _gate = gate;
        _desk = desk;
    }

    /// <summary>The requests that wait for the caller, the oldest first.</summary>
    public async Task<Result<IReadOnlyList<AccessRequest>>> WaitingAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var book = await _desk.BookAsync(cancellationToken);
        await using var session = _database.OpenRead();
        List<AccessRequest> mine = [];
        foreach (var row in await RequestStore.OpenAsync(session, cancellationToken))
        {
            if (Refuse(row, await RequestStore.ApprovalsAsync(session, row.Id, cancellationToken), book, caller) is null)
            {
                mine.Add(row.ToRequest());
            }
        }

        return Result.Of<IReadOnlyList<AccessRequest>>(mine);
    }

    /// <summary>Requests, the newest first: one's own, or all for whoever may read access.</summary>
    public async Task<Result<IReadOnlyList<AccessRequest>>> ListAsync(RequestFilter filter, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(caller);
        if (!filter.OnlyOwn && caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (filter.OnlyOwn && caller.Account is null)
        {
            return Result.Of<IReadOnlyList<AccessRequest>>([]);
        }

        await using var session = _database.OpenRead();
        var search = new RequestSearch { Account = filter.OnlyOwn ? caller.Account : null, State = filter.State, OnlyEmergencies = filter.OnlyEmergencies, Before = filter.Before, Limit = filter.Limit };
        return Result.Of<IReadOnlyList<AccessRequest>>([.. (await RequestStore.ListAsync(session, search, cancellationToken)).Select(static row => row.ToRequest())]);
    }

    /// <summary>One of them: for who asked, who was asked, and whoever may read access.</summary>
    public async Task<Result<RequestDetails>> FindAsync(AccessRequestId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _database.OpenRead();
        if (await RequestStore.FindAsync(session, id, cancellationToken) is not { } row)
        {
            return RequestRefusals.NoSuchRequest(id);
        }

        var said = await RequestStore.ApprovalsAsync(session, id, cancellationToken);
        var request = row.ToRequest();
        var sees = caller.May(Right.ReadAccess) || (caller.Account is { } self
            && (self == request.Account || request.Steps.Any(step => step.Approvers.Contains(self.Value)) || said.Exists(one => one.AccountId == self)));
        if (!sees)
        {
            return RequestRefusals.NoSuchRequest(id);
        }

        var grant = await GrantStore.FindByRequestAsync(session, id, cancellationToken);
        var book = await _desk.BookAsync(cancellationToken);
        var people = request.Steps.SelectMany(static step => step.Approvers).Select(static account => (AccountId?)new AccountId(account))
            .Concat(said.Select(static one => one.AccountId)).Append(request.Account).Append(request.ReviewedBy).OfType<AccountId>().Distinct();
        return new RequestDetails(request, [.. said.Select(static one => one.ToApproval())], grant?.ToGrant(), Refuse(row, said, book, caller) is null)
        {
            Names = people.ToDictionary(static person => person, book.NameOf),
        };
    }

    /// <summary>Says yes.</summary>
    /// <param name="id">To which request.</param>
    /// <param name="minutes">For a shorter time than was asked for; null for that time.</param>
    /// <param name="reason">Why; null for nothing to say.</param>
    /// <param name="caller">Who says it.</param>
    /// <param name="cancellationToken">Stops it; nothing was said then.</param>
    public Task<Result<AccessRequest>> ApproveAsync(AccessRequestId id, int? minutes, string? reason, Caller caller, CancellationToken cancellationToken) => DecideAsync(
        id, caller,
        row => minutes is { } shorter && (shorter < PolicyRules.LeastMinutes || (row.Minutes is { } asked && shorter > asked)) ? RequestRefusals.BadTime(row.Minutes ?? PolicyRules.MostMinutes)
            : reason is { Length: > 500 } ? RequestRefusals.BadReason(1) : null,
        async (transaction, row, said) =>
        {
            var yes = new ApprovalRow { RequestId = id, Step = row.Step, AccountId = caller.Account, Verdict = Verdict.Approve, Minutes = minutes, Reason = reason?.Trim(), At = _desk.Now };
            await RequestStore.SayAsync(transaction, yes, cancellationToken);
            return await _gate.ApprovedAsync(transaction, row, [.. said, yes], caller.Actor, cancellationToken);
        },
        cancellationToken);

    /// <summary>Says no, and why. One no is a no.</summary>
    public Task<Result<AccessRequest>> DenyAsync(AccessRequestId id, string reason, Caller caller, CancellationToken cancellationToken) => DecideAsync(
        id, caller,
        _ => SyncRefusals.BadReason(reason) is null ? null : RequestRefusals.DenialNeedsReason(),
        async (transaction, row, _) =>
        {
            await RequestStore.SayAsync(transaction, new ApprovalRow { RequestId = id, Step = row.Step, AccountId = caller.Account, Verdict = Verdict.Deny, Reason = reason.Trim(), At = _desk.Now }, cancellationToken);
            return await EndAsync(transaction, row, (RequestState.Denied, reason.Trim()), caller.Actor, cancellationToken);
        },
        cancellationToken);

    /// <summary>Takes a request back: who asked, or whoever may change access.</summary>
    public async Task<Result<AccessRequest>> WithdrawAsync(AccessRequestId id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, caller, cancellationToken);
        if (!found.Succeeded || (found.Value.Request.Account != caller.Account && !caller.May(Right.ChangeAccess)))
        {
            return found.Refusal ?? RequestRefusals.NotYours();
        }

        return await InLockAsync(
            id, async (transaction, row, _) => row.State is RequestState.Submitted
                ? (await EndAsync(transaction, row, (RequestState.Withdrawn, null), caller.Actor, cancellationToken)).ToRequest()
                : RequestRefusals.NotOpen(row.State),
            cancellationToken);
    }

    /// <summary>Says of an emergency, afterwards, whether it was one. For whoever was told of it, never for who took it.</summary>
    public async Task<Result<AccessRequest>> ReviewAsync(AccessRequestId id, bool wasJustified, string note, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (SyncRefusals.BadReason(note) is { } bad)
        {
            return bad;
        }

        var book = await _desk.BookAsync(cancellationToken);
        return await InLockAsync(
            id,
            async (transaction, row, _) =>
            {
                if (!row.IsBreakGlass || row.ReviewedAt is not null)
                {
                    return RequestRefusals.NoEmergency();
                }

                if (caller.Account is { } self && PolicyJudge.IsOwn(self, row.AccountId, row.MemberEmail, book))
                {
                    return RequestRefusals.Own();
                }

                if (!caller.May(Right.ChangeAccess) && !(caller.Account is { } account && row.ToRequest().Steps.Any(step => step.Approvers.Contains(account.Value))))
                {
                    return RequestRefusals.NotYours();
                }

                var reviewed = row with { ReviewedAt = _desk.Now, ReviewedBy = caller.Account, WasJustified = wasJustified, ReviewNote = note.Trim() };
                await RequestStore.TryReviewAsync(transaction, reviewed, cancellationToken);
                await _desk.NoteAsync(transaction, reviewed with { Note = note.Trim() }, wasJustified ? "emergency-justified" : "emergency-not-justified", caller.Actor, cancellationToken);
                return Result.Of(reviewed.ToRequest());
            },
            cancellationToken);
    }

    /// <summary>Ends requests that nobody answered in time, and reminds of emergencies that nobody looked at.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        List<AccessRequestRow> unanswered, unreviewed;
        await using (var session = _database.OpenRead())
        {
            unanswered = await RequestStore.UnansweredAsync(session, _desk.Now, cancellationToken);
            unreviewed = await RequestStore.UnreviewedAsync(session, _desk.Now, cancellationToken);
        }

        foreach (var late in unanswered)
        {
            await InLockAsync(
                late.Id, async (transaction, row, _) => row.State is RequestState.Submitted
                    ? (await EndAsync(transaction, row, (RequestState.Expired, "Nobody answered in time."), Actor.System, cancellationToken)).ToRequest()
                    : row.ToRequest(),
                cancellationToken);
        }

        foreach (var late in unreviewed)
        {
            await _database.InTransactionAsync(
                async transaction =>
                {
                    await RequestStore.NoteAsync(transaction, late.Id, "Nobody has looked at this emergency in time.", cancellationToken);
                    await _desk.AlarmAsync(
                        transaction, late.ConnectorId,
                        new OwnerMessage(default, "break-glass", $"Nobody looked at the emergency of {late.MemberName}", [$"{RequestGate.What(late)}. The reason was: {late.Reason}", "Somebody must say whether it was justified."], $"/requests/{late.Id}"),
                        cancellationToken);
                },
                cancellationToken);
        }

        return unanswered.Count + unreviewed.Count;
    }

    private async Task<Result<AccessRequest>> DecideAsync(
        AccessRequestId id, Caller caller, Func<AccessRequestRow, Refusal?> check, Func<Transaction, AccessRequestRow, IReadOnlyList<ApprovalRow>, Task<AccessRequestRow>> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var book = await _desk.BookAsync(cancellationToken);
        return await InLockAsync(
            id,
            async (transaction, row, said) => (Refuse(row, said, book, caller) ?? check(row)) is { } refusal ? refusal : (await decide(transaction, row, said)).ToRequest(),
            cancellationToken);
    }

    private async Task<Result<AccessRequest>> InLockAsync(
        AccessRequestId id, Func<Transaction, AccessRequestRow, IReadOnlyList<ApprovalRow>, Task<Result<AccessRequest>>> work, CancellationToken cancellationToken)
    {
        AccessRequestRow? found;
        await using (var session = _database.OpenRead())
        {
            found = await RequestStore.FindAsync(session, id, cancellationToken);
        }

        return found is null
            ? RequestRefusals.NoSuchRequest(id)
            : await _database.InTransactionAsync(
                async transaction =>
                {
                    // Two who decide at the same time: the second waits here and then sees what the first said.
                    await GrantStore.LockAsync(transaction, found.ConnectorId, cancellationToken);
                    var row = (await RequestStore.FindAsync(transaction, id, cancellationToken))!;
                    return await work(transaction, row, await RequestStore.ApprovalsAsync(transaction, id, cancellationToken));
                },
                cancellationToken);
    }

    /// <summary>Why the caller may not decide now; null when they may.</summary>
    private Refusal? Refuse(AccessRequestRow row, IReadOnlyList<ApprovalRow> said, AccountBook book, Caller caller)
    {
        if (row.State is not RequestState.Submitted || row.ExpiresAt <= _desk.Now)
        {
            return RequestRefusals.NotOpen(row.State is RequestState.Submitted ? RequestState.Expired : row.State);
        }

        if (caller.Account is not { } self)
        {
            return caller.Lacks(Right.ChangeAccess);
        }

        return PeopleRules.RefuseService(caller) is { } refused ? refused
            : PolicyJudge.IsOwn(self, row.AccountId, row.MemberEmail, book) ? RequestRefusals.Own()
            : said.Any(one => one.AccountId == self) ? RequestRefusals.SpokenAlready()
            : caller.May(Right.ChangeAccess) || row.ToRequest().Steps[row.Step - 1].Approvers.Contains(self.Value) ? null
            : RequestRefusals.NotYours();
    }

    private async Task<AccessRequestRow> EndAsync(Transaction transaction, AccessRequestRow row, (RequestState State, string? Note) end, Actor actor, CancellationToken cancellationToken)
    {
        var ended = row with { State = end.State, DecidedAt = _desk.Now, Note = end.Note };
        await RequestStore.TryMoveAsync(transaction, row, ended, cancellationToken);
        await _desk.NoteAsync(transaction, ended, Word.Of(end.State), actor, cancellationToken);
        if (end.State is not RequestState.Withdrawn)
        {
            await _desk.TellAsync(
                transaction, [row.AccountId],
                new OwnerMessage(default, "request-decided", $"Your request was {(end.State is RequestState.Denied ? "denied" : "not answered")}", [$"{RequestGate.What(row)}. {end.Note}"], $"/requests/{row.Id}"), cancellationToken);
        }

        return ended;
    }
}

/// <summary>Which requests to show.</summary>
public sealed record RequestFilter
{
    /// <summary>Only those that the caller asked for.</summary>
    public bool OnlyOwn { get; init; }

    /// <summary>Only those in this state; null for all.</summary>
    public RequestState? State { get; init; }

    /// <summary>Only emergencies.</summary>
    public bool OnlyEmergencies { get; init; }

    /// <summary>Only older ones than this; null for the newest.</summary>
    public AccessRequestId? Before { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}
