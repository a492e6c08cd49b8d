using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Watchbill.Sentry.Transport;

/// <summary>Reads the body of a success straight from the network into its shape, and says what is wrong when it has another.</summary>
internal static class BodyReader
{
    public static async Task<T> ReadAsync<T>(SentryRequest request, BoundedStream body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw Failures.NotSentry(request, null);
        }
        catch (JsonException unreadable)
        {
            throw Explain(request, body, type, unreadable);
        }
    }

    private static SentryException Explain<T>(SentryRequest request, BoundedStream body, JsonTypeInfo<T> type, JsonException unreadable)
    {
        var expected = type.Kind == JsonTypeInfoKind.Enumerable ? (byte)'[' : (byte)'{';
        if (body.FirstVisible != expected)
        {
            return Failures.NotSentry(request, null);
        }
        var looksWhole = body.LastVisible is (byte)']' or (byte)'}';
        return body.AtEnd && !looksWhole ? Failures.Truncated(request) : Failures.InvalidJson(request, $"at {unreadable.Path ?? "an unknown place"}");
    }
}
