namespace Watchbill.Access.Queries;

/// <summary>The states a member can be in; each member is in the first that fits.</summary>
public enum MemberState
{
    /// <summary>Invited, not accepted yet.</summary>
    Invited,

    /// <summary>Invited; the invitation can no longer be accepted.</summary>
    InvitationExpired,

    /// <summary>The user account is deactivated or suspended.</summary>
    Deactivated,

    /// <summary>Disabled because the plan has fewer seats.</summary>
    Restricted,

    /// <summary>None of the above.</summary>
    Active,
}

/// <summary>What a list of members is ordered by. Ties are broken by id.</summary>
public enum MemberOrder
{
    /// <summary>The address.</summary>
    Email,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The organization role's id.</summary>
    Role,

    /// <summary>Last activity; never active counts as longest ago.</summary>
    LastActive,
}

/// <summary>Which members to list; what is null does not matter.</summary>
public sealed record MemberFilter
{
    /// <summary>The organization role's id.</summary>
    public string? Role { get; init; }

    /// <summary>The state.</summary>
    public MemberState? State { get; init; }

    /// <summary>A second factor is enrolled, or is not. People of whom Sentry does not tell are in neither list.</summary>
    public bool? HasTwoFactor { get; init; }

    /// <summary>Not active since; people never seen active are included, open invitations are not.</summary>
    public DateTimeOffset? InactiveSince { get; init; }

    /// <summary>On the team with this id.</summary>
    public string? TeamId { get; init; }

    /// <summary>On no team.</summary>
    public bool WithoutTeam { get; init; }

    /// <summary>A part of the name or address.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public MemberOrder Order { get; init; }

    /// <summary>Reverse order.</summary>
    public bool Descending { get; init; }
}

/// <summary>A member in a list.</summary>
public sealed record MemberLine
{
    /// <summary>The member id.</summary>
    public required string Id { get; init; }

    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The organization role's id.</summary>
    public required string OrgRole { get; init; }

    /// <summary>The state.</summary>
    public required MemberState State { get; init; }

    /// <summary>A second factor is enrolled; null when not told.</summary>
    public bool? HasTwoFactor { get; init; }

    /// <summary>A single sign-on identity is linked.</summary>
    public bool SsoLinked { get; init; }

    /// <summary>How many teams they are on.</summary>
    public int TeamCount { get; init; }

    /// <summary>When invited or added; null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Last activity as the latest read told; null when never, not told, or when an instant was asked for: activity has no history.</summary>
    public DateTimeOffset? LastActive { get; init; }
}
