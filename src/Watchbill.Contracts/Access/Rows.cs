namespace Watchbill.Contracts.Access;

/// <summary>A list that was made out of what syncs read, and what it rests on.</summary>
/// <param name="Freshness">What it rests on.</param>
/// <param name="Items">The rows.</param>
/// <param name="Total">How many rows the whole list has.</param>
/// <param name="Next">The cursor of the next part; null when this is the last one.</param>
public sealed record AccessPage<T>(Freshness Freshness, IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>A team, named.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Slug">Its slug.</param>
public sealed record TeamName(string Id, string Slug);

/// <summary>A project, named.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Platform">Its platform; null when none is set.</param>
public sealed record ProjectName(string Id, string Slug, string Name, string? Platform);

/// <summary>A member or invitation, named.</summary>
/// <param name="Id">Sentry's member id.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">What people call them.</param>
/// <param name="OrgRole">The organization role.</param>
/// <param name="State">active, invited, invitation-expired, deactivated or restricted.</param>
public sealed record MemberName(string Id, string Email, string Name, string OrgRole, string State);

/// <summary>A member or invitation in a list.</summary>
public sealed record MemberRow
{
    /// <summary>Sentry's member id.</summary>
    public required string Id { get; init; }

    /// <summary>Sentry's user id; null for invitations.</summary>
    public string? UserId { get; init; }

    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>What people call them.</summary>
    public required string Name { get; init; }

    /// <summary>The organization role.</summary>
    public required string OrgRole { get; init; }

    /// <summary>active, invited, invitation-expired, deactivated or restricted.</summary>
    public required string State { get; init; }

    /// <summary>Whether they use a second factor; null when Sentry does not tell.</summary>
    public bool? HasTwoFactor { get; init; }

    /// <summary>Whether single sign-on is linked.</summary>
    public bool SsoLinked { get; init; }

    /// <summary>Whether the identity provider manages the membership.</summary>
    public bool IdpProvisioned { get; init; }

    /// <summary>Teams they are on.</summary>
    public int Teams { get; init; }

    /// <summary>Projects that are granted, whether or not it works now.</summary>
    public int ProjectsHeld { get; init; }

    /// <summary>Projects that Sentry lets them into now.</summary>
    public int ProjectsReachable { get; init; }

    /// <summary>The web interface is closed to them, API tokens are not.</summary>
    public bool TokensOnly { get; init; }

    /// <summary>Last activity; null when never, not told, or of the past.</summary>
    public DateTimeOffset? LastActive { get; init; }
}

/// <summary>A team in a list.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IdpProvisioned">Whether the identity provider manages it.</param>
/// <param name="Members">Memberships, those of invitations and deactivated users included.</param>
/// <param name="Projects">Projects it owns.</param>
/// <param name="Joinable">Every member may join it without anyone's leave.</param>
public sealed record TeamRow(string Id, string Slug, string Name, bool IdpProvisioned, int Members, int Projects, bool Joinable);

/// <summary>A project in a list.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Platform">Its platform; null when none is set.</param>
/// <param name="Teams">The teams that own it.</param>
/// <param name="MembersHeld">Members with a grant that works now.</param>
/// <param name="MembersReachable">Members that Sentry lets in now.</param>
public sealed record ProjectRow(string Id, string Slug, string Name, string? Platform, IReadOnlyList<TeamName> Teams, int MembersHeld, int MembersReachable);

/// <summary>A principal that is no person, in a list.</summary>
public sealed record PrincipalRow
{
    /// <summary>Its key in Watchbill: kind and Sentry's id.</summary>
    public required string Key { get; init; }

    /// <summary>internal-integration, public-app, integration, organization-token or client-key.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The provider of an integration; null for others.</summary>
    public string? Provider { get; init; }

    /// <summary>The one project it is bound to; null when it reaches all.</summary>
    public ProjectName? Project { get; init; }

    /// <summary>What it may do; null when Sentry does not tell.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether it works; null when Sentry does not tell.</summary>
    public bool? IsActive { get; init; }

    /// <summary>When it was made; null when Sentry does not tell.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>When it was last used; null when never or not told.</summary>
    public DateTimeOffset? LastActive { get; init; }
}

/// <summary>Something whose name holds the words.</summary>
/// <param name="Kind">member, team, project or non-human.</param>
/// <param name="Id">Sentry's id, or the key of a principal that is no person.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What tells it from others of that name.</param>
public sealed record SearchHit(string Kind, string Id, string Name, string Detail);

/// <summary>Something that differs between two instants.</summary>
/// <param name="Kind">What sort of change, stable, kebab-case.</param>
/// <param name="SubjectId">Whom or what it concerns.</param>
/// <param name="Sentence">In words.</param>
/// <param name="LoggedAt">When it was made, as Sentry's audit log tells; null where it does not.</param>
/// <param name="Actor">Who made it, as Sentry's audit log tells; null where it does not.</param>
public sealed record AccessChange(string Kind, string SubjectId, string Sentence, DateTimeOffset? LoggedAt, string? Actor);

/// <summary>Something about an organization's access that a newcomer should be told first.</summary>
/// <param name="Code">Stable, kebab-case; filters lists by <c>fact=</c>.</param>
/// <param name="Gravity">high, medium or low.</param>
/// <param name="Sentence">In words.</param>
/// <param name="Count">How many it concerns.</param>
/// <param name="SubjectIds">Whom or what it concerns; the first 100. All are found with the filter <c>fact=</c>.</param>
public sealed record StrikingFact(string Code, string Gravity, string Sentence, long Count, IReadOnlyList<string> SubjectIds);
