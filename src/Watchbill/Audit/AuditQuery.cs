namespace Watchbill.Audit;

/// <summary>Which audit events to list, newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>The most events one page can hold.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Only events about this kind of subject; null for all.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>Only events about this subject; null for all. Means something only together with <see cref="SubjectKind"/>.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Only events at or after this instant; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this instant; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only events before this position: the <see cref="AuditEvent.Id"/> of the last event of the previous page; null for the first page.</summary>
    public long? BeforeId { get; init; }

    /// <summary>How many events a page holds, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;
}
