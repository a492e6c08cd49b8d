using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>
/// The SQL of what was collected. As in the ledger, a read is staged page by page and compared by the database over sets when it came to its end: what reads
/// differently or is gone ends, what is new begins, and of what only counts the last value is kept.
/// </summary>
internal static class CollectedStore
{
    /// <summary>Rows that the collection is about and that hold now.</summary>
    private const string Held =
        """
        held.connector_id = @connector AND held.kind = @kind AND held.valid_to = @open
        AND (@by_part = 0 OR held.parent IN (SELECT read.part FROM collected_part AS read WHERE read.collection_id = @collection))
        """;

    /// <summary>Gone: not read again, although the read reached as far as the row shows life.</summary>
    private const string Gone =
        """
        NOT EXISTS (SELECT 1 FROM collected_staged AS staged WHERE staged.collection_id = @collection AND staged.key = held.key)
        AND (held.last_at IS NULL OR held.last_at >= @window)
        """;

    private const string Different =
        "EXISTS (SELECT 1 FROM collected_staged AS staged WHERE staged.collection_id = @collection AND staged.key = held.key AND staged.fingerprint <> held.fingerprint)";

    /// <summary>Staged and not held.</summary>
    private const string Beginning =
        """
        staged.collection_id = @collection AND NOT EXISTS (
            SELECT 1 FROM collected_row AS held WHERE held.connector_id = @connector AND held.kind = @kind AND held.key = staged.key AND held.valid_to = @open)
        """;

    private const string Content = "key, parent, fingerprint, name, state, at, last_at, document, counters";

    public static async Task StageAsync(Transaction transaction, CollectionId collection, IEnumerable<EvidenceItem> items, CancellationToken cancellationToken)
    {
        var rows = items.Select(item => StagedItem.From(collection, item)).DistinctBy(static row => row.Key, StringComparer.Ordinal).ToList();

        // A list that moved while it was read may give a row twice; the later reading counts.
        List<string> keys = [.. rows.Select(static row => row.Key)];
        await transaction.Connection.GetTable<StagedItem>().DeleteAsync(row => row.CollectionId == collection && keys.Contains(row.Key), cancellationToken);
        await transaction.InsertAllAsync(rows, cancellationToken);
    }

    public static async Task StagePartsAsync(Transaction transaction, CollectionId collection, IEnumerable<EvidencePart> parts, CancellationToken cancellationToken) =>
        await transaction.InsertAllAsync(
            parts.Select(part => new StagedPart { CollectionId = collection, Part = part.Key, Mark = part.Mark, IsGone = part.IsGone }), cancellationToken);

    public static async Task UnstageAsync(Transaction transaction, CollectionId collection, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<StagedItem>().DeleteAsync(row => row.CollectionId == collection, cancellationToken);
        await transaction.Connection.GetTable<StagedPart>().DeleteAsync(row => row.CollectionId == collection, cancellationToken);
    }

    /// <summary>How many rows a merge would close, and of how many.</summary>
    public static async Task<(long Gone, long Held)> CompareAsync(Transaction transaction, MergeScope scope, CancellationToken cancellationToken)
    {
        await Database.AnalyzeAsync(transaction, "collected_staged", cancellationToken);
        var counted = await transaction.Connection.QueryToListAsync<LossRow>(
            $"SELECT count(*) AS held, COALESCE(sum(CASE WHEN {Gone} THEN 1 ELSE 0 END), 0) AS gone FROM collected_row AS held WHERE {Held}", cancellationToken, Parameters(scope));
        return (counted[0].Gone, counted[0].Held);
    }

