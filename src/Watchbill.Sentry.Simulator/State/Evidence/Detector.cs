namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>What makes issues in a project: Sentry's own grouping of errors, or a cron monitor.</summary>
/// <param name="Type"><c>error</c> or <c>monitor_check_in_failure</c>.</param>
internal sealed record Detector(long Id, string Type, string Name, Project Project, DateTimeOffset DateCreated)
{
    /// <summary>The monitor it watches, for those of type <c>monitor_check_in_failure</c>.</summary>
    public CronMonitor? Monitor { get; init; }
}
