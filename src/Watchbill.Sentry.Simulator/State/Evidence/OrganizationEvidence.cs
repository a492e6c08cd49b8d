using Watchbill.Sentry.Simulator.Generation;
using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>What happened in an organization's projects: releases, issues, events and the configuration around them.</summary>
public sealed class OrganizationEvidence
{
    private readonly Organization organization;

    internal OrganizationEvidence(Draft draft)
    {
        organization = draft.Organization;
        var source = new EvidenceSource(draft);
        var commits = new GeneratedCommits(source);
        ReleaseRows = new ReleaseRegister(new GeneratedReleases(source, commits, draft.Size.ReleasesPerProject));
        RepositoryRows = commits.Repositories;
    }

    /// <summary>All releases, newest first. Computed at every call.</summary>
    public IReadOnlyList<Release> Releases => organization.Locked(() => ReleaseRows.NewestFirst.ToArray());

    public IReadOnlyList<Repository> Repositories => RepositoryRows;

    internal ReleaseRegister ReleaseRows { get; }

    internal IReadOnlyList<Repository> RepositoryRows { get; }
}