    /// <summary>Makes what was staged what holds since the collection began.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="scope">What was read.</param>
    /// <param name="seal">Takes every record that begins or ends.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<MergeCounts> MergeAsync(Transaction transaction, MergeScope scope, RowSeal seal, CancellationToken cancellationToken)
    {
        var gone = await EndAsync(transaction, scope, Gone, cancellationToken);
        var changed = await EndAsync(transaction, scope, Different, cancellationToken);
        await SealAsync(transaction, scope, seal, cancellationToken);
        await transaction.Connection.ExecuteAsync(
            $"""
            UPDATE collected_row AS held SET last_at = staged.last_at, counters = staged.counters
            FROM collected_staged AS staged
            WHERE {Held} AND staged.collection_id = @collection AND staged.key = held.key
            AND (staged.last_at IS DISTINCT FROM held.last_at OR staged.counters IS DISTINCT FROM held.counters)
            """,
            cancellationToken,
            Parameters(scope));
        var opened = await transaction.Connection.ExecuteAsync(
            $"""
            INSERT INTO collected_row (connector_id, kind, valid_from, valid_to, first_collection, {Content})
            SELECT @connector, @kind, @at, @open, @collection, {Content} FROM collected_staged AS staged
            WHERE {Beginning}
            """,
            cancellationToken,
            Parameters(scope));
        await RememberPartsAsync(transaction, scope, cancellationToken);
        await Database.AnalyzeAsync(transaction, "collected_row", cancellationToken);
        return new MergeCounts(opened - changed, changed, gone);
    }

