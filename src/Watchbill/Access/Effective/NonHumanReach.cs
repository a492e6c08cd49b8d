using Watchbill.Access.Facts;

namespace Watchbill.Access.Effective;

/// <summary>A principal that is no person, and how it reaches a project.</summary>
/// <param name="Principal">The principal.</param>
/// <param name="Path">How.</param>
/// <param name="Obstacle">Why it does not work now; null when nothing is known to stop it.</param>
public sealed record NonHumanReach(NonHumanNode Principal, AccessPath Path, Obstacle? Obstacle)
{
    /// <summary>It works now, as far as Sentry tells.</summary>
    public bool ReachesNow => Obstacle is null;

    /// <summary>It may only hand events in.</summary>
    public bool SendsOnly => Path.Kind is AccessPathKind.ClientKey;
}

/// <summary>The rules for principals that are no persons.</summary>
internal static class NonHumanRules
{
    /// <summary>How the principal reaches the project; null when it does not.</summary>
    public static NonHumanReach? Reach(NonHumanNode principal, ProjectNode project) =>
        (principal.ProjectId is null || principal.ProjectId == project.Id) && KindOf(principal) is { } kind
            ? new NonHumanReach(principal, new AccessPath { Kind = kind, Scopes = principal.Scopes, Principal = principal }, ObstacleOf(principal))
            : null;

    private static AccessPathKind? KindOf(NonHumanNode principal) => principal.Kind switch
    {
        // An app whose scopes touch no project cannot use its place in every team. Untold scopes are not "none".
        NonHumanKind.InternalIntegration or NonHumanKind.PublicApp => principal.Scopes is null or { TouchesProjects: true } ? AccessPathKind.App : null,
        NonHumanKind.OrganizationToken => AccessPathKind.OrganizationToken,
        NonHumanKind.ClientKey => principal.ProjectId is null ? null : AccessPathKind.ClientKey,
        // A connection to another product carries data out; it has no rights of its own in Sentry.
        NonHumanKind.Integration => null,
    };

    private static Obstacle? ObstacleOf(NonHumanNode principal) => principal.IsActive is false ? new Obstacle(ObstacleKind.PrincipalInactive) : null;
}
