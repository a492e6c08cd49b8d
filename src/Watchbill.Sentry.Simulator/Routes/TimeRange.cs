using System.Globalization;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The <c>statsPeriod</c>, or <c>start</c> and <c>end</c>, of a listing. Without any of them everything is meant.</summary>
internal readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset instant) => instant >= From && instant <= To;

    public static (TimeRange Range, Answer? Refusal) Read(Call call)
    {
        var now = call.World.Now;
        if (call.Query["statsPeriod"].ToString() is { Length: > 0 } period)
        {
            return Length(period) is { } length
                ? (new TimeRange(now - length, now), null)
                : (default, Refusals.Detail(400, $"Invalid statsPeriod: '{period}'"));
        }

        var (start, end) = (call.Query["start"].ToString(), call.Query["end"].ToString());
        return (start.Length, end.Length) switch
        {
            (0, 0) => (new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), null),
            ( > 0, > 0) => Between(start, end),
            _ => (default, Refusals.Detail(400, "start and end are both required")),
        };
    }

    /// <summary>Reads a number followed by one of s, m, h, d, w. Null when the text is anything else.</summary>
    public static TimeSpan? Length(string text)
    {
        if (text.Length is < 2 or > 7 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            'w' => TimeSpan.FromDays(7L * count),
            _ => null,
        };
    }

    private static (TimeRange Range, Answer? Refusal) Between(string start, string end)
    {
        if (Instant(start) is not { } from)
        {
            return (default, NoDate(start));
        }

        if (Instant(end) is not { } to)
        {
            return (default, NoDate(end));
        }

        return from <= to ? (new TimeRange(from, to), null) : (default, Refusals.Detail(400, "start must be before end"));
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static Answer NoDate(string text) => Refusals.Detail(400, $"{text} is not a valid ISO8601 date query");
}
