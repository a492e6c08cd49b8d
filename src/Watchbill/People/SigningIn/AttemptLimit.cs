using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>
/// Slows down guessing. An attempt is counted before it is judged, so that many at once cannot slip through together; one that succeeds takes
/// its count back. From the fifth on (twentieth for a network) each brings a pause of 1, 2, 4, 8, then 15 minutes, in which nothing is judged.
/// The counts live in the database: they survive a restart and hold for all nodes. A day without attempts forgets them.
/// </summary>
internal sealed class AttemptLimit(Database database, TimeProvider clock)
{
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly int[] Pauses = [1, 2, 4, 8, 15];

    /// <summary>Counts an attempt under every key. When one of them is in its pause, nothing is counted, and the refusal says how long it lasts.</summary>
    public Task<Refusal?> BeginAsync(IReadOnlyList<AttemptKey> keys, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => BeginAsync(transaction, keys, cancellationToken), cancellationToken);

    /// <inheritdoc cref="BeginAsync(IReadOnlyList{AttemptKey}, CancellationToken)"/>
    public async Task<Refusal?> BeginAsync(Transaction transaction, IReadOnlyList<AttemptKey> keys, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<AttemptRow> counted = [];
        foreach (var key in Ordered(keys))
        {
            await AttemptStore.LockAsync(transaction, key.Text, cancellationToken);
            var row = await AttemptStore.FindAsync(transaction, key.Text, cancellationToken);
            if (row?.PausedUntil is { } until && until > now)
            {
                return PeopleRefusals.TooManyAttempts(until - now);
            }

            counted.Add(Next(row, key, now));
        }

        foreach (var row in counted)
        {
            await AttemptStore.PutAsync(transaction, row, cancellationToken);
        }

        return null;
    }

    /// <summary>Forgets what failed under a key: its person proved who they are.</summary>
    public static async Task ForgetAsync(Transaction transaction, AttemptKey key, CancellationToken cancellationToken)
    {
        await AttemptStore.LockAsync(transaction, key.Text, cancellationToken);
        await AttemptStore.DeleteAsync(transaction, key.Text, cancellationToken);
    }

    /// <summary>
    /// Forgets what failed under a person's key, and takes one attempt back from their network's. Not all of them: whoever has an account could otherwise guess at others for ever. Locks are taken in the
    /// order in which attempts begin: of two who succeed at once, none waits for the other.
    /// </summary>
    public static async Task SucceedAsync(Transaction transaction, AttemptKey person, AttemptKey network, CancellationToken cancellationToken)
    {
        foreach (var key in Ordered([person, network]))
        {
            await AttemptStore.LockAsync(transaction, key.Text, cancellationToken);
        }

        await AttemptStore.DeleteAsync(transaction, person.Text, cancellationToken);
        if (await AttemptStore.FindAsync(transaction, network.Text, cancellationToken) is { } row)
        {
            await AttemptStore.PutAsync(transaction, row with { Count = Math.Max(0, row.Count - 1), PausedUntil = null }, cancellationToken);
        }
    }

    private static IEnumerable<AttemptKey> Ordered(IEnumerable<AttemptKey> keys) => keys.OrderBy(static key => key.Text, StringComparer.Ordinal);

    private static AttemptRow Next(AttemptRow? row, AttemptKey key, DateTimeOffset now)
    {
        var count = row is null || now - row.LastAt > Memory ? 1 : row.Count + 1;
        var beyond = count - key.Free;
        DateTimeOffset? until = beyond < 0 ? null : now.AddMinutes(Pauses[Math.Min(beyond, Pauses.Length - 1)]);
        return new AttemptRow { Key = key.Text, Count = count, LastAt = now, PausedUntil = until };
    }
}
