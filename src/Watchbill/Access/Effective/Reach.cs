namespace Watchbill.Access.Effective;

/// <summary>How far a member gets to a project.</summary>
public enum Reach
{
    /// <summary>Sentry lets them in.</summary>
    Now,

    /// <summary>The web interface is closed to them, API tokens go on working.</summary>
    TokensOnly,

    /// <summary>Something leads there and an obstacle stops everything.</summary>
    Stopped,

    /// <summary>Nobody can say: a setting was not told.</summary>
    Unknown,

    /// <summary>Nothing was given; they could take it without anyone's leave.</summary>
    CouldJoin,

    /// <summary>Nothing leads there.</summary>
    No,
}
