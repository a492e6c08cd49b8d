using Watchbill.Access.Logged;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check of lines of Sentry's audit log that somebody must look at: each line of the period is acknowledged, or was written so lately that there is still time.</summary>
internal abstract class LogCheck : Check
{
    internal static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back lines count.", 90, 1, 400);

    /// <summary>Sentry's names of the events that it is about; one that ends in <c>*</c> stands for all that begin so.</summary>
    public abstract IReadOnlyList<string> Events { get; }

    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var since = posture.At.AddDays(-settings.Number(Period));
        if (posture.LogReach is not { } reach || (!reach.IsWhole && reach.Since > since))
        {
            return [Verdict.NotEvaluated(posture.Self, posture.LogReach is { } part
                ? $"The audit log is kept since {part.Since:yyyy-MM-dd} only; the period begins before that."
                : "The audit log was never read.")];
        }

        return posture.Log.Where(line => line.At >= since && Concerns(line) && Matters(line, settings)).Select(line => Judge(line, posture, settings));
    }

    /// <summary>Within how many days a line must be acknowledged.</summary>
    protected abstract CheckParameter Grace { get; }

    /// <summary>Whether a line of these events is one that somebody must look at.</summary>
    protected virtual bool Matters(LoggedEvent line, CheckSettings settings) => true;

    private bool Concerns(LoggedEvent line) => Events.Any(name => StarredName.Fits(name, line.Event));

    private Verdict Judge(LoggedEvent line, Posture posture, CheckSettings settings)
    {
        var resource = new CheckResource(ResourceKind.LogEntry, line.EntryId.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{line.Event}, {line.At:yyyy-MM-dd HH:mm} UTC");
        var days = settings.Number(Grace);
        return posture.Acknowledged.Contains(line.EntryId) ? Verdict.Pass(resource, "Acknowledged.")
            : line.At > posture.At.AddDays(-days) ? Verdict.NotApplicable(resource, $"Written less than {days} days ago: there is still time to acknowledge it.")
            : Verdict.Fail(resource, $"{line.Actor ?? "Somebody"} {line.Note ?? line.Event}; nobody acknowledged it within {days} days.");
    }
}
