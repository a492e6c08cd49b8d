using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>A grant with the request that it comes from.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Request">The request.</param>
public sealed record GrantOnBoard(TemporaryGrant Grant, AccessRequest Request);

/// <summary>Begins and ends grants when their time comes, warns before, tries again what could not be taken back. What is due is always read from the database.</summary>
public sealed class KeepGrants
{
    /// <summary>At most so many are listed.</summary>
    public const int MostListed = 5000;

    private const int Batch = 500;
    private static readonly TimeSpan LongestWarning = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromHours(1);

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly GrantMachine _machine;
    private readonly RequestDesk _desk;

    internal KeepGrants(Database database, ConnectorStore connectors, GrantMachine machine, RequestDesk desk)
    {
        _database = database;
        _connectors = connectors;
        _machine = machine;
        _desk = desk;
    }

    /// <summary>Grants: one's own, or all for whoever may read access. Open ones are those that count, or are not proven to be gone.</summary>
    public async Task<Result<IReadOnlyList<TemporaryGrant>>> ListAsync(bool onlyOwn, bool onlyOpen, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!onlyOwn && caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (onlyOwn && caller.Account is null)
        {
            return Result.Of<IReadOnlyList<TemporaryGrant>>([]);
        }

        await using var session = _database.OpenRead();
        var search = new GrantSearch { Account = onlyOwn ? caller.Account : null, OnlyOpen = onlyOpen };
        return Result.Of<IReadOnlyList<TemporaryGrant>>([.. (await GrantStore.ListAsync(session, search, cancellationToken)).Select(static row => row.ToGrant())]);
    }

    /// <summary>The grants of <see cref="ListAsync"/>, each with the request that it comes from.</summary>
    public async Task<Result<IReadOnlyList<GrantOnBoard>>> BoardAsync(bool onlyOwn, bool onlyOpen, Caller caller, CancellationToken cancellationToken)
    {
        var grants = await ListAsync(onlyOwn, onlyOpen, caller, cancellationToken);
        if (!grants.Succeeded)
        {
            return grants.Refusal!;
        }

        await using var session = _database.OpenRead();
        var requests = (await RequestStore.ByIdAsync(session, [.. grants.Value.Select(static grant => grant.Request).Distinct()], cancellationToken)).ToDictionary(static row => row.Id, static row => row.ToRequest());
        return Result.Of<IReadOnlyList<GrantOnBoard>>([.. grants.Value.Select(grant => new GrantOnBoard(grant, requests[grant.Request]))]);
    }

