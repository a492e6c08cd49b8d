using System.Globalization;
using System.Net.Http.Headers;

namespace Watchbill.Sentry.Transport;

/// <summary>What an answer says about the length of the list it is a page of.</summary>
internal static class CountHeaders
{
    /// <summary>Null when Sentry did not count.</summary>
    public static SentryCount? Read(HttpResponseHeaders headers) =>
        Number(headers, "X-Hits") is { } rows ? new SentryCount(rows, Number(headers, "X-Max-Hits")) : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
