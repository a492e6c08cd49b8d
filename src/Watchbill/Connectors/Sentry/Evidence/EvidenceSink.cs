using Watchbill.Evidence;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>Takes what a reader reads and keeps it aside in batches, so that neither the memory nor a transaction grows with the list.</summary>
internal sealed class EvidenceSink(EvidenceBook book, OpenCollection collection) : IDisposable
{
    private const int BatchSize = 1000;

    private readonly List<EvidenceItem> _batch = new(BatchSize);
    private readonly List<EvidencePart> _parts = [];
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>So many rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>When the collection began.</summary>
    public DateTimeOffset StartedAt => collection.StartedAt;

    /// <summary>The issue it is about; null for everything of the kind.</summary>
    public string? Part => collection.Start.Part;

    /// <inheritdoc cref="CollectionResult.Reported"/>
    public long? Reported { get; set; }

    /// <inheritdoc cref="CollectionResult.Remaining"/>
    public long Remaining { get; set; }

    /// <inheritdoc cref="CollectionResult.WindowStart"/>
    public DateTimeOffset? WindowStart { get; set; }

    /// <inheritdoc cref="CollectionResult.Note"/>
    public string? Note { get; set; }

    /// <summary>Takes rows; may be called by several readers at once.</summary>
    public async Task AddAsync(IEnumerable<EvidenceItem> items, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            foreach (var item in items)
            {
                _batch.Add(item);
                Rows++;
            }

            if (_batch.Count >= BatchSize)
            {
                await FlushAsync(cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Takes the rows of one part, which was read to its end.</summary>
    public async Task AddPartAsync(EvidencePart part, IEnumerable<EvidenceItem> items, CancellationToken cancellationToken)
    {
        await AddAsync(items, cancellationToken);
        lock (_parts)
        {
            _parts.Add(part);
        }
    }

    /// <summary>Keeps the rest aside.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        if (_parts.Count > 0)
        {
            await book.StagePartsAsync(collection, _parts, cancellationToken);
        }
    }

    /// <summary>How far it is; may be asked at any moment.</summary>
    public CollectionProgress Progress(int requests) => new(requests, Rows, Reported);

    public CollectionResult Result(int requests) =>
        new() { Requests = requests, Rows = Rows, Reported = Reported, Remaining = Remaining, WindowStart = WindowStart, Note = Note };

    public void Dispose() => _one.Dispose();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await book.StageAsync(collection, _batch, cancellationToken);
        _batch.Clear();
    }
}
