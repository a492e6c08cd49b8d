using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Compliance;

/// <summary>A task that somebody owns: opened by a check that fails, or by hand.</summary>
public sealed record ComplianceAction
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>The check that opened it and closes it; null for one that was made by hand.</summary>
    public string? Check { get; init; }

    /// <summary>What is to be done, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string Severity { get; init; }

    /// <summary>open, in-progress or closed.</summary>
    public required string State { get; init; }

    /// <summary>The account that owns it; null while nobody does.</summary>
    public long? Owner { get; init; }

    /// <summary>When it was opened, or reopened last.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it should be done.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed.</summary>
    public string? Closing { get; init; }

    /// <summary>How often it was reopened.</summary>
    public required int Reopened { get; init; }

    /// <summary>So many resources failed when its check was evaluated last.</summary>
    public required long Failing { get; init; }
}

/// <summary>Something that was done about an action.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">opened, reopened, closed, started, assigned, postponed or commented.</param>
/// <param name="Text">What was said about it; null for nothing.</param>
/// <param name="Link">Where evidence is; null for none.</param>
/// <param name="By">The account that did it; null for Watchbill itself and whoever has no account.</param>
public sealed record ActionNote(DateTimeOffset At, string Kind, string? Text, string? Link, long? By);

/// <summary>An action with everything that was done about it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Notes">What was done, oldest first.</param>
public sealed record ActionDetails(ComplianceAction Action, IReadOnlyList<ActionNote> Notes);

/// <summary>Which actions to list; what is left out does not matter.</summary>
public sealed record ActionQuery : PageQuery
{
    /// <summary>Only those of this connector.</summary>
    public long? Connector { get; init; }

    /// <summary>Only the one of this check.</summary>
    [StringLength(100)]
    public string? Check { get; init; }

    /// <summary>Only those in this state: open, in-progress or closed. Without one, those that are not closed.</summary>
    [StringLength(20)]
    public string? State { get; init; }

    /// <summary>Whether closed ones are listed too, where no state is asked for.</summary>
    public bool All { get; init; }

    /// <summary>Only those as bad as this: low, medium, high or critical.</summary>
    [StringLength(20)]
    public string? Severity { get; init; }

    /// <summary>Only those that this account owns.</summary>
    public long? Owner { get; init; }

    /// <summary>Only those that nobody owns.</summary>
    public bool Unowned { get; init; }

    /// <summary>Only those that should be done and are not.</summary>
    public bool Overdue { get; init; }

    /// <summary>Only those whose title holds this.</summary>
    [StringLength(200)]
    public string? Text { get; init; }
}

/// <summary>Opens an action by hand.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewAction
{
    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>What is to be done, in one line.</summary>
    [Required, StringLength(200)]
    public required string Title { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    [Required, StringLength(20)]
    public required string Severity { get; init; }

    /// <summary>More about it.</summary>
    [StringLength(4000)]
    public string? Description { get; init; }

    /// <summary>When it should be done; left out for 7, 30, 60 or 90 days from now, as its severity says.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The account that owns it; left out for nobody yet.</summary>
    public long? Owner { get; init; }
}

/// <summary>Opens actions from a file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewActionFile
{
    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>Lines of comma-separated values with the headings title, severity, due, owner and description; only title must be there.</summary>
    [Required, StringLength(500000)]
    public required string Csv { get; init; }
}

/// <summary>Gives an action to somebody.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActionOwner
{
    /// <summary>The account; null for nobody.</summary>
    public long? Owner { get; init; }
}

/// <summary>Says by when an action should be done.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActionDue
{
    /// <summary>When.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}

/// <summary>Says something about an action.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActionComment
{
    /// <summary>What.</summary>
    [Required, StringLength(4000)]
    public required string Text { get; init; }

    /// <summary>Where evidence is: an https or http address.</summary>
    [StringLength(2000)]
    public string? Link { get; init; }
}

/// <summary>Why an action is closed or reopened.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActionDecision
{
    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}
