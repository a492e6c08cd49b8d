using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Watchbill.Sentry.Pacing;

/// <summary>
/// What an answer says about limits. Sentry sends the text <c>None</c> for figures it does not have, and nothing at all on self-hosted installations.
/// </summary>
internal static partial class RateHeaders
{
    private const string Prefix = "X-Sentry-Rate-Limit-";

    /// <summary>Null when no header names a figure.</summary>
    public static SentryLimits? Read(HttpResponseHeaders headers)
    {
        var reset = Number(headers, "Reset");
        var limits = new SentryLimits(
            Small(Number(headers, "Limit")),
            Small(Number(headers, "Remaining")),
            reset is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(reset.Value) : null,
            Small(Number(headers, "ConcurrentLimit")),
            Small(Number(headers, "ConcurrentRemaining")));
        return limits == new SentryLimits(null, null, null, null, null) ? null : limits;
    }

    /// <summary>The window as a refusal tells it: "Limit is 40 requests in 1 seconds".</summary>
    public static TimeSpan? WindowIn(string? detail) =>
        detail is not null && Window.Match(detail) is { Success: true } match
            ? TimeSpan.FromSeconds(Math.Clamp(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, 3600))
            : null;

    [GeneratedRegex(@"requests in (\d{1,5}) seconds", RegexOptions.CultureInvariant)]
    private static partial Regex Window { get; }

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(Prefix + name, out var values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e15
            ? (long)Math.Ceiling(number)
            : null;

    private static int? Small(long? number) => number is { } value ? (int)Math.Min(value, int.MaxValue) : null;
}
