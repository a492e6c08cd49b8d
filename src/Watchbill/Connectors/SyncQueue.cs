using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>
/// Does the syncs that were asked for. Several processes may ask it side by side: each row is claimed by one. A row whose holder died is claimed
/// anew, and the run goes on from what was read; a run that another command's process left behind is taken up the same way.
/// </summary>
public sealed class SyncQueue
{
    /// <summary>Of these one is ours, unless so many others were quicker in the same moment; then the next look has more.</summary>
    private const int Candidates = 16;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly SyncRequestStore _requests;
    private readonly SyncRunStore _runs;
    private readonly RequestSync _request;
    private readonly SyncOrganization _sync;
    private readonly SyncOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _owner = ProcessName.Current();

    internal SyncQueue(SyncRequestStore requests, SyncRunStore runs, RequestSync request, SyncOrganization sync, SyncOptions options, TimeProvider clock)
    {
        _requests = requests;
        _runs = runs;
        _request = request;
        _sync = sync;
        _options = options;
        _clock = clock;
    }

    /// <summary>Asks for the runs again whose process died and that nobody asked for since.</summary>
    public async Task TakeUpOrphansAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        foreach (var run in (await _runs.RunningAsync(cancellationToken)).Where(run => ProcessName.HasLeft(run.Owner, run.LeaseUntil, now)))
        {
            await _request.RunAsync(run.ConnectorId, run.Mode, Caller.System, cancellationToken);
        }
    }

    /// <summary>Claims the longest due request that nobody works on.</summary>
    /// <returns>The claim, to be given to <see cref="RunAsync"/>; null when there is nothing to do.</returns>
    public async Task<SyncClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return await ClaimOneAsync(await _requests.FreeAsync(now, Candidates, cancellationToken), now, cancellationToken)
            ?? await ClaimOneAsync((await _requests.HeldAsync(cancellationToken)).Where(row => row.DueAt <= now && HasLeft(row, now)), now, cancellationToken);
    }

    private async Task<SyncClaim?> ClaimOneAsync(IEnumerable<SyncRequestRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (await _requests.TryClaimAsync(row, _owner, now + _options.Lease, cancellationToken))
            {
                return new SyncClaim(row.ConnectorId, row.AskedMode(), row.Actor());
            }
        }

        return null;
    }

    /// <summary>Runs the sync to its end. Stopped, it leaves the request for whoever comes next; nothing is marked as failed.</summary>
    /// <returns>The run; a refusal when there was nothing to run any more, or not yet.</returns>
    public async Task<Result<SyncRun>> RunAsync(SyncClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var caller = new Caller(claim.Actor, [Right.ManageConnectors]);
        try
        {
            Result<SyncRun> result;
            await using (new LeaseKeeper(token => _requests.TryRenewAsync(claim.Connector, _owner, _clock.GetUtcNow() + _options.Lease, token), _options.Lease / 3, _clock, stop))
            {
                result = await _sync.RunAsync(claim.Connector, claim.Mode, caller, progress: null, stop.Token);
            }

            await EndAsync(claim, result.Refusal, cancellationToken);
            return result;
        }
        catch (OperationCanceledException)
        {
            await _requests.ReleaseAsync(claim.Connector, _owner, _clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
        catch (Exception)
        {
            // A bug, or a database that is gone: the run says so itself; asking again at once would only fail again.
            await _requests.DoneAsync(claim.Connector, _owner, CancellationToken.None);
            throw;
        }
    }

    private Task EndAsync(SyncClaim claim, Refusal? refusal, CancellationToken cancellationToken) => refusal?.Code == SyncRefusals.AlreadyRunningCode
        ? _requests.ReleaseAsync(claim.Connector, _owner, _clock.GetUtcNow() + Again, cancellationToken)
        : _requests.DoneAsync(claim.Connector, _owner, cancellationToken);

    /// <summary>Whose lease has not ended, but who died on this machine: nobody has to wait for them.</summary>
    private bool HasLeft(SyncRequestRow row, DateTimeOffset now) => row.LeaseUntil >= now && row.Owner != _owner && ProcessName.IsGone(row.Owner!);
}

/// <summary>A sync that this process does.</summary>
/// <param name="Connector">Of which connector.</param>
/// <param name="Mode">How much to read; null for what is due.</param>
/// <param name="Actor">Who asked for it.</param>
public sealed record SyncClaim(ConnectorId Connector, SyncMode? Mode, Actor Actor);
