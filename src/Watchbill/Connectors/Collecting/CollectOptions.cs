using System.ComponentModel.DataAnnotations;

namespace Watchbill.Connectors.Collecting;

/// <summary>How evidence is collected.</summary>
public sealed class CollectOptions
{
    /// <summary>How old evidence may become before it is collected again by itself. <value>Default one day.</value></summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A collection that failed is made again after so long. <value>Default one hour.</value></summary>
    public TimeSpan AfterFailure { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Issues without events for longer are not listed by Sentry, and kept as they were read last. <value>Default 90 days.</value></summary>
    public TimeSpan IssueWindow { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Commits and deploys are read of releases that are not older. <value>Default 90 days.</value></summary>
    public TimeSpan ReleaseWindow { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How much of the past the counts of received data cover. <value>Default 30 days.</value></summary>
    public TimeSpan UsageWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Where Sentry's audit log tells of changes, the settings of a project that changed no line are read again after so long. <value>Default 7 days.</value></summary>
    public TimeSpan SettingsEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>So many releases or projects are read by one collection; the next goes on. <value>Default 500.</value></summary>
    [Range(1, 100_000)]
    public int PartsAtOnce { get; init; } = 500;

    /// <summary>So many events of one issue are read, the newest. <value>Default 1,000.</value></summary>
    [Range(100, 100_000)]
    public int MostEvents { get; init; } = 1000;

    /// <summary>A process that gave no sign of life for so long is taken for dead. <value>Default 30 seconds.</value></summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);
}
