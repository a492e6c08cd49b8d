using Watchbill.Access.Logged;

namespace Watchbill.Access.History;

/// <summary>Something that began, changed or ended, as one line of a story.</summary>
/// <param name="SeenAt">When a read first saw it: it happened between the read before and this instant.</param>
/// <param name="Sentence">It, in words, without the time.</param>
/// <param name="IsNow">It still holds.</param>
/// <param name="Logged">The line of Sentry's audit log that explains it: who did it, and exactly when. Null when none does: nobody logged it, or the log cannot be read.</param>
public sealed record HistoryLine(DateTimeOffset SeenAt, string Sentence, bool IsNow, LoggedEvent? Logged)
{
    /// <summary>When it happened: logged where Sentry logged it, else when a read saw it.</summary>
    public DateTimeOffset At => Logged?.At ?? SeenAt;

    /// <summary>Whether <see cref="At"/> was logged by Sentry; observed by a read otherwise.</summary>
    public bool IsLogged => Logged is not null;
}

/// <summary>Parts of histories.</summary>
public static class HistoryLineParts
{
    /// <summary>What was known at an instant: a page about the past tells nothing of what came after.</summary>
    public static IReadOnlyList<HistoryLine> UpTo(this IEnumerable<HistoryLine> lines, DateTimeOffset at) => [.. lines.Where(line => line.SeenAt <= at)];
}

/// <summary>Whose history is asked for: one of them.</summary>
public sealed record HistorySearch
{
    /// <summary>The member: id, address, or a part of the name that fits one only. Somebody who is gone is known by the member id.</summary>
    public string? Member { get; init; }

    /// <summary>The team: id, slug, or a part of the name that fits one only.</summary>
    public string? Team { get; init; }

    /// <summary>The project: id, slug, or a part of the name that fits one only.</summary>
    public string? Project { get; init; }
}
