using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Requests.Drifts;

/// <summary>Says what becomes of access that differs from what was granted: it may stay, with a reason and an end, or is put back. Never by the person whose access it is.</summary>
public sealed class DecideDrift
{
    /// <summary>At most so many are listed.</summary>
    public const int MostListed = 500;

    private readonly Database _database;
    private readonly GrantMachine _machine;
    private readonly DriftBook _book;
    private readonly RequestDesk _desk;

    internal DecideDrift(Database database, GrantMachine machine, DriftBook book, RequestDesk desk)
    {
        _database = database;
        _machine = machine;
        _book = book;
        _desk = desk;
    }

    /// <summary>What was found, open ones first. Needs the right to read access.</summary>
    public async Task<Result<IReadOnlyList<AccessDrift>>> ListAsync(bool onlyOpen, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var rows = await DriftStore.ListAsync(session, onlyOpen, MostListed, cancellationToken);
        var grants = (await GrantStore.ByIdAsync(session, [.. rows.Select(static row => row.GrantId).Distinct()], cancellationToken)).ToDictionary(static grant => grant.Id);
        var requests = (await RequestStore.ByIdAsync(session, [.. grants.Values.Select(static grant => grant.RequestId).Distinct()], cancellationToken)).ToDictionary(static request => request.Id);
        return Result.Of<IReadOnlyList<AccessDrift>>([.. rows.Select(row => row.ToDrift(grants[row.GrantId], requests[grants[row.GrantId].RequestId]))]);
    }

