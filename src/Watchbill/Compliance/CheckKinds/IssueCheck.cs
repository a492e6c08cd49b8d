using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check of issues, as far as they were collected: those with events in the last 90 days.</summary>
internal abstract class IssueCheck : Check
{
    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Issues.Where(issue => IsIncluded(issue, posture, settings)).Select(issue => Judge(issue, posture, settings));

    protected abstract bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings);

    protected abstract Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings);

    protected static bool IsUrgent(IssueDocument issue) => issue is { Status: "unresolved", Priority: "high" };
}
