using System.Collections.Concurrent;
using Watchbill.Access.Queries;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Explore;

/// <summary>
/// Keeps the current picture of the organizations that were asked about last. Each question first asks the database, in one small query,
/// whether the ledger moved; so several nodes, and the command line beside them, stay right.
/// </summary>
public sealed class OrganizationPictures(Database database, TimeProvider clock) : IDisposable
{
    /// <summary>Pictures of large organizations that are kept. One of ten thousand members takes some tens of megabytes.</summary>
    private const int KeptLarge = 4;

    /// <summary>The longest that a picture which is no longer true is shown while the next one is loaded.</summary>
    private static readonly TimeSpan LongestBeside = TimeSpan.FromSeconds(10);

    private readonly PictureStore _store = new(database);
    private readonly ConcurrentDictionary<ConnectorId, Slot> _slots = [];

    /// <summary>Pictures of the past are made for one answer each, and few at a time.</summary>
    private readonly SemaphoreSlim _past = new(2);

    internal PictureStore Store => _store;

    /// <summary>Pictures kept in all; a small one takes a megabyte or two.</summary>
    internal int Kept { get; init; } = 64;

    /// <summary>
    /// The organization now. Loaded once however many ask at the same time. While a large one is loaded anew, everybody is shown what it was before, for
    /// seconds at most: readers should not wait because a sync ended, and a page says which instant it shows.
    /// </summary>
    public async Task<OrganizationPicture> CurrentAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(connector, static _ => new Slot());
        slot.UsedAt = clock.GetTimestamp();
        var version = await _store.VersionAsync(connector, cancellationToken);
        if (slot.Picture is { } picture && (picture.Version == version || (picture.IsLarge && LoadsBeside(connector, slot, version))))
        {
            return picture;
        }

        return await LoadAsync(connector, slot, version, cancellationToken);
    }

    /// <summary>The organization now, never what it was before: for what is kept of it.</summary>
    public async Task<OrganizationPicture> LatestAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(connector, static _ => new Slot());
        slot.UsedAt = clock.GetTimestamp();
        return await LoadAsync(connector, slot, await _store.VersionAsync(connector, cancellationToken), cancellationToken);
    }

    /// <summary>Begins to load, once, beside the questions that are answered meanwhile. Not true any more when that takes too long.</summary>
    private bool LoadsBeside(ConnectorId connector, Slot slot, LedgerVersion version)
    {
        lock (slot)
        {
            if (slot.Loading is not { } loading || loading.Version != version)
            {
                slot.Loading = loading = new Loading(version, clock.GetTimestamp(), Task.Run(() => LoadAsync(connector, slot, version, CancellationToken.None)));
            }

            return !loading.Task.IsFaulted && clock.GetElapsedTime(loading.Since) < LongestBeside;
        }
    }

    private async Task<OrganizationPicture> LoadAsync(ConnectorId connector, Slot slot, LedgerVersion version, CancellationToken cancellationToken)
    {
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            // What another question loaded meanwhile may be newer than the version asked for; loading again would be right too, only slower.
            if (slot.Picture is { } loaded && loaded.Version == version)
            {
                return loaded;
            }

            var rows = await _store.LoadAsync(connector, AsOf.Of(null, clock), cancellationToken);
            var picture = new OrganizationPicture(rows, isNow: true);
            picture.Prepare();
            slot.Picture = picture;
            Forget();

            // Not what the slot holds: whoever asks about another organization may have dropped it by now.
            return picture;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>The organization as it was at an instant; as it is now when that is still to come, of which nobody knows anything.</summary>
    public async Task<OrganizationPicture> AtAsync(ConnectorId connector, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await _past.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            return new OrganizationPicture(await _store.LoadAsync(connector, AsOf.Of(at < now ? at : now, clock), cancellationToken), isNow: false);
        }
        finally
        {
            _past.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _past.Dispose();

    /// <summary>Drops the pictures that nobody asked for longest.</summary>
    private void Forget()
    {
        var all = 0;
        var large = 0;
        foreach (var slot in _slots.Values.OrderByDescending(static slot => slot.UsedAt))
        {
            // Others drop and load meanwhile: looked at once.
            if (slot.Picture is { } picture && (++all > Kept || (picture.IsLarge && ++large > KeptLarge)))
            {
                slot.Picture = null;
            }
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public volatile OrganizationPicture? Picture;

        public long UsedAt { get; set; }

        public Loading? Loading { get; set; }
    }

    private sealed record Loading(LedgerVersion Version, long Since, Task Task);
}
