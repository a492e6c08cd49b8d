using Watchbill.Kernel;

namespace Watchbill.Audit;

/// <summary>Something that somebody did in Watchbill. Once written it can neither be changed nor removed.</summary>
public sealed record AuditEvent
{
    /// <summary>The position in the log, given when it is written; 0 before.</summary>
    public long Id { get; init; }

    /// <summary>When it was written; <see cref="AuditLog"/> sets it.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it, and where from.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What was done: stable, kebab-case, past tense, for example <c>ledger-applied</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing it was done to, kebab-case, for example <c>sync-run</c>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Which one.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What mattered of the subject before, as JSON; null when there was nothing. Never holds a secret.</summary>
    public string? Before { get; init; }

    /// <summary>What mattered of the subject after, as JSON; null when there is nothing. Never holds a secret.</summary>
    public string? After { get; init; }

    /// <summary>The reason that was given; null when none was asked for.</summary>
    public string? Reason { get; init; }
}
