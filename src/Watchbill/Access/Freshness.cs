namespace Watchbill.Access;

/// <summary>How one scope stands.</summary>
/// <param name="Scope">The scope, see <see cref="Access.Scope"/>.</param>
/// <param name="LastCompleteAt">When its last complete read began; null when it was never read to its end, or not yet at the instant the
/// answer is about: whatever is in it is a blind spot.</param>
/// <param name="StaleSince">Since when reads of it fail; null while it is fresh.</param>
/// <param name="StaleReason">Why; null while it is fresh.</param>
public sealed record ScopeFreshness(string Scope, DateTimeOffset? LastCompleteAt, DateTimeOffset? StaleSince, string? StaleReason)
{
    /// <summary>Until when Sentry's audit log names no change after that read; null when the log was not asked, or the answer is about an earlier instant.</summary>
    public DateTimeOffset? VouchedAt { get; init; }

    /// <summary>Never read to its end.</summary>
    public bool IsBlindSpot => LastCompleteAt is null;

    /// <summary>Read once, but its latest read failed.</summary>
    public bool IsStale => LastCompleteAt is not null && StaleSince is not null;
}

/// <summary>
/// What an answer rests on. An answer that is not complete must be shown as such: what a scope that was never read would say is unknown,
/// what a stale one says may have changed.
/// </summary>
/// <param name="Scopes">The scopes the answer depends on, by name.</param>
public sealed record Freshness(IReadOnlyList<ScopeFreshness> Scopes)
{
    /// <summary>Every scope was read to its end and the latest read of each succeeded.</summary>
    public bool IsComplete => Scopes.All(static scope => scope is { IsBlindSpot: false, IsStale: false });

    /// <summary>The oldest of the last complete reads: no part of the answer is older. Null when a scope was never read, or none is involved.</summary>
    public DateTimeOffset? OldestRead => Scopes.Any(static scope => scope.IsBlindSpot) ? null : Scopes.Min(static scope => scope.LastCompleteAt);

    /// <summary>Until when everything is known: read, or not changed since by Sentry's audit log. Null when a scope was never read, or none is involved.</summary>
    public DateTimeOffset? KnownUntil => Scopes.Any(static scope => scope.IsBlindSpot) ? null : Scopes.Min(static scope => scope.VouchedAt ?? scope.LastCompleteAt);

    /// <summary>The scopes that were never read to their end.</summary>
    public IEnumerable<ScopeFreshness> BlindSpots => Scopes.Where(static scope => scope.IsBlindSpot);

    /// <summary>The scopes whose latest read failed.</summary>
    public IEnumerable<ScopeFreshness> Stale => Scopes.Where(static scope => scope.IsStale);
}
