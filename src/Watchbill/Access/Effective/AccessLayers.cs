namespace Watchbill.Access.Effective;

/// <summary>What a member's access to a project amounts to. The layers are kept apart because each answers another question.</summary>
[Flags]
public enum AccessLayers
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Granted: through a team that owns the project, or a global organization role. Says nothing about whether it works now.</summary>
    Held = 1,

    /// <summary>Sentry lets them in now: held or open to every member, and nothing stops them.</summary>
    Reachable = 2,

    /// <summary>They could take it without anyone's leave by joining a team; a removal alone may prove nothing.</summary>
    SelfJoinable = 4,

    /// <summary>Nobody may conclude that they do not reach it: Sentry did not tell whether membership is open.</summary>
    Unknown = 8,
}
