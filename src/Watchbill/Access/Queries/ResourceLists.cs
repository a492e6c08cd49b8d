using Watchbill.Access.Facts;

namespace Watchbill.Access.Queries;

/// <summary>Which teams to list; what is null does not matter. Ordered by slug.</summary>
public sealed record TeamFilter
{
    /// <summary>A part of the slug or name.</summary>
    public string? Text { get; init; }

    /// <summary>Without members.</summary>
    public bool Empty { get; init; }

    /// <summary>Without projects.</summary>
    public bool WithoutProjects { get; init; }
}

/// <summary>A team in a list.</summary>
/// <param name="Id">The team id.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The name.</param>
/// <param name="IdpProvisioned">Managed through SCIM.</param>
/// <param name="MemberCount">Memberships, those of invitations and deactivated users included.</param>
/// <param name="ProjectCount">Projects it owns.</param>
public sealed record TeamLine(string Id, string Slug, string Name, bool IdpProvisioned, int MemberCount, int ProjectCount);

/// <summary>Which projects to list; what is null does not matter. Ordered by slug.</summary>
public sealed record ProjectFilter
{
    /// <summary>A part of the slug or name.</summary>
    public string? Text { get; init; }

    /// <summary>The platform, exactly.</summary>
    public string? Platform { get; init; }

    /// <summary>Owned by the team with this id.</summary>
    public string? TeamId { get; init; }

    /// <summary>Owned by no team.</summary>
    public bool Orphan { get; init; }
}

/// <summary>A project in a list.</summary>
/// <param name="Id">The project id.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The name.</param>
/// <param name="Platform">The platform; null when none was chosen.</param>
/// <param name="DateCreated">When it was created; null when not told.</param>
/// <param name="TeamCount">Teams that own it; none: it is an orphan.</param>
public sealed record ProjectLine(string Id, string Slug, string Name, string? Platform, DateTimeOffset? DateCreated, int TeamCount);

/// <summary>Which principals that are no persons to list; what is null does not matter. Ordered by kind, then name.</summary>
public sealed record NonHumanFilter
{
    /// <summary>The kind.</summary>
    public NonHumanKind? Kind { get; init; }

    /// <summary>Holds this scope, for example <c>project:write</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Works, or does not; principals of which Sentry does not tell are in neither list.</summary>
    public bool? IsActive { get; init; }

    /// <summary>A part of the name.</summary>
    public string? Text { get; init; }
}
