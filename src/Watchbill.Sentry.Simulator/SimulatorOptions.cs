namespace Watchbill.Sentry.Simulator;

/// <summary>How a simulated Sentry is set up. Two servers with equal options (and clocks on the same UTC day) hold equal worlds.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Port on 127.0.0.1 of the base address; 0 takes any free one. Further regions always take free ports.</summary>
    public int Port { get; init; }

    /// <summary>Seed of every generated name, id, date and secret.</summary>
    public int Seed { get; init; } = 1;

    public OrganizationSize Size { get; init; } = OrganizationSize.Default;

    /// <summary>Slug of the large organization. The small one in the second region is called <c>{slug}-eu</c>.</summary>
    public string OrganizationSlug { get; init; } = "acme";

    public SimulatorMode Mode { get; init; } = SimulatorMode.Single;

    /// <summary>Time every API answer takes at least. Holds a concurrency slot, as real work does.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Largest random addition to <see cref="Latency"/>.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Null switches the limiter off, headers included. Ignored when self-hosted: Sentry skips the limiter there.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>True answers 429 with a bare JSON string, as older Sentry builds do, instead of <c>{"detail": ...}</c>.</summary>
    public bool BareStringRateLimitBody { get; init; }

    /// <summary>Path a reverse proxy would put before the API, such as <c>/sentry</c>. Sentry itself does not know it: links leave it out.</summary>
    public string SubPath { get; init; } = "";

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
