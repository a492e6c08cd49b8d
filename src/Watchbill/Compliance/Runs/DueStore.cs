using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>What is known of a connector that says whether its checks are due.</summary>
/// <param name="Connector">Which one.</param>
/// <param name="At">When anything that checks rest on moved last; null when nothing was ever read.</param>
/// <param name="CheckedAt">The instant that the latest run of checks is about; null when there was none.</param>
internal sealed record Move(ConnectorId Connector, DateTimeOffset? At, DateTimeOffset? CheckedAt);

/// <summary>The SQL of what is due.</summary>
internal static class DueStore
{
    /// <summary>
    /// All connectors, or one. One question for all of them, because every process asks every half minute; of runs only the newest is looked at, because there is one every hour for years.
    /// </summary>
    public static Task<List<Move>> MovesAsync(DatabaseSession session, ConnectorId? only, CancellationToken cancellationToken) => session.ReadAsync(
        """
        SELECT c.id,
            (SELECT finished_at FROM sync_run WHERE connector_id = c.id AND state IN ('Succeeded', 'Degraded') ORDER BY id DESC LIMIT 1),
            (SELECT max(ended_at) FROM collection WHERE connector_id = c.id),
            (SELECT max(valid_from) FROM check_parameter WHERE connector_id = c.id),
            (SELECT max(decided_at) FROM check_exception WHERE connector_id = c.id),
            (SELECT max(at) FROM log_acknowledgement WHERE connector_id = c.id),
            (SELECT max(at) FROM check_run WHERE connector_id = c.id)
        FROM connector AS c
        WHERE c.id = @only OR @only = 0
        ORDER BY c.id
        """,
        [("only", only?.Value ?? 0)],
        static row => new Move(new ConnectorId(row.GetInt64(0)), new[] { row.Instant(1), row.Instant(2), row.Instant(3), row.Instant(4), row.Instant(5) }.Max(), row.Instant(6)),
        cancellationToken);
}
