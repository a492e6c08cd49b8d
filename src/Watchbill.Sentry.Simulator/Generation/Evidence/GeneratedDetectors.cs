using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>One detector of errors for each project, and one for each monitor. In the order of their ids.</summary>
internal sealed class GeneratedDetectors(EvidenceSource source, GeneratedMonitors monitors)
{
    public IEnumerable<Detector> All => source.Projects.Select(OfErrors).Concat(monitors.All.Select(OfMonitor)).Where(detector => detector.Project.IsActive);

    public Detector? Find(long id) => All.FirstOrDefault(detector => detector.Id == id);

    /// <summary>The detectors of errors in a team's projects.</summary>
    public IEnumerable<Detector> Of(Team team) => team.OwnedProjects.Where(project => source.PlaceOf.ContainsKey(project.Id)).Select(OfErrors);

    private Detector OfErrors(Project project) =>
        new(source.FirstId + source.PlaceOf[project.Id], "error", "Error Monitor", project, project.DateCreated);

    private Detector OfMonitor(CronMonitor monitor) =>
        new(source.FirstId + 1_000_000 + source.PlaceOf[monitor.Project.Id], "monitor_check_in_failure", monitor.Name, monitor.Project, monitor.DateCreated)
        {
            Monitor = monitor,
        };
}
