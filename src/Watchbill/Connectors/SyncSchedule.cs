using Quartz;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>
/// When a connector is read by itself: never, as soon as Sentry's audit log names a change, every hour, every 6 hours, once a day at an hour, or as five fields of cron say. All in UTC.
/// Kept with the connector as text; whatever runs the schedules follows it.
/// </summary>
public sealed record SyncSchedule
{
    /// <summary>Only when somebody asks.</summary>
    public const string ByHand = "manual";

    /// <summary>Sentry's audit log is looked into every minute; what it names is read at once.</summary>
    public const string Live = "live";

    /// <summary>Once an hour, at a minute of the connector's own.</summary>
    public const string EveryHour = "hourly";

    /// <summary>Four times a day, at a minute of the connector's own.</summary>
    public const string EverySixHours = "every-6-hours";

    /// <summary>Once a day; the hour follows, for example <c>daily-at-3</c>.</summary>
    public const string DailyAt = "daily-at-";

    /// <summary>Five fields of cron follow, for example <c>cron:0 3 * * 1-5</c>.</summary>
    public const string Cron = "cron:";

    private const int LongestText = 100;
    private const int RunsToLookAt = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <summary>Where looking at a schedule begins: any instant does.</summary>
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string? _cron;

    private SyncSchedule(string text, string? cron, string sentence)
    {
        Text = text;
        _cron = cron;
        Sentence = sentence;
    }

    /// <summary>Only when somebody asks.</summary>
    public static SyncSchedule Manual { get; } = new(ByHand, cron: null, "only when somebody asks");

    /// <summary>As it is stored and as programs write it.</summary>
    public string Text { get; }

    /// <summary>Whether Sentry's audit log is looked into every minute.</summary>
    public bool IsLive => Text == Live;

    /// <summary>In words, for the middle of a sentence.</summary>
    public string Sentence { get; }

    /// <summary>Reads it; refuses what is none, never comes, or comes more often than every 15 minutes.</summary>
    public static Result<SyncSchedule> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            ByHand => Manual,
            Live => new SyncSchedule(text, "* * * * *", "within a minute of a change in Sentry's audit log"),
            EveryHour => new SyncSchedule(text, "H * * * *", "every hour"),
            EverySixHours => new SyncSchedule(text, "H */6 * * *", "every 6 hours"),
            _ when text.Length > LongestText => SyncRefusals.BadSchedule(),
            _ when text.StartsWith(DailyAt, StringComparison.Ordinal) => Daily(text),
            _ when text.StartsWith(Cron, StringComparison.Ordinal) => ByCron(text),
            _ => SyncRefusals.BadSchedule(),
        };
    }

    /// <summary>The first run after an instant; null when there is none.</summary>
    /// <param name="after">The instant.</param>
    /// <param name="connector">Whose schedule it is: several connectors do not all run in the same minute.</param>
    public DateTimeOffset? NextAfter(DateTimeOffset after, ConnectorId connector) => Expression(connector)?.GetNextValidTimeAfter(after);

    /// <summary>The cron expression, six or seven fields, that the scheduler follows; null when there is none.</summary>
    public string? CronFor(ConnectorId connector) => Expression(connector)?.CronExpressionString;

    private CronExpression? Expression(ConnectorId connector) =>
        _cron is null ? null : CronExpression.ParseWithHash(_cron, CronFormat.Unix, $"connector {connector}").WithTimeZone(TimeZoneInfo.Utc);

    /// <inheritdoc/>
    public bool Equals(SyncSchedule? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>What is stored was accepted once; should it not be understood any more, nothing runs by itself rather than at a wrong time.</summary>
    internal static SyncSchedule FromStored(string text) => Parse(text) is { Succeeded: true } parsed ? parsed.Value : Manual;

    private static Result<SyncSchedule> Daily(string text) =>
        int.TryParse(text[DailyAt.Length..], System.Globalization.NumberStyles.None, null, out var hour) && hour is >= 0 and < 24
            ? new SyncSchedule($"{DailyAt}{hour}", $"0 {hour} * * *", $"every day at {hour:00}:00 UTC")
            : SyncRefusals.BadSchedule();

    private static Result<SyncSchedule> ByCron(string text)
    {
        var fields = string.Join(' ', text[Cron.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (fields.Count(static character => character is ' ') != 4 || !CronExpression.TryParse(fields, CronFormat.Unix, out var expression))
        {
            return SyncRefusals.BadSchedule();
        }

        return IsTooOften(expression.WithTimeZone(TimeZoneInfo.Utc)) is { } refusal ? refusal : new SyncSchedule($"{Cron}{fields}", fields, $"at {fields} (cron, UTC)");
    }

    private static Refusal? IsTooOften(CronExpression expression)
    {
        var last = expression.GetNextValidTimeAfter(Beginning);
        if (last is null)
        {
            return SyncRefusals.BadSchedule();
        }

        for (var run = 0; run < RunsToLookAt && last is not null; run++)
        {
            var next = expression.GetNextValidTimeAfter(last.Value);
            if (next - last < Shortest)
            {
                return SyncRefusals.ScheduleTooDense();
            }

            last = next;
        }

        return null;
    }
}
