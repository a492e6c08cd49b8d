namespace Watchbill.Sentry.Simulator.State;

/// <summary>Who made a change, as the audit log keeps it.</summary>
/// <param name="User">Null when no user acted (legacy API key, SCIM, system).</param>
/// <param name="Name">What the log shows when there is no user.</param>
/// <param name="IpAddress">Where it came from, or null.</param>
public sealed record Actor(User? User, string Name, string? IpAddress = null)
{
    /// <summary>Sentry itself.</summary>
    public static Actor System { get; } = new(null, "Sentry");

    public static Actor Of(User user, string? ipAddress = "203.0.113.7") => new(user, user.Name, ipAddress);
}
