using System.Collections.Concurrent;
using Watchbill.Access;
using Watchbill.Access.Explore;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests.Drifts;

/// <summary>
/// Compares the ledger with what was granted, each time the ledger moved: what somebody gave, took or changed in Sentry beside Watchbill is found at the next read. Only a
/// read that began after the grant was proven, or was taken back, says anything.
/// </summary>
public sealed class FindDrift
{
    /// <summary>For so long after its end, access that comes back is an alarm. What somebody gives later is access like any other.</summary>
    internal static readonly TimeSpan Watched = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<ConnectorId, LedgerVersion> _compared = [];
    private readonly Database _database;
    private readonly OrganizationPictures _pictures;
    private readonly GrantMachine _machine;
    private readonly DriftBook _book;
    private readonly RequestDesk _desk;

    internal FindDrift(Database database, OrganizationPictures pictures, GrantMachine machine, DriftBook book, RequestDesk desk)
    {
        _database = database;
        _pictures = pictures;
        _machine = machine;
        _book = book;
        _desk = desk;
    }

    /// <summary>Compares every organization whose ledger moved since it was compared last.</summary>
    /// <returns>How many differences were found that were not known.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        List<ConnectorId> connectors;
        await using (var session = _database.OpenRead())
        {
            connectors = await DriftStore.ConnectorsAsync(session, _desk.Now - Watched, cancellationToken);
        }

        var found = 0;
        foreach (var connector in connectors)
        {
            var version = await _pictures.Store.VersionAsync(connector, cancellationToken);
            if (_compared.TryGetValue(connector, out var compared) && compared == version)
            {
                continue;
            }

            var picture = await _pictures.LatestAsync(connector, cancellationToken);
            found += picture.IsUnread ? 0 : await _database.InTransactionAsync(transaction => CompareAsync(transaction, connector, picture, cancellationToken), cancellationToken);
            _compared[connector] = version;
        }

        return found;
    }

    private async Task<int> CompareAsync(Transaction transaction, ConnectorId connector, OrganizationPicture picture, CancellationToken cancellationToken)
    {
        await GrantStore.LockAsync(transaction, connector, cancellationToken);
        var (roles, reads) = (new PlaceRoles(picture.Graph), picture.Freshness.Scopes.ToDictionary(static scope => scope.Scope, StringComparer.Ordinal));
        var standing = (await DriftStore.StandingAsync(transaction, connector, cancellationToken)).ToLookup(static row => row.GrantId);
        var found = 0;
        foreach (var place in (await DriftStore.WatchedAsync(transaction, connector, _desk.Now - Watched, cancellationToken)).GroupBy(static grant => (grant.Member, grant.Kind, grant.Team)))
        {
            List<GrantRow> grants = [.. place];
            if (grants.Exists(static grant => grant.Provisioning is not (GrantProvisioning.Granted or GrantProvisioning.Revoked)) || NowOf(grants[0], roles, picture, reads) is not { } now)
            {
                continue;
            }

            var known = grants.SelectMany(grant => standing[grant.Id]).ToList();
            found += PlaceDrift.Of(roles, grants, now) switch
            {
                (true, { } drift) => await FoundAsync(transaction, grants, known, drift, cancellationToken),
                (true, null) => await PassedAsync(transaction, [.. known.Where(row => row.Kind is not DriftKind.CameBack || !grants.Exists(static grant => grant.State is GrantState.Active))], now, cancellationToken),
                _ => 0,
            };
        }

        return found;
    }

    private async Task<int> FoundAsync(Transaction transaction, IReadOnlyList<GrantRow> place, IReadOnlyList<DriftRow> known, PlaceDrift drift, CancellationToken cancellationToken)
    {
        var grant = place.Where(static one => one.State is GrantState.Active).MaxBy(static one => one.ProvenAt) ?? place.MaxBy(static one => one.RevokedAt)!;
        if (drift.Kind is not DriftKind.RemovedOutside && known.FirstOrDefault(static row => row.State is DriftState.Open) is { } open)
        {
            await DriftBook.FollowAsync(transaction, open, place.First(one => one.Id == open.GrantId), drift.Role, cancellationToken);
            return 0;
        }

        if (known.Any(row => row.State is DriftState.Accepted && row.FoundRole == drift.Role && row.GrantId == grant.Id && row.DecidedAt >= (grant.RevokedAt ?? DateTimeOffset.MaxValue)))
        {
            return 0;
        }

        var own = await DriftStore.OwnChangeAsync(transaction, grant, grant.RevokedAt ?? grant.ProvenAt!.Value, cancellationToken);
        if (drift.Kind is DriftKind.RemovedOutside)
        {
            await LostAsync(transaction, [.. place.Where(static one => one.State is GrantState.Active)], own is null ? "Somebody took it away in Sentry." : $"Change {own.Id} took it away: {own.Reason}", cancellationToken);
        }

        if (own is not null)
        {
            return 0;
        }

        await _book.OpenAsync(transaction, grant, drift.Kind, drift.Role, cancellationToken);
        return 1;
    }

    private async Task LostAsync(Transaction transaction, IReadOnlyList<GrantRow> active, string why, CancellationToken cancellationToken)
    {
        foreach (var grant in active)
        {
            await _machine.LostAsync(transaction, grant, why, cancellationToken);
        }
    }

    /// <summary>Nothing differs any more: what was open is over, unless the read is older than it.</summary>
    private async Task<int> PassedAsync(Transaction transaction, IReadOnlyList<DriftRow> known, PlaceNow now, CancellationToken cancellationToken)
    {
        foreach (var row in known.Where(row => row.State is DriftState.Open && row.FoundAt < now.ReadAt))
        {
            await _book.EndAsync(transaction, row with { State = DriftState.Gone }, Actor.System, cancellationToken);
        }

        return 0;
    }

    /// <summary>The place by the ledger; null when nothing was read of it.</summary>
    private static PlaceNow? NowOf(GrantRow grant, PlaceRoles roles, OrganizationPicture picture, Dictionary<string, ScopeFreshness> reads)
    {
        // A member who left is on no team, and a team that is gone has no members: the lists of both say so.
        var scope = grant.Team is not { } team || picture.Graph.FindMember(grant.Member) is null ? Scope.Members
            : picture.Graph.FindTeam(team) is null ? Scope.Teams
            : Scope.TeamMembers(team);
        return reads.GetValueOrDefault(scope)?.LastCompleteAt is { } read ? roles.Now(grant.Member, new AccessTarget(grant.Kind, grant.Team, grant.Role), read) : null;
    }
}
