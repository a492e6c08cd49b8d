using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Gathers readings, so that a thousand small teams do not cost a thousand commits. A process that is killed has to read again what
/// arrived since the last batch: at most a second's worth.
/// </summary>
internal static class ReadingBatches
{
    private const int Most = 128;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<List<ScopeReading>> Of(
        ChannelReader<ScopeReading> readings, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await readings.WaitToReadAsync(cancellationToken))
        {
            using var full = new CancellationTokenSource(Longest, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(full.Token, cancellationToken);
            yield return await GatherAsync(readings, either.Token, cancellationToken);
        }
    }

    private static async Task<List<ScopeReading>> GatherAsync(ChannelReader<ScopeReading> readings, CancellationToken enough, CancellationToken cancellationToken)
    {
        List<ScopeReading> batch = [];
        try
        {
            do
            {
                while (batch.Count < Most && readings.TryRead(out var reading))
                {
                    batch.Add(reading);
                }
            }
            while (batch.Count < Most && await readings.WaitToReadAsync(enough));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough; what has gathered goes.
        }

        return batch;
    }
}
