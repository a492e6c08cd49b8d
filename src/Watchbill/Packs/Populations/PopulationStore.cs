using System.Data.Common;
using Watchbill.Access;
using Watchbill.Evidence;
using Watchbill.Storage;

namespace Watchbill.Packs.Populations;

/// <summary>The SQL of populations: rows pass by, none is kept.</summary>
internal static class PopulationStore
{
    /// <summary>A complete read of Sentry that a population rests on.</summary>
    public sealed record SourceRead(string What, DateTimeOffset ReadAt, long Requests, long Rows);

    /// <summary>Passes every row of a population, in its order.</summary>
    public static Task ForEachAsync(PackScope scope, Population population, Action<PopulationStoreRow> row) => scope.Session.ForEachAsync(
        population.Sql,
        [.. Parameters(scope).Where(parameter => population.Sql.Contains('@' + parameter.Name, StringComparison.Ordinal))],
        reader => row(new PopulationStoreRow(reader)),
        scope.CancellationToken);

    /// <summary>The complete read that a population rests on; null when there was none before the end of the period.</summary>
    public static async Task<SourceRead?> SourceAsync(PackScope scope, Population population)
    {
        if (population.Kind is { } kind)
        {
            return await CollectionStore.CompleteAtAsync(scope.Session, scope.Id, kind.Kind, scope.AsOf, scope.CancellationToken) is { } row
                ? new SourceRead(row.ToCollection().Query ?? kind.Reads, row.StartedAt, row.Requests, row.Rows) : null;
        }

        if (population.Scope is not { } name)
        {
            return null;
        }

        // What is read team by team is one read: that of the last run that read any.
        var which = name == Scope.TeamMembersFamily ? "s.scope LIKE @scope" : "s.scope = @scope";
        const string complete = "r.connector_id = @connector AND s.read_at <= @at AND s.outcome IN ('Unchanged', 'Applied')";
        var reads = await scope.Session.ReadAsync(
            $"""
            SELECT min(s.read_at), sum(s.requests), sum(s.rows) FROM sync_scope s JOIN sync_run r ON r.id = s.run_id WHERE {complete} AND {which}
            AND s.run_id = (SELECT max(s.run_id) FROM sync_scope s JOIN sync_run r ON r.id = s.run_id WHERE {complete} AND {which})
            """,
            [("connector", scope.Id.Value), ("at", Conventions.ToMicroseconds(scope.AsOf)), ("scope", name == Scope.TeamMembersFamily ? name + ":%" : name)],
            row => row.IsDBNull(0) ? null : new SourceRead(name, row.Instant(0)!.Value, Convert.ToInt64(row.GetValue(1), null), Convert.ToInt64(row.GetValue(2), null)),
            scope.CancellationToken);
        return reads.Single();
    }

    private static IEnumerable<(string Name, object Value)> Parameters(PackScope scope) =>
    [
        ("connector", scope.Id.Value), ("at", Conventions.ToMicroseconds(scope.AsOf)), ("from", Conventions.ToMicroseconds(scope.Request.From)), ("to", Conventions.ToMicroseconds(scope.Request.To)),
        ("run_at", Conventions.ToMicroseconds(scope.Run.At)), ("far", Conventions.ToMicroseconds(Conventions.OpenEnd) - 1),
    ];
}

/// <summary>A row that passes by.</summary>
internal readonly record struct PopulationStoreRow(DbDataReader Reader)
{
    public bool IsNull(int column) => Reader.IsDBNull(column);

    public string Text(int column) => Reader.GetString(column);

    public long Number(int column) => Reader.GetInt64(column);

    public bool Flag(int column) => Reader.GetBoolean(column);

    public DateTimeOffset Instant(int column) => Conventions.FromMicroseconds(Reader.GetInt64(column));
}
