using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Watchbill.Kernel;

/// <summary>
/// What Watchbill measures of itself, by the platform's own means: whoever listens to this name hears it, and without a listener it costs next to nothing. Labels are
/// kinds and states, never names of people or organizations: a source is its number.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Watchbill";

    internal static ActivitySource Activities { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    internal static Counter<long> Runs { get; } = Meter.CreateCounter<long>("watchbill.sync.runs", "{run}", "Sync runs that ended, by state.");

    internal static Histogram<double> RunTime { get; } = Meter.CreateHistogram(
        "watchbill.sync.duration", "s", "How long sync runs took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] });

    internal static Counter<long> SentryRequests { get; } = Meter.CreateCounter<long>("watchbill.sentry.requests", "{request}", "Requests to Sentry by runs and collections.");

    internal static Counter<long> RateLimited { get; } = Meter.CreateCounter<long>("watchbill.sentry.rate_limited", "{request}", "Requests of runs that Sentry refused for its rate limit.");

    internal static Counter<long> Collections { get; } = Meter.CreateCounter<long>("watchbill.collections", "{collection}", "Collections of evidence that ended, by kind and state.");

    internal static Counter<long> Changes { get; } = Meter.CreateCounter<long>("watchbill.changes", "{change}", "Tries to change something in Sentry, by what became of the change.");

    internal static Counter<long> CheckRuns { get; } = Meter.CreateCounter<long>("watchbill.check.runs", "{run}", "Check runs.");

    internal static Counter<long> SignIns { get; } = Meter.CreateCounter<long>("watchbill.sign_ins", "{sign-in}", "Sign-ins, by how, and failed ones.");

    internal static Counter<long> Mails { get; } = Meter.CreateCounter<long>("watchbill.mails", "{mail}", "Tries to send a mail or a message to a channel, by what became of it.");

    /// <summary>The label of a state.</summary>
    internal static KeyValuePair<string, object?> State<T>(T state)
        where T : struct, Enum => new("state", Word.Of(state));
}
