using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Reads of evidence and those that were asked for. A running one belongs to the process that holds its lease; every write of it is guarded by that.</summary>
internal static class CollectionStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(CollectionState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(EvidenceKind), typeof(string));
        builder.Entity<CollectionRow>().HasTableName("collection").HasIdentityKey(row => row.Id);
        builder.Entity<CollectionRequestRow>().HasTableName("collection_request").HasPrimaryKey(row => new { row.ConnectorId, row.Kind, row.Part });
        builder.Entity<CollectedRow>().HasTableName("collected_row").HasPrimaryKey(row => new { row.ConnectorId, row.Kind, row.Key, row.ValidFrom });
        builder.Entity<StagedItem>().HasTableName("collected_staged");
        builder.Entity<StagedPart>().HasTableName("collected_part");
        builder.Entity<ReadPart>().HasTableName("evidence_part").HasPrimaryKey(row => new { row.ConnectorId, row.Kind, row.Part });
    });

    public static Task<List<CollectionRow>> RunningAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken) =>
        Collections(session, connector).Where(row => row.Kind == kind && row.State == CollectionState.Running).ToListAsync(cancellationToken);

    public static async Task<CollectionId> InsertAsync(Transaction transaction, CollectionRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static async Task<bool> TryRenewAsync(
        Database database, CollectionLease lease, DateTimeOffset until, CollectionProgress soFar, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Mine(connection, lease)
            .Set(row => row.LeaseUntil, until)
            .Set(row => row.Requests, soFar.Requests)
            .Set(row => row.Rows, soFar.Rows)
            .Set(row => row.Reported, soFar.Reported)
            .UpdateAsync(cancellationToken) == 1;
    }

    /// <summary>Ends a collection, if it is still this process's.</summary>
    public static async Task<bool> TryEndAsync(Transaction transaction, CollectionLease lease, CollectionEnd end, CancellationToken cancellationToken) =>
        await Mine(transaction.Connection, lease)
            .Set(row => row.State, end.State)
            .Set(row => row.EndedAt, end.At)
            .Set(row => row.Requests, end.Requests)
            .Set(row => row.Rows, end.Rows)
            .Set(row => row.Kept, end.Kept)
            .Set(row => row.States, end.States)
            .Set(row => row.Remaining, end.Remaining)
            .Set(row => row.Reported, end.Reported)
            .Set(row => row.Opened, end.Merged.Opened)
            .Set(row => row.Changed, end.Merged.Changed)
            .Set(row => row.Closed, end.Merged.Closed)
            .Set(row => row.Note, end.Note)
            .Set(row => row.FailureCode, end.FailureCode)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Takes a collection away from a process that is gone.</summary>
    public static Task InterruptAsync(Transaction transaction, CollectionRow running, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<CollectionRow>().Where(row => row.Id == running.Id && row.State == CollectionState.Running)
            .Set(row => row.State, CollectionState.Interrupted)
            .Set(row => row.EndedAt, now)
            .Set(row => row.Note, "Its process ended before it did.")
            .UpdateAsync(cancellationToken);

    /// <summary>The newest collections, of one kind or of all.</summary>
    public static Task<List<CollectionRow>> ListAsync(
        DatabaseSession session, ConnectorId connector, EvidenceKind? kind, CollectionId? before, int limit, CancellationToken cancellationToken)
    {
        var rows = Collections(session, connector);
        rows = kind is { } one ? rows.Where(row => row.Kind == one) : rows;
        rows = before is { } id ? rows.Where(row => IsBefore(row.Id, id)) : rows;
        return rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The latest collection of each kind: of those that were complete, and of all.</summary>
    public static async Task<IReadOnlyList<CollectionRow>> LatestAsync(DatabaseSession session, ConnectorId connector, bool complete, CancellationToken cancellationToken)
    {
        var rows = complete ? Collections(session, connector).Where(row => row.State == CollectionState.Complete) : Collections(session, connector);
        var latest = rows.GroupBy(row => row.Kind).Select(group => group.Max(row => row.Id));
        return await session.Connection.GetTable<CollectionRow>().Where(row => latest.Contains(row.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>The last complete collection of a kind that began at or before the instant; null when there was none.</summary>
    public static Task<CollectionRow?> CompleteAtAsync(DatabaseSession session, ConnectorId connector, EvidenceKind kind, DateTimeOffset at, CancellationToken cancellationToken) =>
        Collections(session, connector).Where(row => row.Kind == kind && row.State == CollectionState.Complete && row.StartedAt <= at)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    public static IQueryable<CollectionRequestRow> Requests(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<CollectionRequestRow>().Where(row => row.ConnectorId == connector);

    public static Task<List<CollectionRequestRow>> RequestsAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        Requests(session, connector).OrderBy(row => row.RequestedAt).ThenBy(row => row.Kind).ToListAsync(cancellationToken);

    /// <summary>Asks for a read; whoever asks again changes nothing but what is accepted.</summary>
    public static Task<List<ConnectorId>> AskedConnectorsAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CollectionRequestRow>().Select(row => row.ConnectorId).Distinct().ToListAsync(cancellationToken);

    public static async Task AskAsync(Transaction transaction, CollectionRequestRow request, CancellationToken cancellationToken) =>
        await transaction.Connection.InsertOrReplaceAsync(request, token: cancellationToken);

    public static Task AnsweredAsync(Transaction transaction, ConnectorId connector, EvidenceKind kind, string part, DateTimeOffset asked, CancellationToken cancellationToken) =>
        Requests(transaction, connector).Where(row => row.Kind == kind && row.Part == part && row.RequestedAt <= asked).DeleteAsync(cancellationToken);

    public static Task ForgetRequestsAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        Requests(transaction, connector).DeleteAsync(cancellationToken);

    private static IQueryable<CollectionRow> Collections(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<CollectionRow>().Where(row => row.ConnectorId == connector);

    private static IQueryable<CollectionRow> Mine(DataConnection connection, CollectionLease lease) =>
        connection.GetTable<CollectionRow>().Where(row => row.Id == lease.Id && row.Owner == lease.Owner && row.State == CollectionState.Running);

    [Sql.Expression("{0} < {1}", IsPredicate = true, ServerSideOnly = true)]
    private static bool IsBefore(CollectionId one, CollectionId other) => throw new InvalidOperationException("Only the database compares.");
}

/// <summary>The right of one process to write one collection.</summary>
internal sealed record CollectionLease(CollectionId Id, string Owner);

/// <summary>How a collection ends.</summary>
internal sealed record CollectionEnd
{
    public required CollectionState State { get; init; }

    public DateTimeOffset At { get; init; }

    public long Requests { get; init; }

    public long Rows { get; init; }

    public long Kept { get; init; }

    /// <inheritdoc cref="CollectionRow.States"/>
    public string? States { get; init; }

    public long Remaining { get; init; }

    public long? Reported { get; init; }

    public MergeCounts Merged { get; init; } = new(0, 0, 0);

    public string? Note { get; init; }

    public string? FailureCode { get; init; }
}

/// <summary>A row of the collections' table.</summary>
internal sealed record CollectionRow
{
    public CollectionId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public EvidenceKind Kind { get; init; }

    /// <summary>The issue it is about; empty for all.</summary>
    public required string Part { get; init; }

    public CollectionState State { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Query { get; init; }

    public long Requests { get; init; }

    public long Rows { get; init; }

    public long Kept { get; init; }

    /// <summary>How often each state occurs among what holds since then, as JSON; null unless it was complete.</summary>
    public string? States { get; init; }

    public long Remaining { get; init; }

    public long? Reported { get; init; }

    public long Opened { get; init; }

    public long Changed { get; init; }

    public long Closed { get; init; }

    public string? Note { get; init; }

    public string? FailureCode { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public required string Owner { get; init; }

    public DateTimeOffset LeaseUntil { get; init; }

    public Collection ToCollection() => new()
    {
        Id = Id,
        ConnectorId = ConnectorId,
        Kind = Kind,
        Part = Part.Length == 0 ? null : Part,
        State = State,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        Query = Query,
        Requests = Requests,
        Rows = Rows,
        Kept = Kept,
        States = States is null ? [] : JsonSerializer.Deserialize(States, EvidenceJson.Default.ListEvidenceStateCount)!,
        Remaining = Remaining,
        Reported = Reported,
        Opened = Opened,
        Changed = Changed,
        Closed = Closed,
        Note = Note,
        FailureCode = FailureCode,
        LeaseUntil = LeaseUntil,
        Actor = new Actor(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom),
    };
}

/// <summary>A read of evidence that was asked for and not done yet.</summary>
internal sealed record CollectionRequestRow
{
    public ConnectorId ConnectorId { get; init; }

    public EvidenceKind Kind { get; init; }

    /// <inheritdoc cref="CollectionRow.Part"/>
    public required string Part { get; init; }

    /// <summary>Whoever asks knows that much is gone and wants it so.</summary>
    public bool AcceptsLoss { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public Actor Actor() => new(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom);
}
