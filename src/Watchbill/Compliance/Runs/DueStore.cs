using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>The SQL of what is due.</summary>
internal static class DueStore
{
    /// <summary>When anything that checks rest on moved last; null when nothing was ever read.</summary>
    public static async Task<DateTimeOffset?> MovedAtAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) => (await session.ReadAsync(
        """
        SELECT max(at) FROM (
            SELECT max(finished_at) AS at FROM sync_run WHERE connector_id = @connector AND state IN ('Succeeded', 'Degraded')
            UNION ALL SELECT max(ended_at) FROM collection WHERE connector_id = @connector AND state <> 'Running'
            UNION ALL SELECT max(valid_from) FROM check_parameter WHERE connector_id = @connector
            UNION ALL SELECT max(decided_at) FROM check_exception WHERE connector_id = @connector
            UNION ALL SELECT max(at) FROM log_acknowledgement WHERE connector_id = @connector
        ) AS moves
        """,
        [("connector", connector.Value)], static row => row.Instant(0), cancellationToken))[0];
}
