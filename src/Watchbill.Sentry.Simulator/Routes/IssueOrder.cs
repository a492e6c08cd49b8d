using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The orders of issue lists, each by a falling score. Only the default, by the last sighting, needs no sorting.</summary>
internal sealed record IssueOrder(Func<Issue, double> Score, bool IsByLastSeen)
{
    private const double LastMillisecond = 253_402_300_799_999;

    private static readonly IssueOrder ByLastSeen = new(issue => Keyset.Milliseconds(issue.LastSeen), true);

    /// <summary>Null when there is no such order.</summary>
    public static IssueOrder? Parse(string name) => name switch
    {
        "" or "date" => ByLastSeen,
        "new" or "inbox" => new IssueOrder(issue => Keyset.Milliseconds(issue.FirstSeen), false),
        "freq" or "trends" => new IssueOrder(issue => issue.Count, false),
        "user" => new IssueOrder(issue => issue.UserCount, false),
        "recommended" => new IssueOrder(Urgency, false),
        _ => null,
    };

    /// <summary>The matching issues from a score downwards.</summary>
    public IEnumerable<Issue> From(double? score, IssueRegister issues, Func<Issue, bool> matches)
    {
        if (IsByLastSeen)
        {
            DateTimeOffset? instant = score < LastMillisecond ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Max(0, score.Value)) : null;
            return issues.LastSeenFirst(instant).Where(matches);
        }

        return issues.LastSeenFirst().Where(matches).OrderByDescending(Score).SkipWhile(issue => Score(issue) > score);
    }

    private static double Urgency(Issue issue) => issue.Priority switch
    {
        "high" => 2_000_000,
        "medium" => 1_000_000,
        _ => 0,
    } + issue.Count;
}
