namespace Watchbill.Access.Effective;

/// <summary>How far an obstacle reaches.</summary>
public enum ObstacleReach
{
    /// <summary>Nothing works: neither the web interface nor API tokens.</summary>
    Everything,

    /// <summary>The web interface is closed; API tokens the person made go on working.</summary>
    WebSessions,
}

/// <summary>Why somebody cannot use the access they would have.</summary>
public enum ObstacleKind
{
    /// <summary>The invitation is not accepted yet.</summary>
    InvitationPending,

    /// <summary>The invitation can no longer be accepted.</summary>
    InvitationExpired,

    /// <summary>The user account is deactivated.</summary>
    UserInactive,

    /// <summary>The user account is suspended.</summary>
    UserSuspended,

    /// <summary>The plan has fewer seats than the organization has members.</summary>
    MemberLimit,

    /// <summary>Single sign-on is required and no identity is linked.</summary>
    SsoLinkMissing,

    /// <summary>Single sign-on is required and the link is no longer valid.</summary>
    SsoLinkInvalid,

    /// <summary>A second factor is required and none is enrolled.</summary>
    TwoFactorMissing,

    /// <summary>A principal that is no person is disabled, uninstalled or revoked.</summary>
    PrincipalInactive,
}

/// <summary>Something between a principal and the access it would have.</summary>
/// <param name="Kind">What it is.</param>
public sealed record Obstacle(ObstacleKind Kind)
{
    /// <summary>How far it reaches. Sentry enforces single sign-on and second factors on sessions only.</summary>
    public ObstacleReach Stops => Kind switch
    {
        ObstacleKind.SsoLinkMissing or ObstacleKind.SsoLinkInvalid or ObstacleKind.TwoFactorMissing => ObstacleReach.WebSessions,
        ObstacleKind.InvitationPending or ObstacleKind.InvitationExpired or ObstacleKind.UserInactive or ObstacleKind.UserSuspended
            or ObstacleKind.MemberLimit or ObstacleKind.PrincipalInactive => ObstacleReach.Everything,
    };

    /// <summary>The obstacle in words.</summary>
    public string Sentence => Kind switch
    {
        ObstacleKind.InvitationPending => "the invitation is not accepted yet",
        ObstacleKind.InvitationExpired => "the invitation has expired",
        ObstacleKind.UserInactive => "the user account is deactivated",
        ObstacleKind.UserSuspended => "the user account is suspended",
        ObstacleKind.MemberLimit => "disabled because the plan has fewer seats",
        ObstacleKind.SsoLinkMissing => "single sign-on is required and no identity is linked; API tokens still work",
        ObstacleKind.SsoLinkInvalid => "the single sign-on link is no longer valid; API tokens still work",
        ObstacleKind.TwoFactorMissing => "a second factor is required and none is enrolled; API tokens still work",
        ObstacleKind.PrincipalInactive => "it is disabled, uninstalled or revoked",
    };

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
