using Watchbill.Access.Facts;
using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>A team in an <see cref="AccessGraph"/>.</summary>
/// <param name="Id">Sentry's numeric id.</param>
/// <param name="Slug">The current slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="IdpProvisioned">Its members are managed through SCIM; nobody can join by themselves.</param>
public sealed record TeamNode(string Id, string Slug, string Name, bool IdpProvisioned)
{
    internal static TeamNode Of(TeamFact fact) => new(fact.Key, fact.Slug, fact.Name, fact.IdpProvisioned);

    /// <summary>A team that a link names but no read of the teams listed: shown by its id, and nobody is said to be able to join it.</summary>
    internal static TeamNode Unlisted(string id) => new(id, id, id, IdpProvisioned: true);
}

/// <summary>A project in an <see cref="AccessGraph"/>.</summary>
/// <param name="Id">Sentry's numeric id.</param>
/// <param name="Slug">The current slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Platform">For example <c>python-django</c>; null when none was chosen.</param>
public sealed record ProjectNode(string Id, string Slug, string Name, string? Platform)
{
    internal static ProjectNode Of(ProjectFact fact) => new(fact.Key, fact.Slug, fact.Name, fact.Platform);
}

/// <summary>A principal that is no person in an <see cref="AccessGraph"/>.</summary>
/// <param name="Key">The ledger's key, <c>kind:id</c>.</param>
/// <param name="Kind">What sort it is.</param>
/// <param name="Name">The name somebody gave it.</param>
/// <param name="IsActive">Whether it works now; null when not told.</param>
/// <param name="Scopes">What it may do; null when Sentry does not tell.</param>
/// <param name="ProjectId">The one project it is bound to; null when it reaches all.</param>
public sealed record NonHumanNode(string Key, NonHumanKind Kind, string Name, bool? IsActive, ScopeSet? Scopes, string? ProjectId)
{
    internal static NonHumanNode Of(NonHumanFact fact) => new(
        fact.Key, fact.Kind, fact.Name, fact.IsActive, fact.Scopes is null ? null : ScopeSet.Parse(fact.Scopes), fact.ProjectId);
}

/// <summary>A member's place in a team, as stored.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="MemberId">The member.</param>
/// <param name="TeamRole">The stored team role; null means the least one that the organization role gives.</param>
public sealed record MembershipEdge(string TeamId, string MemberId, string? TeamRole);

/// <summary>A team owns a project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="TeamId">The team.</param>
public sealed record ProjectTeamEdge(string ProjectId, string TeamId);
