using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Postures;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>The SQL of runs and of what they said.</summary>
internal static class CheckRunStore
{
    private const int AtOnce = 500;

    /// <summary>The newest run of a connector; null when there was none.</summary>
    public static Task<CheckRunRow?> LatestAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        Runs(session, connector).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A run; null when there is none with this id.</summary>
    public static Task<CheckRunRow?> FindAsync(DatabaseSession session, CheckRunId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckRunRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The newest runs.</summary>
    public static Task<List<CheckRunRow>> ListAsync(DatabaseSession session, ConnectorId connector, int limit, CancellationToken cancellationToken) =>
        Runs(session, connector).OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);

    /// <summary>What each check said in the last run of each day since an instant, oldest first.</summary>
    public static async Task<IReadOnlyList<DailyOutcomes>> DailyAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var runs = await Runs(session, connector).Where(row => row.At >= since).OrderBy(row => row.Id).Select(static row => new { row.Id, row.At }).ToListAsync(cancellationToken);
        var daily = runs.GroupBy(static run => DateOnly.FromDateTime(run.At.UtcDateTime)).Select(static day => day.Last()).ToList();
        var ids = daily.Select(static run => run.Id).ToList();
        var outcomes = (await session.Connection.GetTable<CheckLineRow>().Where(row => ids.Contains(row.RunId)).Select(static row => new { row.RunId, row.CheckId, row.Outcome }).ToListAsync(cancellationToken))
            .ToLookup(static line => line.RunId);
        return [.. daily.Select(run => new DailyOutcomes(run.At, outcomes[run.Id].ToDictionary(static line => line.CheckId, static line => line.Outcome, StringComparer.Ordinal)))];
    }

    /// <summary>What a run rested on, by the word of each input.</summary>
    public static SortedDictionary<string, InputState> InputsOf(CheckRunRow run) => JsonSerializer.Deserialize(run.Inputs, ComplianceJson.Default.SortedDictionaryStringInputState)!;

    /// <summary>Whether there was a run about an earlier instant.</summary>
    public static Task<bool> AnyBeforeAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset before, CancellationToken cancellationToken) =>
        Runs(session, connector).AnyAsync(row => row.At < before, cancellationToken);

    public static Task<List<CheckLineRow>> LinesAsync(DatabaseSession session, IReadOnlyCollection<CheckRunId> runs, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckLineRow>().Where(row => runs.Contains(row.RunId)).ToListAsync(cancellationToken);

    public static async Task<CheckRunId> InsertAsync(Transaction transaction, CheckRunRow run, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(run, token: cancellationToken));

    public static Task InsertAsync(Transaction transaction, IEnumerable<CheckLineRow> lines, CancellationToken cancellationToken) =>
        transaction.InsertAllAsync(lines, cancellationToken);

    /// <summary>What holds of one check: enough to compare with.</summary>
    public static async Task<Dictionary<(ResourceKind Kind, string Key), (CheckOutcome Outcome, string? Reason, string Name, CheckExceptionId? Exception)>> HeldAsync(
        Transaction transaction, ConnectorId connector, string check, CancellationToken cancellationToken)
    {
        var rows = await Open(transaction, connector).Where(row => row.CheckId == check)
            .Select(static row => new { row.ResourceKind, row.ResourceKey, row.Outcome, row.Reason, row.ResourceName, row.ExceptionId }).ToListAsync(cancellationToken);
        return rows.ToDictionary(
            static row => (row.ResourceKind, row.ResourceKey),
            static row => (row.Outcome, row.Reason, row.ResourceName, row.ExceptionId is { } id ? new CheckExceptionId(id) : (CheckExceptionId?)null));
    }

    /// <summary>Ends what does not hold any more.</summary>
    public static async Task CloseAsync(
        Transaction transaction, CheckRunRow run, string check, IEnumerable<(ResourceKind Kind, string Key)> resources, CancellationToken cancellationToken)
    {
        foreach (var kind in resources.GroupBy(static resource => resource.Kind))
        {
            foreach (var keys in kind.Select(static resource => resource.Key).Chunk(AtOnce))
            {
                await Open(transaction, run.ConnectorId).Where(row => row.CheckId == check && row.ResourceKind == kind.Key && keys.Contains(row.ResourceKey))
                    .Set(row => row.ValidTo, run.At).Set(row => row.LastRun, (long?)run.Id.Value).UpdateAsync(cancellationToken);
            }
        }
    }

    public static Task OpenAsync(Transaction transaction, IReadOnlyCollection<CheckResultRow> results, CancellationToken cancellationToken) =>
        results.Count == 0 ? Task.CompletedTask : transaction.InsertAllAsync(results, cancellationToken);

    /// <summary>What one check said of its resources, as of an instant or now; those that fail first.</summary>
    public static async Task<(List<CheckResultRow> Rows, long Count)> ResultsAsync(DatabaseSession session, ResultSearch search, CancellationToken cancellationToken)
    {
        var rows = search.At is { } at
            ? session.Connection.GetTable<CheckResultRow>().Where(row => row.ConnectorId == search.Connector && row.ValidFrom <= at && row.ValidTo > at)
            : Open(session, search.Connector);
        rows = search.CheckId is { } check ? rows.Where(row => row.CheckId == check) : rows;
        rows = search.Outcome is { } outcome ? rows.Where(row => row.Outcome == outcome) : rows;
        if (search.Text?.ToLowerInvariant() is { Length: > 0 } text)
        {
            rows = rows.Where(row => Sql.Lower(row.ResourceName)!.Contains(text) || row.ResourceKey == search.Text);
        }

        var count = await rows.LongCountAsync(cancellationToken);
        return (await rows.OrderBy(row => row.Outcome == CheckOutcome.Fail ? 0 : row.Outcome == CheckOutcome.NotEvaluated ? 1 : row.Outcome == CheckOutcome.Excepted ? 2 : 3)
            .ThenBy(row => row.CheckId).ThenBy(row => row.ResourceName).ThenBy(row => row.ResourceKey).Skip(search.Skip).Take(search.Take).ToListAsync(cancellationToken), count);
    }

    /// <summary>Something that fails: of one resource, or any of the check's; null when nothing does.</summary>
    public static Task<CheckResultRow?> FailureAsync(DatabaseSession session, ConnectorId connector, string check, ResourceName? resource, CancellationToken cancellationToken)
    {
        var failing = Open(session, connector).Where(row => row.CheckId == check && row.Outcome == CheckOutcome.Fail);
        if (resource is { Kind: var kind, Key: var key })
        {
            failing = failing.Where(row => row.ResourceKind == kind && row.ResourceKey == key);
        }

        return failing.FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What changed for the worse or the better at or after an instant: resources that began to fail, and those that ceased.</summary>
    public static Task<List<CheckResultRow>> BeganAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset since, int limit, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckResultRow>().Where(row => row.ConnectorId == connector && row.ValidFrom >= since && row.Outcome == CheckOutcome.Fail)
            .OrderByDescending(row => row.ValidFrom).ThenBy(row => row.CheckId).Take(limit).ToListAsync(cancellationToken);

    /// <inheritdoc cref="BeganAsync"/>
    public static Task<List<CheckResultRow>> CeasedAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<CheckResultRow>()
            .Where(row => row.ConnectorId == connector && row.ValidTo >= since && row.ValidTo != openEnd && row.Outcome == CheckOutcome.Fail)
            .OrderByDescending(row => row.ValidTo).ThenBy(row => row.CheckId).Take(limit).ToListAsync(cancellationToken);
    }

    private static IQueryable<CheckRunRow> Runs(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<CheckRunRow>().Where(row => row.ConnectorId == connector);

    private static IQueryable<CheckResultRow> Open(DatabaseSession session, ConnectorId connector)
    {
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<CheckResultRow>().Where(row => row.ConnectorId == connector && row.ValidTo == openEnd);
    }
}

/// <summary>What each check said at the end of a day.</summary>
internal sealed record DailyOutcomes(DateTimeOffset At, IReadOnlyDictionary<string, CheckOutcome> Checks);

/// <summary>Which results to list.</summary>
/// <param name="Connector">Of which connector.</param>
public sealed record ResultSearch(ConnectorId Connector)
{
    /// <summary>The most results on one page.</summary>
    public const int MostRows = 1000;

    /// <summary>Only those of this check; null for all.</summary>
    public string? CheckId { get; init; }

    /// <summary>Only those with this outcome; null for all.</summary>
    public CheckOutcome? Outcome { get; init; }

    /// <summary>Only those whose resource's name holds this, or whose key it is; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>As of when; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>So many are passed over.</summary>
    public int Skip { get; init; }

    /// <summary>So many at most.</summary>
    public int Take { get; init; } = 100;
}
