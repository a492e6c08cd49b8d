using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>
/// Writes what is collected. Complete or nothing: a collection stages what it reads and makes it hold, in one transaction, when it came to its proven end;
/// killed at any line, it leaves what was kept before. One process at a time reads a kind of evidence of a connector.
/// </summary>
public sealed class EvidenceBook
{
    /// <summary>What the audit log says when a collection changed what is kept.</summary>
    internal const string Collected = "evidence-collected";

    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;
    private readonly string _owner = ProcessName.Current();

    internal EvidenceBook(Database database, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Begins a collection.</summary>
    /// <param name="start">What is to be read, for whom.</param>
    /// <param name="cancellationToken">Stops it; nothing is begun then.</param>
    /// <returns>A refusal when another process reads it now.</returns>
    public async Task<Result<OpenCollection>> StartAsync(CollectionStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var now = Conventions.ToStoredPrecision(_clock.GetUtcNow());
        return await _database.InTransactionAsync<Result<OpenCollection>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"collection {start.Connector} {start.Kind}", cancellationToken);
                foreach (var running in await CollectionStore.RunningAsync(transaction, start.Connector, start.Kind, cancellationToken))
                {
                    if (!ProcessName.HasLeft(running.Owner, running.LeaseUntil, now))
                    {
                        return EvidenceRefusals.AlreadyCollecting(EvidenceKinds.Of(start.Kind));
                    }

                    await CollectionStore.InterruptAsync(transaction, running, now, cancellationToken);
                    await CollectedStore.UnstageAsync(transaction, running.Id, cancellationToken);
                }

                var id = await CollectionStore.InsertAsync(transaction, RowOf(start, now), cancellationToken);
                return new OpenCollection(id, start, now);
            },
            cancellationToken);
    }

    /// <summary>Keeps rows aside until the collection ends. A row given twice counts once, as it was given last.</summary>
    public Task StageAsync(OpenCollection collection, IReadOnlyList<EvidenceItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return items.Count == 0
            ? Task.CompletedTask
            : _database.InTransactionAsync(transaction => CollectedStore.StageAsync(transaction, collection.Id, items, cancellationToken), cancellationToken);
    }

    /// <summary>Says which parts, issues, releases or projects, were read to their end: only their rows are compared.</summary>
    public Task StagePartsAsync(OpenCollection collection, IReadOnlyCollection<EvidencePart> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return _database.InTransactionAsync(transaction => CollectedStore.StagePartsAsync(transaction, collection.Id, parts, cancellationToken), cancellationToken);
    }

    /// <summary>Makes what was staged what holds. Where too much of what was kept would be gone, nothing is, and the collection has failed.</summary>
    /// <exception cref="CollectionLostException">Another process took it over; nothing was written.</exception>
    public async Task<Collection> CompleteAsync(OpenCollection collection, CollectionResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(result);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                var (connector, kind) = (collection.Start.Connector, collection.Start.Kind);
                var scope = new MergeScope(connector, kind, collection.Id, collection.StartedAt, result.WindowStart, EvidenceKinds.Of(kind).Part is not null);
                var loss = await CollectedStore.CompareAsync(transaction, scope, cancellationToken);
                if (!collection.Start.AcceptsLoss && LossGuard.Reason(loss.Gone, loss.Held) is { } reason)
                {
                    return await EndAsync(transaction, collection, EndOf(result, CollectionState.Failed) with { Note = reason, FailureCode = LossGuard.Code }, cancellationToken);
                }

                var seal = new RowSeal();
                var merged = await CollectedStore.MergeAsync(transaction, scope, seal, cancellationToken);
                await NoteAsync(transaction, collection, merged, seal, cancellationToken);

                // Counted once here instead of by everybody who looks: there may be half a million.
                var end = EndOf(result, CollectionState.Complete) with
                {
                    Kept = await CollectedStore.CountAsync(transaction, connector, kind, cancellationToken),
                    States = JsonSerializer.Serialize(await CollectedStore.StatesAsync(transaction, connector, kind, cancellationToken), EvidenceJson.Default.ListEvidenceStateCount),
                    Merged = merged,
                    Note = result.Note,
                };
                return await EndAsync(transaction, collection, end, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Ends a collection that did not come to its end. What was kept before stays as it was.</summary>
    /// <exception cref="CollectionLostException">Another process took it over; nothing was written.</exception>
    public Task<Collection> FailAsync(OpenCollection collection, CollectionState state, CollectionResult result, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(result);
        return _database.InTransactionAsync(
            transaction => EndAsync(transaction, collection, EndOf(result, state) with { Note = result.Note, FailureCode = code }, cancellationToken), cancellationToken);
    }

    /// <summary>Says that the collection still goes on, and how far it is.</summary>
    /// <returns>False when another process took it over: stop at once.</returns>
    public Task<bool> TryRenewAsync(OpenCollection collection, TimeSpan lease, CollectionProgress soFar, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(soFar);
        return CollectionStore.TryRenewAsync(_database, new CollectionLease(collection.Id, _owner), _clock.GetUtcNow() + lease, soFar, cancellationToken);
    }

    /// <summary>What was read and changed nothing is told by the collection alone.</summary>
    private async Task NoteAsync(Transaction transaction, OpenCollection collection, MergeCounts merged, RowSeal seal, CancellationToken cancellationToken)
    {
        if (merged is { Opened: 0, Changed: 0, Closed: 0 })
        {
            return;
        }

        var start = collection.Start;
        var record = new CollectedAuditRecord(start.Connector.Value, EvidenceKinds.Of(start.Kind).Name, merged.Opened, merged.Changed, merged.Closed) { Digest = seal.Digest() };
        var noted = new AuditEvent
        {
            Actor = start.Actor,
            Action = Collected,
            SubjectKind = "collection",
            SubjectId = collection.Id.ToString(),
            After = JsonSerializer.Serialize(record, EvidenceAuditJson.Default.CollectedAuditRecord),
        };
        await _audit.AppendAsync(transaction, noted, cancellationToken);
    }

    private async Task<Collection> EndAsync(Transaction transaction, OpenCollection collection, CollectionEnd end, CancellationToken cancellationToken)
    {
        await CollectedStore.UnstageAsync(transaction, collection.Id, cancellationToken);
        var start = collection.Start;
        if (!await CollectionStore.TryEndAsync(transaction, new CollectionLease(collection.Id, _owner), end, cancellationToken))
        {
            throw new CollectionLostException(collection.Id);
        }

        if (end.State is not CollectionState.Interrupted)
        {
            await CollectionStore.AnsweredAsync(transaction, start.Connector, start.Kind, start.Part ?? "", collection.StartedAt, cancellationToken);
        }

        var row = await CollectionStore.ListAsync(transaction, start.Connector, start.Kind, before: null, limit: 1, cancellationToken);
        return row[0].ToCollection();
    }

    private CollectionEnd EndOf(CollectionResult result, CollectionState state) => new()
    {
        State = state,
        At = _clock.GetUtcNow(),
        Requests = result.Requests,
        Rows = result.Rows,
        Remaining = result.Remaining,
        Reported = result.Reported,
    };

    private CollectionRow RowOf(CollectionStart start, DateTimeOffset now) => new()
    {
        ConnectorId = start.Connector,
        Kind = start.Kind,
        Part = start.Part ?? "",
        State = CollectionState.Running,
        StartedAt = now,
        Query = start.Query,
        ActorKind = start.Actor.Kind.ToString(),
        ActorId = start.Actor.Id,
        ActorFrom = start.Actor.From,
        Owner = _owner,
        LeaseUntil = now + start.Lease,
    };
}

/// <summary>What is to be collected.</summary>
public sealed record CollectionStart
{
    /// <summary>From which connector.</summary>
    public required ConnectorId Connector { get; init; }

    /// <summary>Which kind.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The issue it is about; null for everything of the kind.</summary>
    public string? Part { get; init; }

    /// <inheritdoc cref="Collection.Query"/>
    public string? Query { get; init; }

    /// <inheritdoc cref="Collection.Actor"/>
    public required Actor Actor { get; init; }

    /// <summary>Without a sign of life for so long, another process may take over.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Whether much may be gone without asking.</summary>
    public bool AcceptsLoss { get; init; }
}

/// <summary>A collection that this process reads.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Start">What it is about.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record OpenCollection(CollectionId Id, CollectionStart Start, DateTimeOffset StartedAt);

/// <summary>A part that was read to its end: an issue, a release or a project.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Mark">How it looked then, to tell later whether to read it again; null when time alone tells.</param>
/// <param name="IsGone">It is not there any more, and nor are its rows.</param>
public sealed record EvidencePart(string Key, string? Mark = null, bool IsGone = false);

/// <summary>How far a collection is.</summary>
/// <param name="Requests">So many requests so far.</param>
/// <param name="Rows">So many rows so far; a list that must be read twice to be sure of it tells them at its end.</param>
/// <param name="Reported">So many rows Sentry itself says there are; null when it does not count them, or was not asked yet.</param>
public sealed record CollectionProgress(long Requests, long Rows, long? Reported);

/// <summary>What a collection read.</summary>
public sealed record CollectionResult
{
    /// <inheritdoc cref="Collection.Requests"/>
    public long Requests { get; init; }

    /// <inheritdoc cref="Collection.Rows"/>
    public long Rows { get; init; }

    /// <inheritdoc cref="Collection.Remaining"/>
    public long Remaining { get; init; }

    /// <inheritdoc cref="Collection.Reported"/>
    public long? Reported { get; init; }

    /// <summary>It reached back to here only; null when it reached everything.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <inheritdoc cref="Collection.Note"/>
    public string? Note { get; init; }
}

/// <summary>Another process took the collection over; whatever this one still wanted to write must not be written.</summary>
public sealed class CollectionLostException(CollectionId collection) : Exception($"Collection {collection} was taken over by another process.");
