namespace Watchbill.Sentry.Simulator.State;

/// <summary>
/// The rows on which careless clients fail, by name. The large organization has all of them, except that it has several holders of
/// <c>org:write</c>: the small organization has a single owner, and closed membership. Null where an organization lacks one.
/// </summary>
public sealed record Fixtures
{
    public Member Owner { get; init; } = null!;

    /// <summary>Owner who is the only holder of <c>org:write</c>.</summary>
    public Member? SoleOwner { get; init; }

    public Member? Manager { get; init; }

    /// <summary>Holds the role admin, which nobody can get any more.</summary>
    public Member? RetiredAdmin { get; init; }

    /// <summary>Null when self-hosted: the role does not exist there.</summary>
    public Member? Billing { get; init; }

    /// <summary>A plain member on two teams: an explicit admin on the first, no stored role on the second.</summary>
    public Member? TeamAdmin { get; init; }

    public Member? WithoutTeam { get; init; }

    /// <summary>Invitation that already holds a team link.</summary>
    public Member? PendingWithTeam { get; init; }

    public Member? ExpiredInvite { get; init; }

    /// <summary>Invitation sent by a plain member.</summary>
    public Member? InviteByMember { get; init; }

    /// <summary>A request that waits for approval: listed nowhere, 404 by id.</summary>
    public Member? Unapproved { get; init; }

    /// <summary>Account deactivated while on a team: not listed, but counted and in SCIM groups.</summary>
    public Member? Deactivated { get; init; }

    public Member? IdpProvisioned { get; init; }

    public Member? IdpRoleRestricted { get; init; }

    public Member? Partnership { get; init; }

    public Member? OverMemberLimit { get; init; }

    public Member? NeverActive { get; init; }

    public Team? IdpTeam { get; init; }

    public Team? EmptyTeam { get; init; }

    /// <summary>Team whose slug looks like a number.</summary>
    public Team? NumericTeam { get; init; }

    /// <summary>Project without any team.</summary>
    public Project? Orphan { get; init; }

    /// <summary>Project that had another slug before: <see cref="FormerSlug"/>.</summary>
    public Project? Renamed { get; init; }

    public string? FormerSlug { get; init; }
}
