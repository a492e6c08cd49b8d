namespace Watchbill.Kernel;

/// <summary>Who did something in Watchbill.</summary>
/// <param name="Kind">What sort of actor it is.</param>
/// <param name="Id">Stable within its kind: an account id, a token id, an operating-system user name.</param>
/// <param name="From">Where from: an IP address, or the host name for the command line; null when not known.</param>
public sealed record Actor(ActorKind Kind, string Id, string? From = null)
{
    /// <summary>Watchbill itself: schedules, retries, clean-up.</summary>
    public static Actor System { get; } = new(ActorKind.System, "watchbill");
}

/// <summary>The sorts of actors.</summary>
public enum ActorKind
{
    /// <summary>Watchbill itself.</summary>
    System,

    /// <summary>A person at the command line of the machine that holds the database.</summary>
    CommandLine,

    /// <summary>A signed-in person.</summary>
    Account,

    /// <summary>A program with an API token.</summary>
    ApiToken,

    /// <summary>An identity provider that pushes people into a directory; the id is the directory's.</summary>
    Directory,
}
