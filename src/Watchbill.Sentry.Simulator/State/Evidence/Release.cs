namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>A version of one or more projects. Changes are in <see cref="ReleaseChanges"/>.</summary>
public sealed class Release
{
    public const string Open = "open";
    public const string Archived = "archived";

    private Func<IReadOnlyList<Commit>> commits = () => [];
    private IReadOnlyList<Commit>? known;

    internal Release(long id, string version, DateTimeOffset dateCreated, IEnumerable<Project> projects)
    {
        Id = id;
        Version = version;
        DateCreated = dateCreated;
        OwnProjects.AddRange(projects);
    }

    public long Id { get; }

    /// <summary>Any text: slashes, spaces, <c>@</c> and <c>+</c> occur.</summary>
    public string Version { get; }

    public DateTimeOffset DateCreated { get; }

    public DateTimeOffset? DateReleased { get; internal set; }

    public string? Ref { get; internal set; }

    public string? Url { get; internal set; }

    /// <summary><see cref="Open"/> or <see cref="Archived"/>.</summary>
    public string Status { get; internal set; } = Open;

    public int NewIssues { get; internal init; }

    public DateTimeOffset? FirstEvent { get; internal init; }

    public DateTimeOffset? LastEvent { get; internal init; }

    /// <summary>Percent of sessions that did not crash; null when nobody ran it, or its programs send no sessions.</summary>
    public double? CrashFreeSessions => Id % 3 == 0 ? null : 95 + (Id % 50 / 10.0);

    public IReadOnlyList<Project> Projects => OwnProjects;

    /// <summary>Finished last first.</summary>
    public IReadOnlyList<Deploy> Deploys => OwnDeploys;

    /// <summary>Newest first; computed when first asked for.</summary>
    public IReadOnlyList<Commit> Commits => known ??= commits();

    internal List<Project> OwnProjects { get; } = [];

    internal List<Deploy> OwnDeploys { get; } = [];

    /// <summary>Sets where <see cref="Commits"/> come from.</summary>
    internal void CommitsFrom(Func<IReadOnlyList<Commit>> source) => (commits, known) = (source, null);

    public override string ToString() => Version;
}
