using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Auditing;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>
/// Everyday audit rows (alert rules, project settings, keys) spread evenly over the last 90 days. The n-th row is a function of n alone,
/// so any number of them costs no memory.
/// </summary>
internal sealed class RoutineHistory : IAuditSource
{
    private static readonly string[] Events =
        ["rule.edit", "project.edit", "alertrule.edit", "rule.create", "projectkey.edit", "issue.delete", "integration.edit", "alertrule.create"];

    private readonly Draft draft;
    private readonly IReadOnlyList<User> people;
    private readonly IReadOnlyList<Project> projects;
    private readonly DateTimeOffset start;
    private readonly TimeSpan step;

    /// <param name="draft">The organization; sources it already has count against its number of rows.</param>
    public RoutineHistory(Draft draft)
    {
        this.draft = draft;
        people = [.. draft.Organization.MemberRows.All.Select(member => member.User).OfType<User>().Take(200)];
        projects = draft.Organization.ProjectRows.InSlugOrder;
        Count = projects.Count == 0 ? 0 : Math.Max(0, draft.Size.AuditRows - draft.Organization.Audit.Count);
        start = draft.Today.AddDays(-90);
        step = TimeSpan.FromDays(90) / Math.Max(1, Count);
    }

    public int Count { get; }

    public AuditHead Head(int index)
    {
        var dice = draft.Dice("routine", index);
        return new AuditHead(TimeOf(index), dice.Pick(Events), dice.Pick(people).Id);
    }

    public AuditRow Row(int index)
    {
        var dice = draft.Dice("routine", index);
        var (name, user, project) = (dice.Pick(Events), dice.Pick(people), dice.Pick(projects));
        var actor = Actor.Of(user, $"198.51.100.{dice.Below(250) + 1}");
        return new AuditRow(2L * (index + 1), name, actor, TimeOf(index))
        {
            Note = $"{name.Replace('.', ' ')} in project {project.Slug}",
            TargetObject = project.Id,
            Details = new JsonObject { ["slug"] = project.Slug, ["name"] = project.Name },
        };
    }

    private DateTimeOffset TimeOf(int index)
    {
        var passed = step * index;
        return start.AddTicks(passed.Ticks - (passed.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
