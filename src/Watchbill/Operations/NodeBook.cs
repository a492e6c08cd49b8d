using System.Reflection;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Operations;

/// <summary>Which processes work on this database: each says every few seconds that it lives.</summary>
public sealed class NodeBook
{
    /// <summary>How often a process gives a sign of life.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Whoever gave none for so long is not counted as alive.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    /// <summary>So long somebody who died is shown.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly NodeRow _self;

    internal NodeBook(Database database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _self = new NodeRow { Name = ProcessName.Current(), Version = ThisVersion, Schema = Migrator.Latest, StartedAt = clock.GetUtcNow() };
    }

    /// <summary>The version of this process.</summary>
    public static string ThisVersion { get; } = typeof(NodeBook).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>This process lives; those that died long ago are forgotten.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => _database.InTransactionAsync(
        async transaction =>
        {
            var now = _clock.GetUtcNow();
            await NodeStore.BeatAsync(transaction, _self with { SeenAt = now }, cancellationToken);
            await NodeStore.ForgetAsync(transaction, now - Memory, cancellationToken);
        },
        cancellationToken);

    /// <summary>This process ends.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) =>
        _database.InTransactionAsync(transaction => NodeStore.RemoveAsync(transaction, _self.Name, cancellationToken), cancellationToken);

    internal static async Task<IReadOnlyList<NodeStatus>> ListAsync(DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await NodeStore.ListAsync(session, cancellationToken)).Select(row => new NodeStatus(row.Name, row.Version, row.Schema, row.StartedAt, row.SeenAt, row.SeenAt > now - Silence))];
}