    public static async Task<long> CountAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken) =>
        await Open(session, connector, kind).LongCountAsync(cancellationToken);

    /// <summary>So many rows fit the question, on all pages.</summary>
    public static async Task<long> CountAsync(DatabaseSession session, EvidenceQuestion question, CancellationToken cancellationToken) =>
        await Fitting(session, question).LongCountAsync(cancellationToken);

    /// <summary>The rows that hold at an instant: newest first, or by key, where any page costs the same.</summary>
    public static Task<List<CollectedRow>> ListAsync(DatabaseSession session, EvidenceQuestion question, CancellationToken cancellationToken)
    {
        var rows = Fitting(session, question);
        if (!question.ByKey)
        {
            return rows.OrderByDescending(row => row.At).ThenBy(row => row.Key).Skip(question.Skip).Take(question.Take).ToListAsync(cancellationToken);
        }

        rows = question.After is { } after ? rows.Where(row => row.Key.CompareTo(after) > 0) : rows;
        return rows.OrderBy(row => row.Key).Take(question.Take).ToListAsync(cancellationToken);
    }

    private static IQueryable<CollectedRow> Fitting(DatabaseSession session, EvidenceQuestion question)
    {
        var rows = Of(session, question.Connector, question.Kind);
        rows = question.At is { } at ? rows.Where(row => row.ValidFrom <= at && row.ValidTo > at) : Open(session, question.Connector, question.Kind);
        rows = question.Parent is { } parent ? rows.Where(row => row.Parent == parent) : rows;
        rows = question.State is { } state ? rows.Where(row => row.State == state) : rows;
        return question.Search is { Length: > 0 } search ? rows.Where(row => row.Key == search || Sql.Like(Sql.Lower(row.Name), TextPattern.Containing(search), TextPattern.Escape)) : rows;
    }

    /// <summary>All periods of one row, newest first.</summary>
    public static Task<List<CollectedRow>> HistoryAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, string key, CancellationToken cancellationToken) =>
        Of(session, connector, kind).Where(row => row.Key == key).OrderByDescending(row => row.ValidFrom).Take(1000).ToListAsync(cancellationToken);

    /// <summary>The states of what holds now and how often each occurs, most frequent first.</summary>
    public static async Task<List<EvidenceStateCount>> StatesAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken)
    {
        var states = await Open(session, connector, kind).Where(row => row.State != null)
            .GroupBy(row => row.State!).Select(group => new { State = group.Key, Count = group.LongCount() }).ToListAsync(cancellationToken);
        return [.. states.OrderByDescending(static row => row.Count).Select(static row => new EvidenceStateCount(row.State, row.Count))];
    }

    /// <summary>What holds now, by key: what was read of it and when it began.</summary>
    public static Task<List<CollectedRow>> OpenAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken) =>
        Open(session, connector, kind).OrderBy(row => row.Key).ToListAsync(cancellationToken);

    /// <summary>The keys of what holds now.</summary>
    public static Task<List<string>> KeysAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken) =>
        Open(session, connector, kind).Select(row => row.Key).ToListAsync(cancellationToken);

    /// <summary>The parts that were read, by key.</summary>
    public static Task<Dictionary<string, ReadPart>> PartsAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ReadPart>().Where(part => part.ConnectorId == connector && part.Kind == kind).ToDictionaryAsync(part => part.Part, cancellationToken);

    private static async Task RememberPartsAsync(Transaction transaction, MergeScope scope, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(
            """
            DELETE FROM evidence_part WHERE connector_id = @connector AND kind = @kind
            AND part IN (SELECT read.part FROM collected_part AS read WHERE read.collection_id = @collection)
            """,
            cancellationToken,
            Parameters(scope));
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO evidence_part (connector_id, kind, part, mark, read_at)
            SELECT @connector, @kind, read.part, read.mark, @at FROM collected_part AS read WHERE read.collection_id = @collection AND NOT read.is_gone
            """,
            cancellationToken,
            Parameters(scope));
    }

    private static IQueryable<CollectedRow> Of(DatabaseSession session, ConnectorId connector, EvidenceKind kind) =>
        session.Connection.GetTable<CollectedRow>().Where(row => row.ConnectorId == connector && row.Kind == kind);

    private static IQueryable<CollectedRow> Open(DatabaseSession session, ConnectorId connector, EvidenceKind kind)
    {
        // A local, because linq2db would not reuse a translated query that reads a static field.
        var openEnd = Conventions.OpenEnd;
        return Of(session, connector, kind).Where(row => row.ValidTo == openEnd);
    }

    /// <summary>Everything that is said of a record, but of what only counts: that is kept as it was read last.</summary>
    private static readonly string[] BeginColumns = ["at", "connector_id", "document", "fingerprint", "first_collection", "key", "kind", "name", "parent", "state", "valid_from"];

    /// <summary>How a record ended, and which.</summary>
    private static readonly string[] EndColumns = ["connector_id", "key", "kind", "last_collection", "valid_from", "valid_to"];

    /// <summary>Gives every record of every connector to the seal of the collection that began it, and of the one that ended it.</summary>
    public static Task SealAllAsync(ReadSession session, Func<long, RowSeal> sealOf, CancellationToken cancellationToken)
    {
        var (first, last) = (Array.IndexOf(BeginColumns, "first_collection"), BeginColumns.Length + Array.IndexOf(EndColumns, "last_collection"));
        return session.ForEachAsync(
            $"SELECT {string.Join(", ", [.. BeginColumns, .. EndColumns])} FROM collected_row",
            [],
            reader =>
            {
                sealOf(reader.GetInt64(first)).Row("begun", "collected").Take(BeginColumns, reader.GetValue);
                if (!reader.IsDBNull(last))
                {
                    sealOf(reader.GetInt64(last)).Row("ended", "collected").Take(EndColumns, index => reader.GetValue(BeginColumns.Length + index));
                }
            },
            cancellationToken);
    }

    /// <summary>Call it when records were ended, and before those that begin are there.</summary>
    private static async Task SealAsync(Transaction transaction, MergeScope scope, RowSeal seal, CancellationToken cancellationToken)
    {
        (string, object)[] values = [("connector", scope.Connector.Value), ("kind", scope.Kind.ToString()), ("collection", scope.Collection.Value), ("at", Conventions.ToMicroseconds(scope.At))];
        await transaction.ForEachAsync(
            $"SELECT {string.Join(", ", EndColumns)} FROM collected_row WHERE connector_id = @connector AND kind = @kind AND valid_to = @at AND last_collection = @collection",
            values,
            reader => seal.Row("ended", "collected").Take(EndColumns, reader.GetValue),
            cancellationToken);
        var staged = BeginColumns.Select(static column => column switch
        {
            "connector_id" => "@connector",
            "first_collection" => "@collection",
            "kind" => "@kind",
            "valid_from" => "@at",
            _ => $"staged.{column}",
        });
        await transaction.ForEachAsync(
            $"SELECT {string.Join(", ", staged)} FROM collected_staged AS staged WHERE {Beginning}",
            [.. values, ("open", Conventions.ToMicroseconds(Conventions.OpenEnd))],
            reader => seal.Row("begun", "collected").Take(BeginColumns, reader.GetValue),
            cancellationToken);
    }

    private static async Task<long> EndAsync(Transaction transaction, MergeScope scope, string which, CancellationToken cancellationToken) =>
        await transaction.Connection.ExecuteAsync(
            $"UPDATE collected_row AS held SET valid_to = @at, last_collection = @collection WHERE {Held} AND {which}", cancellationToken, Parameters(scope));

    private static DataParameter[] Parameters(MergeScope scope) =>
    [
        StoreParameters.Number("connector", scope.Connector.Value), StoreParameters.Text("kind", scope.Kind.ToString()), StoreParameters.Number("collection", scope.Collection.Value),
        StoreParameters.Number("at", Conventions.ToMicroseconds(scope.At)), StoreParameters.Open,
        StoreParameters.Number("window", scope.WindowStart is { } start ? Conventions.ToMicroseconds(start) : long.MinValue), StoreParameters.Number("by_part", scope.IsByPart ? 1 : 0),
    ];

    private sealed class LossRow
    {
        public long Held { get; init; }

        public long Gone { get; init; }
    }
}

/// <summary>What a merge is about.</summary>
/// <param name="Connector">Of which connector.</param>
/// <param name="Kind">Which kind of evidence.</param>
/// <param name="Collection">Which read.</param>
/// <param name="At">When it began: what it read holds since then.</param>
/// <param name="WindowStart">It reached back to here only: what showed life last before that is not gone because it was not read. Null when it reached everything.</param>
/// <param name="IsByPart">Only the parts that were read are compared.</param>
internal sealed record MergeScope(ConnectorId Connector, EvidenceKind Kind, CollectionId Collection, DateTimeOffset At, DateTimeOffset? WindowStart, bool IsByPart);

/// <summary>What a merge did.</summary>
/// <param name="Opened">Rows that were not known.</param>
/// <param name="Changed">Rows that read differently.</param>
/// <param name="Closed">Rows that are gone.</param>
internal sealed record MergeCounts(long Opened, long Changed, long Closed);

/// <summary>A row of what was collected.</summary>
internal sealed record CollectedRow
{
    public ConnectorId ConnectorId { get; init; }

    public EvidenceKind Kind { get; init; }

    public required string Key { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset ValidTo { get; init; }

    public CollectionId FirstCollection { get; init; }

    public long? LastCollection { get; init; }

    public string? Parent { get; init; }

    public long Fingerprint { get; init; }

    public required string Name { get; init; }

    public string? State { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public required string Document { get; init; }

    public string? Counters { get; init; }

    public EvidenceRecord ToRecord() => new()
    {
        Kind = Kind,
        Key = Key,
        Parent = Parent,
        Name = Name,
        State = State,
        At = At,
        LastAt = LastAt,
        Document = Document,
        Counters = Counters,
        From = ValidFrom,
        To = ValidTo == Conventions.OpenEnd ? null : ValidTo,
    };
}

/// <summary>An item that waits to be compared.</summary>
internal sealed class StagedItem
{
    public CollectionId CollectionId { get; init; }

    public required string Key { get; init; }

    public string? Parent { get; init; }

    public long Fingerprint { get; init; }

    public required string Name { get; init; }

    public string? State { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public required string Document { get; init; }

    public string? Counters { get; init; }

    public static StagedItem From(CollectionId collection, EvidenceItem item) => new()
    {
        CollectionId = collection,
        Key = item.Key,
        Parent = item.Parent,
        Fingerprint = item.Fingerprint(),
        Name = item.Name,
        State = item.State,
        At = Conventions.ToStoredPrecision(item.At),
        LastAt = Conventions.ToStoredPrecision(item.LastAt),
        Document = item.Document,
        Counters = item.Counters,
    };
}

/// <summary>A part that was read to its end.</summary>
internal sealed class StagedPart
{
    public CollectionId CollectionId { get; init; }

    public required string Part { get; init; }

    /// <inheritdoc cref="EvidencePart.Mark"/>
    public string? Mark { get; init; }

    public bool IsGone { get; init; }
}

/// <summary>When a part was read last.</summary>
internal sealed record ReadPart
{
    public ConnectorId ConnectorId { get; init; }

    public EvidenceKind Kind { get; init; }

    public required string Part { get; init; }

    /// <inheritdoc cref="EvidencePart.Mark"/>
    public string? Mark { get; init; }

    public DateTimeOffset ReadAt { get; init; }
}
