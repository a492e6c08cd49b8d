using System.Globalization;
using System.Net;
using Watchbill.Access;
using Watchbill.Access.Logged;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Brings the kept part of Sentry's audit log up to now, and further back until the organization's beginning. The log is listed newest first, so what is new costs one
/// request mostly. Lines are kept as they are read; how far the log reaches is written only when nothing between is missing, so that a read which was
/// cut off is made again and nothing is taken for complete that is not.
/// </summary>
internal sealed class AuditLogReader(SentryClient client, ReadRequest request, LoggedStore store, RequestPlan plan, TimeProvider clock)
{
    /// <summary>Lines may be written a little later than the time they carry; so much is read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private const int SlicesAtOnce = 4;

    /// <summary>A first page with fewer lines is the whole log.</summary>
    private const int FullPage = 100;

    /// <summary>Sentry is not older.</summary>
    private static readonly DateTimeOffset Beginning = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>History may take so many pages of one run; the rest is for the next, so that the log never holds up what people wait for.</summary>
    private const int MostHistoryPages = 200;

    private readonly TaskCompletionSource _newestArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoggedReach? _reach;
    private IReadOnlyList<IPNetwork> _networks = [];
    private int _added;
    private int _historyPages;

    /// <summary>How long a slice of history is; twice as long wherever the slices before took one page each, so that quiet years cost few requests.</summary>
    private TimeSpan _slice = TimeSpan.FromDays(30);

    /// <summary>What came of it, in one sentence.</summary>
    public string? Note { get; private set; }

    /// <summary>Ends when the newest lines have arrived; never, when they cannot be read.</summary>
    public Task NewestArrived => _newestArrived.Task;

    /// <summary>
    /// Reads the newest lines before anything else is read: what they tell is in all the reads that begin after <see cref="NewestArrived"/>, so that the next run need not
    /// read it again.
    /// </summary>
    public async Task<Observation> BeginAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        plan.Add(1);
        _networks = await store.KnownNetworksAsync(request.Connector, cancellationToken);
        _reach = await ReadNewAsync(readAt, await store.ReachAsync(request.Connector, cancellationToken), cancellationToken);
        return new Observation(Scope.AuditLog, readAt, [], []);
    }

    /// <summary>Reads the history that is not kept yet and, when everything else was read, the newest lines: they explain what those reads saw.</summary>
    /// <param name="readAt">When the read began.</param>
    /// <param name="created">When the organization was made; null when Sentry does not tell.</param>
    /// <param name="others">Ends when everything else was read.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Observation> EndAsync(DateTimeOffset readAt, DateTimeOffset? created, Task others, CancellationToken cancellationToken)
    {
        var reach = _reach ?? throw new InvalidOperationException("The newest lines come first.");
        while (!reach.IsWhole && _historyPages < MostHistoryPages)
        {
            reach = await ReadHistoryAsync(reach, created ?? Beginning, cancellationToken);
        }

        await Task.WhenAny(others).WaitAsync(cancellationToken);
        reach = await ReadNewAsync(readAt, reach, cancellationToken);
        Note = $"{_added.ToString("N0", CultureInfo.InvariantCulture)} new lines; kept {(reach.IsWhole ? "from the beginning" : $"back to {reach.Since.UtcDateTime:yyyy-MM-dd}, more with the next run")}.";
        return new Observation(Scope.AuditLog, readAt, [], []);
    }

    /// <summary>Reads only what is new: mostly one request. For a log that is kept already.</summary>
    /// <param name="readAt">When the read began.</param>
    /// <param name="prove">Called before anything is kept when not one line of the first page is known: is this still the same organization?</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Observation> CatchUpAsync(DateTimeOffset readAt, Func<CancellationToken, Task> prove, CancellationToken cancellationToken)
    {
        _networks = await store.KnownNetworksAsync(request.Connector, cancellationToken);
        var reach = await store.ReachAsync(request.Connector, cancellationToken);
        await ReadNewAsync(readAt, reach, cancellationToken, prove);
        Note = _added == 0 ? "No new line." : $"{_added.ToString("N0", CultureInfo.InvariantCulture)} new lines.";
        return new Observation(Scope.AuditLog, readAt, [], []);
    }

    /// <summary>Reads from the newest line to those that are kept already; where none are, one page.</summary>
    private async Task<LoggedReach> ReadNewAsync(
        DateTimeOffset readAt, LoggedReach? kept, CancellationToken cancellationToken, Func<CancellationToken, Task>? prove = null)
    {
        DateTimeOffset? newest = null;
        var (oldest, whole) = (readAt, true);
        await foreach (var page in client.AuditLogs.List(request.OrganizationSlug).Pages(cancellationToken))
        {
            _newestArrived.TrySetResult();
            var lines = LinesOf(page);
            if (prove is not null && newest is null && !await store.AnyKeptAsync(request.Connector, lines, cancellationToken))
            {
                await prove(cancellationToken);
            }

            await KeepAsync(lines, cancellationToken);
            newest ??= lines.Count > 0 ? lines[0].At : null;
            oldest = lines.Count > 0 ? lines[^1].At : oldest;
            if (kept is null || oldest < kept.Through - Overlap)
            {
                whole = kept is null && page.Count < FullPage;
                break;
            }

            plan.Add(1);
        }

        var reach = new LoggedReach
        {
            ConnectorId = request.Connector,
            Since = kept?.Since ?? oldest,
            Through = newest ?? kept?.Through ?? readAt,
            IsWhole = whole || kept is { IsWhole: true },
        };
        await store.MoveAsync(reach, cancellationToken);
        return reach;
    }

    /// <summary>Reads a few slices further back, all of them to their end before any counts.</summary>
    private async Task<LoggedReach> ReadHistoryAsync(LoggedReach reach, DateTimeOffset created, CancellationToken cancellationToken)
    {
        var (length, before) = (_slice, _historyPages);
        var from = reach.Since - (length * SlicesAtOnce);
        await Task.WhenAll(Enumerable.Range(0, SlicesAtOnce).Select(slice => ReadSliceAsync(from + (length * slice), from + (length * (slice + 1)), cancellationToken)));
        _slice = _historyPages - before <= SlicesAtOnce ? length * 2 : length;
        var further = reach with { Since = from, IsWhole = from <= created };
        await store.MoveAsync(further, cancellationToken);
        return further;
    }

    private async Task ReadSliceAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        // A second more at either end: whether Sentry counts the ends in is not documented, and a line read twice is kept once.
        var filter = new SentryAuditFilter { Start = start.AddSeconds(-1), End = end.AddSeconds(1) };
        await foreach (var page in client.AuditLogs.List(request.OrganizationSlug, filter).Pages(cancellationToken))
        {
            plan.Add(1);
            Interlocked.Increment(ref _historyPages);
            await KeepAsync(LinesOf(page), cancellationToken);
        }
    }

    private async Task KeepAsync(IReadOnlyList<LoggedEvent> lines, CancellationToken cancellationToken) =>
        Interlocked.Add(ref _added, await store.AddAsync(request.Connector, lines, cancellationToken));

    private List<LoggedEvent> LinesOf(IReadOnlyList<SentryAuditEntry> page)
    {
        var seenAt = clock.GetUtcNow();
        return [.. page.Select(entry => AuditLogMapping.Of(request.Connector, entry, seenAt, _networks))];
    }
}
