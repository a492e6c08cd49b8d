namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>A watched periodic job of a project.</summary>
/// <param name="Id">A UUID, where other rows have numbers.</param>
/// <param name="Hours">Hours between two runs.</param>
internal sealed record CronMonitor(Guid Id, string Slug, Project Project, DateTimeOffset DateCreated, int Hours)
{
    public string Name => Slug.Replace('-', ' ');

    public bool IsMuted { get; init; }

    /// <summary>The first team of the project.</summary>
    public Team? Owner => Project.OwningTeams.FirstOrDefault();
}

/// <summary>One run of a monitored job, or its absence.</summary>
/// <param name="Status"><c>ok</c>, <c>error</c> or <c>missed</c>.</param>
/// <param name="Milliseconds">Null for a run that did not happen.</param>
internal sealed record CheckIn(Guid Id, string Status, DateTimeOffset Time, int? Milliseconds);
