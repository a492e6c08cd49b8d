namespace Watchbill.Contracts.Access;

/// <summary>What an answer rests on. An answer that is not complete must be shown as such.</summary>
public sealed record Freshness
{
    /// <summary>The instant the answer is true of.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether everything it rests on was read to its end, and the latest read of each part succeeded.</summary>
    public required bool Complete { get; init; }

    /// <summary>No part of the answer is older; null when a part was never read.</summary>
    public DateTimeOffset? OldestRead { get; init; }

    /// <summary>
    /// Until when every part is known: read, or not changed since then by Sentry's audit log. Null when a part was never read, or the answer is about an
    /// earlier instant.
    /// </summary>
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>The parts that were never read, or whose latest read failed; at most 50.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];

    /// <summary>How many such parts there are.</summary>
    public int GapCount { get; init; }
}

/// <summary>A part of the organization that is not known, or not well enough.</summary>
/// <param name="Scope">The part, for example <c>members</c> or <c>team-members/42</c>.</param>
/// <param name="LastCompleteAt">When it was last read to its end; null when never: a blind spot.</param>
/// <param name="StaleSince">Since when reads of it fail; null when none was tried.</param>
/// <param name="Reason">Why; null when not known.</param>
public sealed record Gap(string Scope, DateTimeOffset? LastCompleteAt, DateTimeOffset? StaleSince, string? Reason);
