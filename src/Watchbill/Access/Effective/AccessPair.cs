using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>One member and one project.</summary>
/// <param name="Member">The member.</param>
/// <param name="Project">The project.</param>
/// <param name="Layers">What the access amounts to.</param>
/// <param name="Paths">Every way that leads there, also those an obstacle closes; empty when there is none.</param>
/// <param name="Scopes">What the member may do there through all ways that are not merely possible; what they would be able to do while an obstacle stops them.</param>
public sealed record AccessPair(MemberNode Member, ProjectNode Project, AccessLayers Layers, IReadOnlyList<AccessPath> Paths, ScopeSet Scopes)
{
    /// <summary>What stands in the way; empty for most.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; init; } = [];

    /// <summary>Sentry lets them in now, at least with an API token.</summary>
    public bool ReachesNow => (Layers & AccessLayers.Reachable) != 0;

    /// <summary>Granted, whether or not it works now.</summary>
    public bool IsHeld => (Layers & AccessLayers.Held) != 0;

    /// <summary>They could take it, or keep it after a removal, without anyone's leave.</summary>
    public bool IsSelfJoinable => (Layers & AccessLayers.SelfJoinable) != 0;

    /// <summary>Nothing leads there now, but nobody may conclude so: a setting was not told.</summary>
    public bool IsUnknown => !ReachesNow && (Layers & AccessLayers.Unknown) != 0;

    /// <summary>How far the member gets, in one word.</summary>
    public Reach Reach => this switch
    {
        { ReachesByTokenOnly: true } => Reach.TokensOnly,
        { ReachesNow: true } => Reach.Now,
        { IsStopped: true } => Reach.Stopped,
        { IsUnknown: true } => Reach.Unknown,
        { IsSelfJoinable: true } => Reach.CouldJoin,
        _ => Reach.No,
    };

    /// <summary>Something leads there and an obstacle stops everything.</summary>
    public bool IsStopped => Paths.Count > 0 && Obstacles.Any(static obstacle => obstacle.Stops is ObstacleReach.Everything);

    /// <summary>The web interface is closed to them while API tokens go on working.</summary>
    public bool ReachesByTokenOnly => ReachesNow && Obstacles.Count > 0;
}
