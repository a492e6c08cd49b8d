namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>One deployment of a release to an environment.</summary>
public sealed record Deploy(long Id, string Environment, DateTimeOffset DateFinished)
{
    public string? Name { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? DateStarted { get; init; }
}
