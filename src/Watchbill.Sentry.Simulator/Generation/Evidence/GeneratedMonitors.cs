using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>Cron monitors: one in every fourth project, with the check-ins of the last 30 days.</summary>
internal sealed class GeneratedMonitors(EvidenceSource source)
{
    private const int Every = 4;
    private const int HoursKept = 30 * 24;

    public IEnumerable<CronMonitor> All => Enumerable.Range(0, (source.Projects.Count + Every - 1) / Every)
        .Select(index => At(index * Every)).Where(monitor => monitor.Project.IsActive);

    /// <summary>Finds a monitor by UUID or slug.</summary>
    public CronMonitor? Find(string idOrSlug) => All.FirstOrDefault(monitor => monitor.Slug == idOrSlug || $"{monitor.Id}" == idOrSlug);

    public static int CheckInsOf(CronMonitor monitor) => HoursKept / monitor.Hours;

    /// <param name="monitor">The monitor.</param>
    /// <param name="number">0 is the newest run: that of the last midnight.</param>
    public CheckIn CheckIn(CronMonitor monitor, int number)
    {
        var key = (source.PlaceOf[monitor.Project.Id] * (long)HoursKept) + number;
        var dice = source.Dice("check-in", key);
        var status = dice.Roll() switch { < 0.95 => "ok", < 0.98 => "missed", _ => "error" };
        return new CheckIn(source.Guid("check-in-id", key), status, source.Today.AddHours(-number * monitor.Hours), status == "missed" ? null : 500 + dice.Below(60_000));
    }

    private CronMonitor At(int place)
    {
        var dice = source.Dice("monitor", place);
        var project = source.Projects[place];
        return new CronMonitor(source.Guid("monitor-id", place), source.Slugs[place] + "-nightly", project, project.DateCreated.AddDays(1), dice.Chance(0.5) ? 1 : 24)
        {
            IsMuted = dice.Chance(0.1),
        };
    }
}
