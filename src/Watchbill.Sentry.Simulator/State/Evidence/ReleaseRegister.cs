using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>
/// The releases of an organization: generated ones are computed whenever they are asked for, those that were created or changed are kept.
/// The organization's lock guards it.
/// </summary>
internal sealed class ReleaseRegister(GeneratedReleases generated)
{
    private readonly Dictionary<string, Release> kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> removed = new(StringComparer.Ordinal);
    private readonly List<Release> created = [];

    /// <summary>All releases. Created ones are newer than all that are generated.</summary>
    public IEnumerable<Release> NewestFirst => Present(generated.NewestFirst());

    public IEnumerable<Release> Of(Project project) => Present(generated.Of(project)).Where(release => release.OwnProjects.Contains(project));

    public Release? Find(string version)
    {
        if (removed.Contains(version))
        {
            return null;
        }

        return kept.GetValueOrDefault(version) ?? generated.Find(version);
    }

    public void Add(Release release)
    {
        removed.Remove(release.Version);
        created.Add(release);
        kept[release.Version] = release;
    }

    /// <summary>To be called before a release is changed, so that the change outlives the request.</summary>
    public void Keep(Release release) => kept[release.Version] = release;

    public void Remove(Release release)
    {
        removed.Add(release.Version);
        created.Remove(release);
        kept.Remove(release.Version);
    }

    private IEnumerable<Release> Present(IEnumerable<Release> computed) =>
        created.AsEnumerable().Reverse().Concat(
            computed.Where(release => !removed.Contains(release.Version) && !created.Exists(other => other.Version == release.Version))
                .Select(release => kept.GetValueOrDefault(release.Version, release)));
}
