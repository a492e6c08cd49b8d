using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>
/// Issues of the last 180 days, last seen first. Issue n belongs to project n modulo the number of projects. Busy projects have all the issues
/// they can have, quiet ones a few.
/// </summary>
internal sealed class GeneratedIssues(EvidenceSource source, int perProject)
{
    private readonly int projects = source.Projects.Count;
    private readonly Timeline timeline = new(source.Today, TimeSpan.FromDays(180), Math.Max(1, source.Projects.Count * perProject));

    private int Count => projects * perProject;

    public IEnumerable<Issue> LastSeenFirst(DateTimeOffset? from)
    {
        var first = from is { } instant ? timeline.FirstAtOrBefore(instant) : 0;
        return Enumerable.Range(first, Count - first).Select(At).OfType<Issue>().SkipWhile(issue => issue.LastSeen > from);
    }

    public IEnumerable<Issue> Of(Project project) => source.PlaceOf.TryGetValue(project.Id, out var place)
        ? Enumerable.Range(0, perProject).Select(rank => At((rank * projects) + place)).OfType<Issue>()
        : [];

    public Issue? Find(long id) => id - source.FirstId is >= 0 and var number && number < Count ? At((int)number) : null;

    /// <summary>Finds an issue by its running number in its project.</summary>
    public Issue? Find(Project project, int number) =>
        source.PlaceOf.TryGetValue(project.Id, out var place) && number > 0 && number <= perProject ? At(((perProject - number) * projects) + place) : null;

    private Issue? At(int number)
    {
        var project = source.Projects[number % projects];
        var dice = source.Dice("issue", number);
        var seen = timeline.At(number, dice.Roll());
        return dice.Chance(Activity(number % projects)) && seen > project.DateCreated ? Describe(number, project, seen, ref dice) : null;
    }

    private double Activity(int place) => source.Dice("issue-activity", place).Roll() switch
    {
        < 0.25 => 1,
        < 0.7 => 0.5,
        _ => 0.12,
    };

    private Issue Describe(int number, Project project, DateTimeOffset seen, ref Dice dice)
    {
        var (type, value) = dice.Pick(EvidenceNames.Errors);
        var count = (int)Math.Pow(10, 4 * dice.Roll() * dice.Roll());
        var earliest = seen.AddDays(-120) > project.DateCreated ? seen.AddDays(-120) : project.DateCreated;
        var issue = new Issue
        {
            Id = source.FirstId + number,
            Project = project,
            Number = perProject - (number / projects),
            ErrorType = type,
            ErrorValue = value,
            Culprit = dice.Pick(EvidenceNames.Culprits),
            Level = dice.Roll() switch { < 0.75 => "error", < 0.9 => "warning", < 0.96 => "fatal", _ => "info" },
            FirstSeen = count == 1 ? seen : dice.Between(earliest, seen),
            LastSeen = seen,
            Count = count,
            UserCount = dice.Below(count + 1),
            IsUnhandled = dice.Chance(0.6),
            Comments = dice.Chance(0.2) ? dice.Below(5) : 0,
            Priority = dice.Roll() switch { < 0.3 => "high", < 0.75 => "medium", _ => "low" },
            Ticket = source.Dice("ticket", number).Chance(0.25) ? $"OPS-{number + 1}" : null,
            ShareId = dice.Chance(0.02) ? source.Hex("share", number, 32) : null,
        };
        SetStatus(issue, ref dice);
        Assign(issue, ref dice);
        return issue;
    }

    private void SetStatus(Issue issue, ref Dice dice)
    {
        (issue.Status, issue.Substatus) = dice.Roll() switch
        {
            < 0.40 => (Issue.Unresolved, "ongoing"),
            < 0.46 => (Issue.Unresolved, "new"),
            < 0.50 => (Issue.Unresolved, "regressed"),
            < 0.53 => (Issue.Unresolved, "escalating"),
            < 0.82 => (Issue.Resolved, null),
            < 0.90 => (Issue.Ignored, "archived_until_escalating"),
            < 0.97 => (Issue.Ignored, "archived_forever"),
            _ => (Issue.PendingDeletion, null),
        };
        if (issue.Status == Issue.Resolved && source.People.Count > 0 && dice.Chance(0.8))
        {
            issue.ResolvedBy = source.StillHere(dice.Pick(source.People));
        }
    }

    private void Assign(Issue issue, ref Dice dice)
    {
        var choice = dice.Roll();
        if (choice < 0.3 && source.People.Count > 0)
        {
            issue.AssignedUser = source.StillHere(dice.Pick(source.People));
        }
        else if (choice < 0.45)
        {
            issue.AssignedTeam = issue.Project.OwningTeams.FirstOrDefault();
        }
    }
}
