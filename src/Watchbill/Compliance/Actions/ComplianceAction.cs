using Watchbill.Kernel;

namespace Watchbill.Compliance.Actions;

/// <summary>How an action stands. Names are kept in the database: add, never rename.</summary>
public enum ActionState
{
    /// <summary>Nobody began.</summary>
    Open,

    /// <summary>Somebody works on it.</summary>
    InProgress,

    /// <summary>It is done: its check passes, or a person said so.</summary>
    Closed,
}

/// <summary>A task that somebody owns: opened by a check that fails, or by hand. A check has one for each connector; it is reopened, never doubled.</summary>
public sealed record ComplianceAction
{
    /// <summary>Identifies it.</summary>
    public ComplianceActionId Id { get; init; }

    /// <summary>For which connector.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>The check that opened it and closes it; null for one that was made by hand.</summary>
    public string? CheckId { get; init; }

    /// <summary>What is to be done, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>More about it; null when there is nothing more.</summary>
    public string? Description { get; init; }

    /// <summary>How bad it is to leave it.</summary>
    public Severity Severity { get; init; }

    /// <summary>How it stands.</summary>
    public ActionState State { get; init; }

    /// <summary>Who owns it; null while nobody does.</summary>
    public AccountId? Owner { get; init; }

    /// <summary>When it was opened, or reopened last.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it should be done.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When it was closed; null while it is not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed; null while it is not.</summary>
    public string? Closing { get; init; }

    /// <summary>How often it was reopened.</summary>
    public int Reopened { get; init; }

    /// <summary>So many resources failed when its check was evaluated last; 0 for one that was made by hand.</summary>
    public long Failing { get; init; }

    /// <summary>Whether it is not done and should be.</summary>
    public bool IsOverdue(DateTimeOffset at) => State is not ActionState.Closed && DueAt <= at;
}

/// <summary>What was done about an action. Names are kept in the database: add, never rename.</summary>
public enum ActionNoteKind
{
    /// <summary>It was opened.</summary>
    Opened,

    /// <summary>It was reopened.</summary>
    Reopened,

    /// <summary>It was closed.</summary>
    Closed,

    /// <summary>Somebody began.</summary>
    Started,

    /// <summary>It was given to somebody, or taken from them.</summary>
    Assigned,

    /// <summary>It should be done at another time than before.</summary>
    Postponed,

    /// <summary>Somebody said something, with a link to evidence or without.</summary>
    Commented,
}

/// <summary>Something that was done about an action. Once written it never changes.</summary>
public sealed record ActionNote
{
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public ActionNoteKind Kind { get; init; }

    /// <summary>What was said about it; null for nothing.</summary>
    public string? Text { get; init; }

    /// <summary>Where evidence is; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>What sort of actor did it.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Whose account; null for whoever has none.</summary>
    public AccountId? By { get; init; }
}

/// <summary>An action with everything that was done about it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Notes">What was done, oldest first.</param>
public sealed record ActionDetails(ComplianceAction Action, IReadOnlyList<ActionNote> Notes);

/// <summary>How long an action may take.</summary>
public static class ActionDeadline
{
    /// <summary>So many days after it was opened.</summary>
    public static int DaysOf(Severity severity) => severity switch
    {
        Severity.Critical => 7,
        Severity.High => 30,
        Severity.Medium => 60,
        Severity.Low => 90,
    };
}
