namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>Changes to releases, as a build pipeline makes them. None of them is written to the audit log.</summary>
public static class ReleaseChanges
{
    /// <summary>Creates a release, or gives the existing one the projects it did not have.</summary>
    /// <returns>The release, and whether it is new.</returns>
    public static (Release Release, bool IsNew) CreateRelease(this Organization organization, string version, params IEnumerable<Project> projects)
    {
        lock (organization.Gate)
        {
            var releases = organization.Evidence.ReleaseRows;
            if (releases.Find(version) is not { } release)
            {
                release = new Release(organization.World.NextId(), version, organization.World.Now, projects);
                releases.Add(release);
                return (release, true);
            }

            releases.Keep(release);
            release.OwnProjects.AddRange(projects.Except(release.OwnProjects).ToArray());
            return (release, false);
        }
    }

    /// <summary>Applies <paramref name="edit"/> and keeps the result.</summary>
    public static void ChangeRelease(this Organization organization, Release release, Action<Release> edit)
    {
        lock (organization.Gate)
        {
            organization.Evidence.ReleaseRows.Keep(release);
            edit(release);
        }
    }

    public static void DeleteRelease(this Organization organization, Release release)
    {
        lock (organization.Gate)
        {
            organization.Evidence.ReleaseRows.Remove(release);
        }
    }

    /// <summary>Records a deployment, unless the same one is there: same environment, name, URL and times.</summary>
    /// <returns>The deployment, and whether it is new.</returns>
    public static (Deploy Deploy, bool IsNew) AddDeploy(this Organization organization, Release release, Deploy deploy)
    {
        lock (organization.Gate)
        {
            organization.Evidence.ReleaseRows.Keep(release);
            if (release.OwnDeploys.Find(other => other with { Id = deploy.Id } == deploy) is { } same)
            {
                return (same, false);
            }

            release.OwnDeploys.Add(deploy);
            release.OwnDeploys.Sort((left, right) => right.DateFinished.CompareTo(left.DateFinished));
            return (deploy, true);
        }
    }
}
