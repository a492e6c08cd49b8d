using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>The stored events of issues: at most 300 each, because older ones are past their retention.</summary>
internal sealed class GeneratedEvents(EvidenceSource source, IssueRegister issues)
{
    private const int MostStored = 300;

    private readonly RowCode ids = new(source, "event-id");

    public static int CountOf(Issue issue) => Math.Min(issue.Count, MostStored);

    /// <summary>An issue's events, newest first: the first at its last sighting, the last at its first.</summary>
    public IEnumerable<IssueEvent> Of(Issue issue) => Enumerable.Range(0, CountOf(issue)).Select(number => At(issue, number));

    /// <param name="issue">The issue.</param>
    /// <param name="number">0 is the newest event.</param>
    public IssueEvent At(Issue issue, int number)
    {
        var dice = source.Dice("event", (issue.Id * MostStored) + number);
        return new IssueEvent(ids.Write(issue.Id - source.FirstId, number), issue, number, TimeOf(issue, number))
        {
            Environment = dice.Pick(EvidenceNames.Environments),
            Browser = dice.Pick(EvidenceNames.Browsers),
            System = dice.Pick(EvidenceNames.Systems),
            Server = $"web{dice.Below(4) + 1}.example.com",
            Person = issue.UserCount > 0 && dice.Chance(0.7) ? 1 + dice.Below(issue.UserCount) : null,
        };
    }

    public IssueEvent? Find(string id) =>
        ids.TryRead(id, out var number, out var part) && issues.Find(source.FirstId + number) is { } issue && part < CountOf(issue) ? At(issue, part) : null;

    private static DateTimeOffset TimeOf(Issue issue, int number)
    {
        var count = CountOf(issue);
        return new Timeline(issue.LastSeen, issue.LastSeen - issue.FirstSeen, Math.Max(1, count - 1)).At(number, 0);
    }
}