    /// <summary>Ends a grant before its time: who has it gives it back, or whoever may change access revokes it, with a reason.</summary>
    public async Task<Result<TemporaryGrant>> EndAsync(TemporaryGrantId id, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        GrantRow? found;
        await using (var session = _database.OpenRead())
        {
            found = await GrantStore.FindAsync(session, id, cancellationToken);
        }

        var isOwn = found?.AccountId is { } account && account == caller.Account;
        if (found is null || (!isOwn && !caller.May(Right.ChangeAccess)))
        {
            return RequestRefusals.NoSuchGrant(id);
        }

        if (!isOwn && SyncRefusals.BadReason(reason ?? "") is { } bad)
        {
            return bad;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await GrantStore.LockAsync(transaction, found.ConnectorId, cancellationToken);
                var grant = (await GrantStore.FindAsync(transaction, id, cancellationToken))!;
                if (grant.State is GrantState.Ended)
                {
                    return RequestRefusals.NotActive();
                }

                var how = isOwn ? GrantEnding.GivenBack : GrantEnding.Revoked;
                if (await _machine.EndAsync(transaction, grant, (how, reason?.Trim()), cancellationToken) is not { } ended)
                {
                    // A change for it is being made at this moment: it is due now, and ends right after.
                    ended = grant with { EndsAt = _desk.Now, Ending = how, EndedWhy = reason?.Trim() };
                    await GrantStore.UpdateAsync(transaction, ended, cancellationToken);
                }

                await _desk.NoteAsync(transaction, ended, Word.Of(how), caller.Actor, cancellationToken);
                return Result.Of(ended.ToGrant());
            },
            cancellationToken);
    }

    /// <summary>Does what is due.</summary>
    /// <returns>How many grants began or ended.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<GrantRow> due;
        await using (var session = _database.OpenRead())
        {
            due = await GrantStore.DueAsync(session, _desk.Now, Batch, cancellationToken);
        }

        var done = 0;
        foreach (var group in due.GroupBy(static row => row.ConnectorId))
        {
            done += await _database.InTransactionAsync(transaction => RunDueAsync(transaction, group.Key, [.. group.Select(static row => row.Id)], cancellationToken), cancellationToken);
        }

        return done;
    }

    /// <summary>Warns those whose access ends soon: a quarter of its time before, at most a day.</summary>
    public async Task<int> WarnAsync(CancellationToken cancellationToken)
    {
        List<GrantRow> candidates;
        await using (var session = _database.OpenRead())
        {
            candidates = await GrantStore.UnwarnedAsync(session, _desk.Now + LongestWarning, cancellationToken);
        }

        var due = candidates.Where(grant => grant.EndsAt - TimeSpan.FromTicks(Math.Min((grant.EndsAt - grant.StartsAt).Ticks / 4, LongestWarning.Ticks)) <= _desk.Now && grant.EndsAt > _desk.Now).ToList();
        foreach (var seen in due)
        {
            await _database.InTransactionAsync(
                async transaction =>
                {
                    await GrantStore.LockAsync(transaction, seen.ConnectorId, cancellationToken);
                    var grant = (await GrantStore.FindAsync(transaction, seen.Id, cancellationToken))!;
                    if (grant is not { State: GrantState.Active, WarnedAt: null })
                    {
                        return;
                    }

                    await GrantStore.UpdateAsync(transaction, grant with { WarnedAt = _desk.Now }, cancellationToken);
                    await _desk.TellAsync(
                        transaction, [grant.AccountId],
                        new OwnerMessage(default, "access-ends-soon", "Your access ends soon", [$"It ends by itself on {grant.EndsAt:yyyy-MM-dd HH:mm} UTC. If you need it longer, ask again before: the new time follows without a gap."], $"/requests/{grant.RequestId}"),
                        cancellationToken);
                },
                cancellationToken);
        }

        return due.Count;
    }

    /// <summary>Goes on with what got stuck: a change that a person took back, an end that could not be made.</summary>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        List<GrantRow> stuck;
        await using (var session = _database.OpenRead())
        {
            stuck = await GrantStore.StuckAsync(session, _desk.Now - RetryPause, cancellationToken);
        }

        var mended = 0;
        foreach (var group in stuck.GroupBy(static row => row.ConnectorId))
        {
            mended += await _database.InTransactionAsync(transaction => MendAsync(transaction, group.Key, [.. group.Select(static row => row.Id)], cancellationToken), cancellationToken);
        }

        return mended;
    }

    private async Task<int> RunDueAsync(Transaction transaction, ConnectorId connector, IReadOnlyList<TemporaryGrantId> ids, CancellationToken cancellationToken)
    {
        await GrantStore.LockAsync(transaction, connector, cancellationToken);
        var isGone = await _connectors.FindAsync(transaction, connector, cancellationToken) is null;
        var done = 0;
        foreach (var id in ids)
        {
            var grant = (await GrantStore.FindAsync(transaction, id, cancellationToken))!;
            if (isGone && grant.State is not GrantState.Ended)
            {
                await ForgetAsync(transaction, grant, cancellationToken);
            }
            else if (grant.State is GrantState.Scheduled && grant.StartsAt <= _desk.Now && grant.EndsAt > _desk.Now)
            {
                await _desk.NoteAsync(transaction, await _machine.StartAsync(transaction, grant, cancellationToken), "started", Actor.System, cancellationToken);
                done++;
            }
            else if (grant.State is not GrantState.Ended && grant.EndsAt <= _desk.Now
                && await _machine.EndAsync(transaction, grant, (grant.Ending ?? GrantEnding.Expired, grant.EndedWhy), cancellationToken) is { } ended)
            {
                await _desk.NoteAsync(transaction, ended, "ended", Actor.System, cancellationToken);
                done++;
            }
        }

        return done;
    }

    private async Task<int> MendAsync(Transaction transaction, ConnectorId connector, IReadOnlyList<TemporaryGrantId> ids, CancellationToken cancellationToken)
    {
        await GrantStore.LockAsync(transaction, connector, cancellationToken);
        var isGone = await _connectors.FindAsync(transaction, connector, cancellationToken) is null;
        var mended = 0;
        foreach (var id in ids)
        {
            var grant = (await GrantStore.FindAsync(transaction, id, cancellationToken))!;
            var task = grant.TaskId is { } taskId ? (await ProvisioningStore.ByIdAsync(transaction, [taskId], cancellationToken)).FirstOrDefault() : null;
            if (isGone)
            {
                await ForgetAsync(transaction, grant, cancellationToken);
                mended++;
            }
            else if (task is { State: ProvisioningState.Withdrawn } && grant.Provisioning is GrantProvisioning.Granting)
            {
                await GrantStore.UpdateAsync(transaction, grant with { Provisioning = GrantProvisioning.GrantFailed, Note = $"Somebody took change {task.Id} back." }, cancellationToken);
                mended++;
            }
            else if (task is { State: ProvisioningState.Withdrawn } && grant.Provisioning is GrantProvisioning.Revoking)
            {
                await GrantStore.UpdateAsync(transaction, grant with { Provisioning = GrantProvisioning.RevokeFailed, Note = $"Somebody took change {task.Id} back; it is tried again within an hour." }, cancellationToken);
                mended++;
            }
            else if (grant.Provisioning is GrantProvisioning.RevokeFailed && task is { State: ProvisioningState.Escalated or ProvisioningState.Withdrawn } && (task.EndedAt ?? task.RequestedAt) + RetryPause <= _desk.Now)
            {
                await _machine.RetryAsync(transaction, grant, cancellationToken);
                mended++;
            }
        }

        return mended;
    }

    /// <summary>The source was removed: nothing can be given or taken back through it any more, and nobody pretends otherwise.</summary>
    private async Task ForgetAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        var left = grant with
        {
            State = GrantState.Ended,
            Provisioning = GrantProvisioning.None,
            Ending = GrantEnding.Superseded,
            EndedAt = grant.EndedAt ?? _desk.Now,
            Note = "The source was removed; what was given through it was not taken back by Watchbill.",
        };
        await GrantStore.UpdateAsync(transaction, left, cancellationToken);
        await _desk.NoteAsync(transaction, left, "left-behind", Actor.System, cancellationToken);
    }
}
