using System.Runtime.CompilerServices;

namespace Watchbill.Kernel;

/// <summary>Looking again and again at what any process may change: the database is asked, whichever process writes it.</summary>
public static class Watching
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What is read, once a second. Ends after some minutes, when whoever watches asks again: whether they may still look is then asked again too.
    /// </summary>
    /// <param name="read">Reads.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="stopping">Ends it in good order.</param>
    /// <param name="cancellationToken">They stopped watching.</param>
    public static async IAsyncEnumerable<T> EverySecondAsync<T>(
        Func<CancellationToken, Task<T>> read, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        using var timer = new PeriodicTimer(Poll, clock);
        var until = clock.GetUtcNow() + Longest;
        do
        {
            yield return await read(cancellationToken);
        }
        while (clock.GetUtcNow() < until && await timer.TickAsync(ended.Token));
    }
}
