using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>How changes in Sentry are shown.</summary>
internal static class ProvisioningSheets
{
    private static readonly IReadOnlyList<Column<WritingAbility>> AbilityColumns =
    [
        new("kind", "Change", static one => Word.Of(one.Kind)),
        new("possible", "Possible", static one => one.Refusal is null),
        new("code", "Code", static one => one.Refusal?.Code) { IsOptional = true },
        new("why", "Why not, and the way out", static one => one.Refusal?.Message),
    ];

    private static readonly IReadOnlyList<Column<ProvisioningTask>> TaskColumns =
    [
        new("id", "Change", static task => task.Id.Value),
        new("kind", "What", static task => Word.Of(task.Change.Kind)),
        new("member", "Member", static task => task.Change.Member ?? task.Change.Email),
        new("team", "Team", static task => task.Change.Team),
        new("project", "Project", static task => task.Change.Project) { IsOptional = true },
        new("role", "Role", static task => task.Change.Role),
        new("state", "State", static task => Word.Of(task.State)),
        new("attempts", "Tries", static task => task.Attempts),
        new("requestedAt", "Asked", static task => task.RequestedAt) { IsOptional = true },
        new("askedBy", "By", static task => By(task)) { IsOptional = true },
        new("reason", "Why", static task => task.Reason),
        new("note", "Note", static task => task.Note),
    ];

    private static readonly IReadOnlyList<Column<(string Key, string Heading, Cell Value)>> LineColumns =
    [
        new("what", "", static line => line.Heading),
        new("value", "", static line => line.Value),
    ];

    public static Sheet<WritingAbility> Abilities(Connector connector, IReadOnlyList<WritingAbility> abilities) => new(AbilityColumns, abilities)
    {
        Headline = connector.WritesSince is { } since
            ? $"Changes may be made in {connector.Name} since {((Cell)since).ForPeople()} UTC, with {Token(connector)}."
            : $"No change may be made in {connector.Name}. Switch it on with: watchbill provisioning on",
        About = [("connector", connector.Name), ("writesSince", connector.WritesSince), ("tokenKind", connector.WriteTokenKind), ("tokenLastFour", connector.WriteTokenLastFour)],
    };

    public static Sheet<ProvisioningTask> Tasks(IReadOnlyList<ProvisioningTask> tasks) => new(TaskColumns, tasks)
    {
        Headline = $"{Listing.Count(tasks.Count, "change")}.",
        WhenEmpty = "No change was asked for.",
    };

    public static Sheet<(string Key, string Heading, Cell Value)> Task(ProvisioningTask task)
    {
        (string Key, string Heading, Cell Value)[] lines =
        [
            ("id", "Change", task.Id.Value),
            ("kind", "What", Word.Of(task.Change.Kind)),
            ("member", "Member", task.Change.Member ?? task.Change.Email),
            ("team", "Team", task.Change.Team),
            ("project", "Project", task.Change.Project),
            ("role", "Role", task.Change.Role),
            ("reason", "Why", task.Reason),
            ("askedBy", "Asked by", By(task)),
            ("requestedAt", "Asked", task.RequestedAt),
            ("state", "State", Word.Of(task.State)),
            ("attempts", "Tries", task.Attempts),
            ("before", "Before", task.Before?.Describe()),
            ("sent", "Sent", task.Sent),
            ("readBack", "Read back", task.ReadBack?.Describe()),
            ("readBackAt", "Read at", task.ReadBackAt),
            ("failureCode", "Problem", task.FailureCode),
            ("note", "Note", task.Note),
        ];
        return new(LineColumns, [.. lines.Where(static line => line.Value.ForPeople().Length > 0)])
        {
            Headline = Headline(task),
            About = [.. lines.Select(static line => (line.Key, line.Value))],
        };
    }

    public static Sheet<(string Key, string Heading, Cell Value)> Plan(ChangePlan plan)
    {
        (string Key, string Heading, Cell Value)[] lines =
        [
            ("before", "Now", plan.Before.Describe()),
            ("isDone", "So already", plan.IsDone),
            ("request", "Would be sent", plan.Request),
            ("refusalCode", "Problem", plan.Refusal?.Code),
        ];
        return new(LineColumns, [.. lines.Where(static line => line.Value.ForPeople().Length > 0)])
        {
            Headline = plan switch
            {
                { IsDone: true } => "There is nothing to change.",
                { Refusal: not null } => "It cannot be made.",
                _ => "Nothing was sent. Without --dry-run it would be made and read back.",
            },
            About = [.. lines.Select(static line => (line.Key, line.Value))],
        };
    }

    private static string Headline(ProvisioningTask task) => task.State switch
    {
        ProvisioningState.Proven => $"Change {task.Id} is made and proven.",
        ProvisioningState.Waiting when task.Attempts > 0 => $"Change {task.Id} is tried again at {((Cell)task.DueAt).ForPeople()} UTC.",
        ProvisioningState.Waiting => $"Change {task.Id} waits for a server.",
        ProvisioningState.Running => $"Change {task.Id} is being made.",
        ProvisioningState.Escalated => $"Change {task.Id} needs a person.",
        ProvisioningState.Withdrawn => $"Change {task.Id} was taken back.",
    };

    /// <summary>As the API says it; what came from there says it already.</summary>
    private static string By(ProvisioningTask task) => task.Actor.Kind is ActorKind.System ? task.Actor.Id : $"{Word.Of(task.Actor.Kind)} {task.Actor.Id}";

    private static string Token(Connector connector) => connector.WriteTokenKind is { } kind ? $"a {kind} …{connector.WriteTokenLastFour}" : "the token that reads";
}
