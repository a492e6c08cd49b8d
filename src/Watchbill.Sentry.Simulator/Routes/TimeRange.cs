using System.Globalization;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The parameters <c>start</c> with <c>end</c>, or <c>statsPeriod</c> (<c>90d</c>, <c>24h</c>, <c>30m</c>, <c>60s</c>, <c>2w</c>).</summary>
internal static class TimeRange
{
    public static (DateTimeOffset? Start, DateTimeOffset? End, Answer? Refusal) Read(Call call)
    {
        var (start, end, period) = (call.Query["start"].ToString(), call.Query["end"].ToString(), call.Query["statsPeriod"].ToString());
        if (period.Length > 0)
        {
            return Period(period) is { } length
                ? (call.World.Now - length, call.World.Now, null)
                : (null, null, Refusals.Detail(400, $"Invalid statsPeriod: {{'{period}'}}"));
        }

        if (start.Length == 0 && end.Length == 0)
        {
            return (null, null, null);
        }

        return start.Length == 0 || end.Length == 0
            ? (null, null, Refusals.Detail(400, "start and end are both required"))
            : Instants(start, end);
    }

    /// <summary>Reads a number of at most six digits followed by one of s, m, h, d, w. Null when the text is anything else.</summary>
    public static TimeSpan? Period(string text)
    {
        if (text.Length is 0 or > 7 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMinutes(amount),
            'h' => TimeSpan.FromHours(amount),
            'd' => TimeSpan.FromDays(amount),
            'w' => TimeSpan.FromDays(7 * amount),
            _ => null,
        };
    }

    private static (DateTimeOffset?, DateTimeOffset?, Answer?) Instants(string start, string end)
    {
        if (Instant(start) is not { } from || Instant(end) is not { } to)
        {
            var bad = Instant(start) is null ? start : end;
            return (null, null, Refusals.Detail(400, $"{bad} is not a valid ISO8601 date query"));
        }

        return from > to ? (null, null, Refusals.Detail(400, "start must be before end")) : (from, to, null);
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
