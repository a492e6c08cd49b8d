using System.Globalization;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>
/// Releases of the last 400 days, newest first. Release n belongs to project n modulo the number of projects (some to the next one as well), and its
/// version ends in a number or a hash that names n, so that it can be found without an index.
/// </summary>
internal sealed class GeneratedReleases(EvidenceSource source, GeneratedCommits commits, int perProject)
{
    private readonly int projects = source.Projects.Count;
    private readonly RowCode hashes = new(source, "release-hash");
    private readonly Timeline timeline = new(source.Today, TimeSpan.FromDays(400), Math.Max(1, source.Projects.Count * perProject));

    private int Count => projects * perProject;

    public IEnumerable<Release> NewestFirst() => Enumerable.Range(0, Count).Select(Find).OfType<Release>();

    /// <summary>The releases of a project: its own, and those of the project before it that it shares.</summary>
    public IEnumerable<Release> Of(Project project)
    {
        if (!source.PlaceOf.TryGetValue(project.Id, out var place))
        {
            return [];
        }

        var before = (place + projects - 1) % projects;
        int[] places = before == place ? [place] : [place, before];
        return Enumerable.Range(0, perProject)
            .SelectMany(rank => places.Select(own => (rank * projects) + own).Order())
            .Select(Find).OfType<Release>().Where(release => release.OwnProjects.Contains(project));
    }

    public Release? Find(string version)
    {
        if (version.Length == 40 && hashes.TryRead(version[..32], out var number, out _))
        {
            return Verified((int)number, version);
        }

        var start = version.Length - 1;
        var end = version.EndsWith(')') ? start : start + 1;
        for (start = end; start > 0 && char.IsAsciiDigit(version[start - 1]); start--)
        {
        }

        return int.TryParse(version[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? Verified(last, version) : null;
    }

    private Release? Verified(int number, string version) =>
        number < Count && Find(number) is { } release && release.Version == version ? release : null;

    private Release? Find(int number)
    {
        var dice = source.Dice("release", number);
        var (place, created) = (number % projects, timeline.At(number, dice.Roll()));
        if (created <= source.Projects[place].DateCreated || !dice.Chance(0.9))
        {
            return null;
        }

        int[] places = dice.Chance(0.1) && projects > 1 ? [place, (place + 1) % projects] : [place];
        var hasEvents = dice.Chance(0.8);
        var release = new Release(source.FirstId + number, Version(number, ref dice), created, places.Select(at => source.Projects[at]))
        {
            DateReleased = dice.Chance(0.7) ? created.AddMinutes(20) : null,
            Status = dice.Chance(0.08) ? Release.Archived : Release.Open,
            NewIssues = hasEvents ? dice.Below(6) : 0,
            FirstEvent = hasEvents ? created.AddMinutes(30) : null,
            LastEvent = hasEvents ? dice.Between(created.AddMinutes(30), source.Today.AddHours(1)) : null,
            Ref = dice.Chance(0.5) ? "main" : null,
        };
        AddDeploys(release, number, ref dice);
        release.CommitsFrom(() => commits.Of(number, created));
        return release;
    }

    /// <summary>The four kinds of version people use; two of them need care in a URL.</summary>
    private string Version(int number, ref Dice dice)
    {
        var slug = source.Slugs[number % projects];
        var (major, minor) = (1 + dice.Below(5), dice.Below(40));
        return dice.Roll() switch
        {
            < 0.5 => $"{slug}@{major}.{minor}.{dice.Below(9)}+{number}",
            < 0.7 => hashes.Write(number, 0) + source.Hex("release-tail", number, 8),
            < 0.85 => $"release/{slug}/{number}",
            _ => $"{slug.Replace('-', ' ')} {major}.{minor} ({number})",
        };
    }

    private void AddDeploys(Release release, int number, ref Dice dice)
    {
        var finished = release.DateCreated.AddMinutes(5);
        string[] environments = [EvidenceNames.Staging, EvidenceNames.Production, EvidenceNames.Production];
        for (var count = dice.Below(4); count > 0; count--)
        {
            var started = dice.Between(finished, finished.AddHours(6));
            finished = started.AddSeconds(30 + dice.Below(600));
            release.OwnDeploys.Insert(0, new Deploy(source.FirstId + (10L * number) + release.OwnDeploys.Count, environments[release.OwnDeploys.Count], finished)
            {
                Name = "pipeline " + (1000 + dice.Below(9000)),
                Url = dice.Chance(0.5) ? "https://ci.example.com/runs/" + number : null,
                DateStarted = started,
            });
        }
    }
}
