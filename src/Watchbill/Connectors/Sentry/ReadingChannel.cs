using System.Threading.Channels;

namespace Watchbill.Connectors.Sentry;

internal static class ReadingChannel
{
    /// <summary>Hands a reading over as soon as it is there.</summary>
    /// <returns>Whether the scope was read to its end.</returns>
    public static async Task<bool> EmitAsync(this ChannelWriter<ScopeReading> readings, Task<ScopeReading> pending, CancellationToken cancellationToken)
    {
        var reading = await pending;
        await readings.WriteAsync(reading, cancellationToken);
        return reading.Observation is not null;
    }
}
