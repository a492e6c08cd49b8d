using Watchbill.Sentry.Simulator.Generation;
using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>What happened in an organization's projects: releases, issues, events and the configuration around them.</summary>
public sealed class OrganizationEvidence
{
    private readonly Organization organization;
    private readonly long firstId;

    internal OrganizationEvidence(Draft draft)
    {
        organization = draft.Organization;
        var source = new EvidenceSource(draft);
        var commits = new GeneratedCommits(source);
        ReleaseRows = new ReleaseRegister(new GeneratedReleases(source, commits, draft.Size.ReleasesPerProject));
        RepositoryRows = commits.Repositories;
        IssueRows = new IssueRegister(new GeneratedIssues(source, draft.Size.IssuesPerProject));
        EnvironmentRows = new EnvironmentRegister(source);
        Monitors = new GeneratedMonitors(source);
        Detectors = new GeneratedDetectors(source, Monitors);
        Outlets = new GeneratedOutlets(source);
        Policies = new ProjectPolicies(source);
        Usage = new GeneratedUsage(source);
        firstId = source.FirstId;
        Events = new GeneratedEvents(source, IssueRows);
    }

    /// <summary>All releases, newest first. Computed at every call.</summary>
    public IReadOnlyList<Release> Releases => organization.Locked(() => ReleaseRows.NewestFirst.ToArray());

    public IReadOnlyList<Repository> Repositories => RepositoryRows;

    /// <summary>All issues, last seen first, without those that wait for their deletion. Computed at every call.</summary>
    public IReadOnlyList<Issue> Issues => organization.Locked(() => IssueRows.LastSeenFirst().Where(issue => issue.Status != Issue.PendingDeletion).ToArray());

    internal ReleaseRegister ReleaseRows { get; }

    internal IReadOnlyList<Repository> RepositoryRows { get; }

    internal EnvironmentRegister EnvironmentRows { get; }

    internal GeneratedMonitors Monitors { get; }

    internal GeneratedDetectors Detectors { get; }

    internal GeneratedOutlets Outlets { get; }

    internal ProjectPolicies Policies { get; }

    internal GeneratedUsage Usage { get; }

    internal IssueRegister IssueRows { get; }

    internal GeneratedEvents Events { get; }

    /// <summary>Every team has one workflow.</summary>
    internal long WorkflowId(Team team) => firstId + team.Id;
}
