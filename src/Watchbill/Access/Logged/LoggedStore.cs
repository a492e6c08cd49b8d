using System.Net;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Logged;

/// <summary>Sentry's audit log in the database. Lines are added while they are read, each once; only <see cref="LoggedReach"/> says what may be relied on.</summary>
internal sealed class LoggedStore(Database database)
{
    /// <summary>How much of the log is kept; null when it was never read.</summary>
    public async Task<LoggedReach?> ReachAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return (await session.ReadWholeAsync<LoggedReach>("SELECT * FROM logged_reach WHERE connector_id = @connector", [("connector", connector.Value)], cancellationToken)).FirstOrDefault();
    }

    /// <summary>Whether any of the log is kept.</summary>
    public static Task<bool> IsKeptAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        session.Connection.GetTable<LoggedReach>().AnyAsync(reach => reach.ConnectorId == connector, cancellationToken);

    /// <summary>Whether any of these lines is kept already.</summary>
    public async Task<bool> AnyKeptAsync(ConnectorId connector, IReadOnlyList<LoggedEvent> events, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        List<long> ids = [.. events.Select(static logged => logged.EntryId)];
        return await Events(session, connector).AnyAsync(logged => ids.Contains(logged.EntryId), cancellationToken);
    }

    /// <summary>Adds the lines that are not kept yet; returns how many that were.</summary>
    public async Task<int> AddAsync(ConnectorId connector, IReadOnlyList<LoggedEvent> events, CancellationToken cancellationToken) =>
        events.Count == 0 ? 0 : await database.InTransactionAsync(async transaction =>
        {
            // Slices of history overlap and are added at once: what one of them adds, the other must see.
            await Database.LockAsync(transaction, $"logged:{connector}", cancellationToken);
            List<long> ids = [.. events.Select(static logged => logged.EntryId).Distinct()];
            var known = await Events(transaction, connector).Where(logged => ids.Contains(logged.EntryId)).Select(static logged => logged.EntryId).ToListAsync(cancellationToken);
            var added = events.DistinctBy(static logged => logged.EntryId).ExceptBy(known, static logged => logged.EntryId).ToList();
            await transaction.InsertAllAsync(added, cancellationToken);
            return added.Count;
        }, cancellationToken);

    /// <summary>The lines that were seen after an instant and tell of something not long before another; oldest first.</summary>
    public async Task<IReadOnlyList<LoggedEvent>> SeenAfterAsync(ConnectorId connector, DateTimeOffset seen, DateTimeOffset happened, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await Events(session, connector).Where(logged => logged.SeenAt > seen && logged.At > happened)
            .OrderBy(logged => logged.At).ThenBy(logged => logged.EntryId).ToListAsync(cancellationToken);
    }

    /// <summary>The networks that changes of this organization may come from; none when nobody said so.</summary>
    public async Task<IReadOnlyList<IPNetwork>> KnownNetworksAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await session.ReadAsync(
            "SELECT cidr FROM known_network WHERE connector_id = @connector", [("connector", connector.Value)], static row => IPNetwork.Parse(row.GetString(0)), cancellationToken);
    }

    /// <summary>Says which networks are known from now on.</summary>
    public static async Task SetNetworksAsync(Transaction transaction, ConnectorId connector, IEnumerable<IPNetwork> networks, CancellationToken cancellationToken)
    {
        await Networks(transaction, connector).DeleteAsync(cancellationToken);
        await transaction.InsertAllAsync(networks.Distinct().Select(network => new KnownNetwork { ConnectorId = connector, Cidr = network.ToString() }), cancellationToken);
    }

    /// <summary>When each user last did something that the log tells, by user id.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastActsAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        (await Events(session, connector).Where(static logged => logged.ActorUserId != null).GroupBy(static logged => logged.ActorUserId!)
            .Select(static group => new { User = group.Key, Last = group.Max(logged => logged.At) }).ToListAsync(cancellationToken))
        .ToDictionary(static row => row.User, static row => row.Last, StringComparer.Ordinal);

    /// <summary>Says how much of the log is kept from now on.</summary>
    public Task MoveAsync(LoggedReach reach, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => transaction.Connection.InsertOrReplaceAsync(reach, token: cancellationToken), cancellationToken);

    /// <summary>The lines of a time, oldest first.</summary>
    public static async Task<IReadOnlyList<LoggedEvent>> BetweenAsync(
        DatabaseSession session, ConnectorId connector, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        await Events(session, connector).Where(logged => logged.At >= from && logged.At <= until).OrderBy(logged => logged.At).ThenBy(logged => logged.EntryId).ToListAsync(cancellationToken);

    public static async Task ExplainAsync(Transaction transaction, IReadOnlyCollection<FactCause> causes, CancellationToken cancellationToken) =>
        await transaction.InsertAllAsync(causes, cancellationToken);

    /// <summary>The lines that explain beginnings and ends of facts with these keys.</summary>
    public static async Task<IReadOnlyList<(FactCause Cause, LoggedEvent Event)>> CausesAsync(
        DatabaseSession session, ConnectorId connector, FactKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var found = await session.Connection.GetTable<FactCause>().Where(cause => cause.ConnectorId == connector && cause.Kind == kind && keys.Contains(cause.Key))
            .Join(Events(session, connector), static cause => cause.EntryId, static logged => logged.EntryId, static (cause, logged) => new { Cause = cause, Event = logged })
            .ToListAsync(cancellationToken);
        return [.. found.Select(static row => (row.Cause, row.Event))];
    }

    private static IQueryable<KnownNetwork> Networks(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<KnownNetwork>().Where(row => row.ConnectorId == connector);

    private static IQueryable<LoggedEvent> Events(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<LoggedEvent>().Where(logged => logged.ConnectorId == connector);
}

/// <summary>A network that changes may come from.</summary>
internal sealed class KnownNetwork
{
    public ConnectorId ConnectorId { get; init; }

    public required string Cidr { get; init; }
}
