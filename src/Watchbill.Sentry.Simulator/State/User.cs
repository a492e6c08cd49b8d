namespace Watchbill.Sentry.Simulator.State;

/// <summary>An account. It may belong to several organizations, and it outlives its memberships.</summary>
public sealed class User
{
    public required long Id { get; init; }

    public required string Email { get; set; }

    public required string Name { get; set; }

    public required DateTimeOffset DateJoined { get; init; }

    public DateTimeOffset? LastLogin { get; set; }

    public DateTimeOffset? LastActive { get; set; }

    /// <summary>False hides the person from member lists, although team memberships stay and are still counted.</summary>
    public bool IsActive { get; set; } = true;

    public bool IsSuspended { get; set; }

    public bool Has2fa { get; set; }

    public bool HasPasswordAuth { get; set; } = true;

    public bool IsManaged { get; set; }

    public bool IsSuperuser { get; set; }

    public bool IsStaff { get; set; }

    public override string ToString() => $"{Name} <{Email}>";
}
