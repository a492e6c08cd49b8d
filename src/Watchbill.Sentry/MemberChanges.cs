namespace Watchbill.Sentry;

/// <summary>Whom to invite.</summary>
/// <param name="Email">Where the invitation goes, at most 75 characters.</param>
/// <param name="OrgRole">The role; integrations may only invite with <c>member</c>.</param>
/// <param name="TeamSlugs">The teams; team roles cannot be given before somebody has joined.</param>
public sealed record SentryInvitation(string Email, string OrgRole, IReadOnlyList<string> TeamSlugs);

/// <summary>What came of putting a member on a team.</summary>
public enum SentryJoining
{
    /// <summary>The member is on the team now.</summary>
    Joined,

    /// <summary>The member was on it.</summary>
    WasThere,

    /// <summary>Sentry filed a request that somebody must approve: the member is <em>not</em> on the team.</summary>
    Requested,
}

/// <summary>A member on a team.</summary>
public sealed record SentryTeamPlace
{
    /// <summary>The stored team role; null means the least one that goes with the organization role.</summary>
    public string? TeamRole { get; init; }
}
