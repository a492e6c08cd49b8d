namespace Watchbill.Sentry.Simulator.State;

/// <summary>A client key (DSN): whoever has it can send events to the project.</summary>
public sealed class ClientKey
{
    /// <summary>32 hexadecimal digits: both the id in URLs and the public part of the DSN.</summary>
    public required string PublicKey { get; init; }

    public required string SecretKey { get; init; }

    public required Project Project { get; init; }

    public required string Label { get; set; }

    public required DateTimeOffset DateCreated { get; init; }

    public bool IsActive { get; set; } = true;

    /// <summary>Events allowed per window of seconds, or null for no limit.</summary>
    public (int Window, int Count)? RateLimit { get; set; }
}