    /// <summary>How many are open, all of them; nothing for whoever may not read access.</summary>
    public async Task<int> CountOpenAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.May(Right.ReadAccess))
        {
            return 0;
        }

        await using var session = _database.OpenRead();
        return await DriftStore.CountOpenAsync(session, cancellationToken);
    }

    /// <summary>Lets it stay: for some minutes, after which what was there before the grant is restored, or until the grant's own end, or, when there is none, for good.</summary>
    public Task<Result<AccessDrift>> AcceptAsync(AccessDriftId id, string reason, int? minutes, Caller caller, CancellationToken cancellationToken) =>
        minutes is < PolicyRules.LeastMinutes or > PolicyRules.MostMinutes
            ? Task.FromResult<Result<AccessDrift>>(RequestRefusals.BadTime(PolicyRules.MostMinutes))
            : DecideAsync(
                id, reason, caller,
                async (transaction, drift) =>
                {
                    if (drift.Grant.State is GrantState.Active)
                    {
                        await _machine.AdoptAsync(transaction, drift.Grant, drift.Row.FoundRole ?? drift.Grant.Role, minutes is { } length ? _desk.Now.AddMinutes(length) : null, cancellationToken);
                    }
                    else if (minutes is { } length)
                    {
                        await GrantAnewAsync(transaction, drift, (reason.Trim(), length), caller, cancellationToken);
                    }

                    return DriftState.Accepted;
                },
                cancellationToken);

    /// <summary>Puts back what was granted or, after the end, what was there before.</summary>
    public Task<Result<AccessDrift>> RemoveAsync(AccessDriftId id, string reason, Caller caller, CancellationToken cancellationToken) => DecideAsync(
        id, reason, caller,
        async (transaction, drift) =>
        {
            await _machine.PutBackAsync(transaction, drift.Grant, drift.Row.FoundRole, cancellationToken);
            return DriftState.Removed;
        },
        cancellationToken);

    private async Task<Result<AccessDrift>> DecideAsync(
        AccessDriftId id, string reason, Caller caller, Func<Transaction, OpenDrift, Task<DriftState>> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ChangeAccess) is { } refusal)
        {
            return refusal;
        }

        if (SyncRefusals.BadReason(reason) is { } bad)
        {
            return bad;
        }

        var book = await _desk.BookAsync(cancellationToken);
        return await _database.InTransactionAsync<Result<AccessDrift>>(
            async transaction =>
            {
                if (await DriftStore.FindAsync(transaction, id, cancellationToken) is not { } seen)
                {
                    return RequestRefusals.NoSuchDrift(id);
                }

                await GrantStore.LockAsync(transaction, seen.ConnectorId, cancellationToken);
                var row = (await DriftStore.FindAsync(transaction, id, cancellationToken))!;
                var grant = (await GrantStore.FindAsync(transaction, row.GrantId, cancellationToken))!;
                var request = (await RequestStore.ByIdAsync(transaction, [grant.RequestId], cancellationToken))[0];
                if (caller.Account is { } account && PolicyJudge.IsOwn(account, grant.AccountId, request.MemberEmail, book))
                {
                    return RequestRefusals.Own();
                }

                if (row.State is not DriftState.Open || grant.Provisioning is not (GrantProvisioning.Granted or GrantProvisioning.Revoked))
                {
                    return RequestRefusals.DriftNotOpen();
                }

                var state = await decide(transaction, new OpenDrift(row, grant, request));
                var decided = row with { State = state, Reason = reason.Trim(), DecidedBy = caller.Account, DecidedAt = _desk.Now };
                await _book.EndAsync(transaction, decided, caller.Actor, cancellationToken);
                return decided.ToDrift((await GrantStore.FindAsync(transaction, grant.Id, cancellationToken))!, request);
            },
            cancellationToken);
    }

    /// <summary>What came back gets an end like any other grant: a request that is approved at once, by whoever accepts it.</summary>
    private async Task GrantAnewAsync(Transaction transaction, OpenDrift drift, (string Reason, int Minutes) terms, Caller caller, CancellationToken cancellationToken)
    {
        var now = _desk.Now;
        var role = drift.Row.FoundRole ?? drift.Grant.Role;
        var request = drift.Request with
        {
            Id = default,
            Role = role,
            Reason = terms.Reason,
            Ticket = null,
            Minutes = terms.Minutes,
            GrantedMinutes = terms.Minutes,
            StartsAt = null,
            State = RequestState.Approved,
            Steps = AccessRequestRow.ToJson([]),
            IsBreakGlass = false,
            RequestedAt = now,
            ExpiresAt = now,
            DecidedAt = now,
            Note = $"It had come back after grant {drift.Grant.Id} ended, and was accepted.",
            Extends = drift.Grant.Id,
            ReviewDueAt = null,
            ReviewedAt = null,
            ReviewedBy = null,
            WasJustified = null,
            ReviewNote = null,
        };
        request = request with { Id = await RequestStore.InsertAsync(transaction, request, cancellationToken) };
        await RequestStore.SayAsync(
            transaction, new ApprovalRow { RequestId = request.Id, Step = 1, AccountId = caller.Account, Verdict = Verdict.Approve, Minutes = terms.Minutes, Reason = terms.Reason, At = now }, cancellationToken);
        await _desk.NoteAsync(transaction, request, "approved", caller.Actor, cancellationToken);
        var grant = new GrantRow
        {
            ConnectorId = drift.Grant.ConnectorId,
            RequestId = request.Id,
            AccountId = drift.Grant.AccountId,
            Member = drift.Grant.Member,
            Kind = drift.Grant.Kind,
            Team = drift.Grant.Team,
            Role = role,
            StartsAt = now,
            EndsAt = now.AddMinutes(terms.Minutes),
            State = GrantState.Active,
            Provisioning = GrantProvisioning.Granted,
            BeforeKnown = true,
            BeforeRole = drift.Grant.BeforeRole,
            HeldRole = role,
            ProvenAt = now,
        };
        await _desk.NoteAsync(transaction, grant with { Id = await GrantStore.InsertAsync(transaction, grant, cancellationToken) }, "started", caller.Actor, cancellationToken);
    }

    /// <summary>A drift that is being decided about.</summary>
    private sealed record OpenDrift(DriftRow Row, GrantRow Grant, AccessRequestRow Request);
}
