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
    /// <summary>Pictures kept. One of ten thousand members takes some tens of megabytes.</summary>
    private const int Kept = 4;

    private readonly PictureStore _store = new(database);
    private readonly ConcurrentDictionary<ConnectorId, Slot> _slots = [];

    /// <summary>Pictures of the past are made for one answer each, and few at a time.</summary>
    private readonly SemaphoreSlim _past = new(2);

    internal PictureStore Store => _store;

    /// <summary>The organization now. Loaded once however many ask at the same time.</summary>
    public async Task<OrganizationPicture> CurrentAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(connector, static _ => new Slot());
        slot.UsedAt = clock.GetTimestamp();
        var version = await _store.VersionAsync(connector, cancellationToken);
        if (slot.Picture is { } picture && picture.Version == version)
        {
            return picture;
        }

        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            if (slot.Picture is not { } loaded || loaded.Version != version)
            {
                // What another question loaded meanwhile may be newer than the version asked for; loading again would be right too, only slower.
                var rows = await _store.LoadAsync(connector, AsOf.Of(null, clock), cancellationToken);
                slot.Picture = new OrganizationPicture(rows, isNow: true);
                Forget();
            }

            return slot.Picture;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>The organization as it was at an instant.</summary>
    public async Task<OrganizationPicture> AtAsync(ConnectorId connector, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await _past.WaitAsync(cancellationToken);
        try
        {
            return new OrganizationPicture(await _store.LoadAsync(connector, AsOf.Of(at, clock), cancellationToken), isNow: false);
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
        foreach (var (_, slot) in _slots.Where(static entry => entry.Value.Picture is not null).OrderByDescending(static entry => entry.Value.UsedAt).Skip(Kept))
        {
            slot.Picture = null;
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public volatile OrganizationPicture? Picture;

        public long UsedAt { get; set; }
    }
}
