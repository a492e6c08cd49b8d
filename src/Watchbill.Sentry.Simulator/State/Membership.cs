namespace Watchbill.Sentry.Simulator.State;

/// <summary>A member on a team.</summary>
public sealed class Membership
{
    public required long Id { get; init; }

    public required Member Member { get; init; }

    public required Team Team { get; init; }

    /// <summary>Stored team role, or null for the minimum that the organization role gives.</summary>
    public string? Role { get; set; }

    public required DateTimeOffset Since { get; init; }

    public override string ToString() => $"{Member.Email} on {Team.Slug}";
}

/// <summary>A membership that has ended, over <c>[From, To)</c>. Member and team may be gone as well.</summary>
public sealed record PastMembership(long Id, long MemberId, long TeamId, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Null for an invitation.</summary>
    public long? UserId { get; init; }

    public required string Email { get; init; }

    public required string TeamSlug { get; init; }
}
