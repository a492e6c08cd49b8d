using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Tests;

/// <summary>Reads whole generated organizations and compares with what the simulator knows to be true.</summary>
public sealed class SimulatedOrganizationTests
{
    private static readonly string[] ReadScopes = ["org:read", "member:read", "team:read", "project:read"];

    [Theory]
    [InlineData(SimulatorMode.Single)]
    [InlineData(SimulatorMode.MultiRegion)]
    [InlineData(SimulatorMode.SelfHosted)]
    public async Task ReadingEverything_GivesTheTruth(SimulatorMode mode)
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Mode = mode, Size = new(Members: 230, Teams: 40, Projects: 120, AuditRows: 250) });
        using var client = ClientFor(sentry, ReadScopes);

        await AssertTruthAsync(client, sentry);

        Assert.Equal(0, client.Statistics.Retries);
    }

    [Fact]
    public async Task ReadingEverything_BehindASubPath_GivesTheTruth()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { SubPath = "/sentry", Mode = SimulatorMode.SelfHosted, Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);

        await AssertTruthAsync(client, sentry);
    }

    [Fact]
    public async Task ReadingEverything_UnderTheRateLimit_IsNeverRefused()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { RateLimit = RateLimit.Observed, Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);

        await AssertTruthAsync(client, sentry);

        Assert.Equal((0, 0), (sentry.RequestLog.TooManyRequests, (int)client.Statistics.RateLimited));
        Assert.Equal(RateLimit.Observed.Limit, client.Statistics.LastLimits!.Limit);
    }

    [Fact]
    public async Task ReadingEverything_ThroughFailures_GivesTheTruth()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);
        sentry.Faults.Add(
            new FaultRule(FaultAction.GatewayUnavailable) { Nth = 3 },
            new FaultRule(FaultAction.ResetConnection) { Nth = 6 },
            new FaultRule(FaultAction.TooManyRequestsWithoutHeaders) { Nth = 9 });

        await AssertTruthAsync(client, sentry);

        Assert.Equal((3, 3), (sentry.Faults.Hits, (int)client.Statistics.Retries));
    }

    [Fact]
    public async Task WhatServesAsEvidence_IsReadWhole()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, [.. ReadScopes, "event:read"]);
        var evidence = sentry.World.Organizations[0].Evidence;

        var issues = await client.Issues.List("acme").ToListAsync();
        Assert.Equal(evidence.Issues.Select(issue => $"{issue.Id}").Order(), issues.Select(issue => issue.Id).Order());
        Assert.Contains(issues, issue => issue.Status == "resolved");
        Assert.Contains(issues, issue => issue is { Status: "unresolved", Count: > 0, AssignedTo: not null, Project: not null });
        var unresolved = await client.Issues.List("acme", new() { Query = "is:unresolved" }).ToListAsync();
        Assert.Equal(issues.Where(issue => issue.Status == "unresolved").Select(issue => issue.Id).Order(), unresolved.Select(issue => issue.Id).Order());

        var releases = await client.Releases.List("acme").ToListAsync();
        Assert.NotEmpty(releases);
        Assert.All(releases, release => Assert.Contains(evidence.Releases, known => known.Version == release.Version));
        var built = releases.First(release => release is { CommitCount: > 0, DeployCount: > 0 });
        Assert.Equal(built.CommitCount, (await client.Releases.ListCommits("acme", built.Version).ToListAsync()).Count);
        Assert.Equal(built.DeployCount, (await client.Releases.ListDeploys("acme", built.Version).ToListAsync()).Count);

        var repositories = await client.Repositories.List("acme").ToListAsync();
        Assert.NotEmpty(repositories);
        Assert.All(repositories, repository => Assert.Contains(evidence.Repositories, known => known.Name == repository.Name));
        Assert.Contains(await client.Monitors.List("acme").ToListAsync(), monitor => monitor is { Owner: not null, Environments: [{ LastCheckIn: not null }, ..] });
        var workflows = (await client.Alerts.ListWorkflows("acme").ToListAsync()).ToDictionary(workflow => workflow.Id);
        var detectors = await client.Alerts.ListDetectors("acme").ToListAsync();
        Assert.All(detectors.SelectMany(detector => detector.WorkflowIds!), id => Assert.Contains(id, workflows.Keys));
        Assert.Contains(workflows.Values, workflow => workflow is { Enabled: true, ActionFilters: [{ Actions: [{ Type: "email" }, ..] }, ..] });
    }

    [Fact]
    public async Task TheRest_OfWhatAnOrganizationHolds_IsRead()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);
        var acme = sentry.World.Organizations[0];
        var truth = sentry.World.Truth().Organizations[0];

        Assert.Equal("0", (await client.Root.GetApiIndexAsync()).Version);
        Assert.Equal(acme.Id.ToString(), (await client.Organizations.GetAsync("acme")).Id);
        Assert.Equal(truth.ClientKeys, (await client.ClientKeys.ListForOrganization("acme").ToListAsync()).Count);
        Assert.NotEmpty(await client.Integrations.List("acme").ToListAsync());
        var apps = await client.SentryApps.List("acme").ToListAsync();
        Assert.Equal(acme.SentryApps.Count(app => app.IsOwned), apps.Count);
        Assert.All(apps, app => Assert.NotEmpty(app.Scopes!));
        Assert.Equal(acme.SentryApps.Count, (await client.SentryApps.ListInstallations("acme").ToListAsync()).Count);
        Assert.Equal(truth.Credentials.Count(token => token.Kind == TokenKind.Organization), (await client.OrganizationTokens.List("acme").ToListAsync()).Count);
    }

    [Fact]
    public async Task AuditLog_IsReadToItsFirstLine()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, "org:write");

        var entries = await client.AuditLogs.List("acme").ToListAsync();

        Assert.Equal(sentry.World.Truth().Organizations[0].AuditRows, entries.DistinctBy(entry => entry.Id).Count());
        Assert.All(entries, entry => Assert.NotNull(entry.DateCreated));
        Assert.Contains("member.invite", await client.AuditLogs.ProbeAsync("acme"));
    }

    [Fact]
    public async Task ScimGroups_NameTheSameMembershipsAsTheTruth()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = new(Members: 150, Teams: 130, Projects: 10, AuditRows: 10) });
        using var client = ClientFor(sentry, ReadScopes);
        sentry.World.Organizations[0].AuthProvider = new AuthProvider(1, "okta", RequireLink: true, ScimEnabled: true);
        var truth = sentry.World.Truth().Organizations[0];

        var groups = await client.Scim.ListGroups("acme").ToListAsync();
        var edges = groups.SelectMany(group => group.Members!.Select(member => $"{group.Id} {member.Value}")).ToHashSet();

        Assert.Equal(truth.Teams.Count, groups.Count);
        Assert.All(await client.Scim.ListGroups("acme", includeMembers: false).ToListAsync(), group => Assert.Empty(group.Members ?? []));
        var listed = truth.Members.Where(member => member.IsListed).Select(member => member.Id).ToHashSet();
        Assert.All(truth.Memberships.Where(link => listed.Contains(link.MemberId)), link => Assert.Contains($"{link.TeamId} {link.MemberId}", edges));
        Assert.True((await client.AuthProvider.GetAsync("acme"))!.ScimEnabled);
        Assert.NotEmpty(await client.Scim.ListUsers("acme").ToListAsync());
    }

    [Fact]
    public async Task AuthProvider_WithoutSingleSignOn_IsNull()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);
        sentry.World.Organizations[0].AuthProvider = null;

        Assert.Null(await client.AuthProvider.GetAsync("acme"));
    }

    [Fact]
    public async Task MemberDetail_HasTeamsAndRoles()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);
        var teamAdmin = sentry.World.Organizations[0].Fixtures.TeamAdmin!;

        var member = await client.Members.GetAsync("acme", teamAdmin.Id.ToString());

        Assert.Equal(teamAdmin.Memberships.Select(link => link.Team.Slug).Order(), member.Teams!.Order());
        Assert.Contains(member.TeamRoles!, role => role.Role == "admin");
        Assert.Contains(member.OrgRoleList!, role => role.Id == "owner");
    }

    [Fact]
    public async Task MissingScope_IsNamed()
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, "org:read");

        var failure = await Assert.ThrowsAsync<SentryException>(() => client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.MissingScope, failure.Kind);
        Assert.Contains("member:read", failure.RequiredScopes);
    }

    [Theory]
    [InlineData(SimulatorMode.MultiRegion, SentryFailureKind.NotFoundAtGateway)]
    [InlineData(SimulatorMode.SelfHosted, SentryFailureKind.NotFound)]
    public async Task UnknownOrganization_SaysWhoDoesNotKnowIt(SimulatorMode mode, SentryFailureKind expected)
    {
        await using var sentry = await SimulatorServer.StartAsync(new() { Mode = mode, Size = OrganizationSize.Small });
        using var client = ClientFor(sentry, ReadScopes);

        var failure = await Assert.ThrowsAsync<SentryException>(() => client.Organizations.GetAsync("no-such-organization"));

        Assert.Equal(expected, failure.Kind);
    }

    private static SentryClient ClientFor(SimulatorServer sentry, params string[] scopes) => new(new()
    {
        BaseAddress = sentry.BaseAddress,
        Token = SentryToken.Parse(sentry.World.IssueToken(TokenKind.InternalIntegration, null, scopes)),
        AllowPrivateNetworks = true,
        UseEnvironmentProxy = false,
    });

    private static async Task AssertTruthAsync(SentryClient client, SimulatorServer sentry)
    {
        var truth = sentry.World.Truth().Organizations[0];
        await client.ResolveRegionAsync("acme");

        var members = await client.Members.List("acme").ToListAsync();
        Assert.Equal(
            truth.Members.Where(member => member.IsListed).Select(member => (member.Id.ToString(), member.Role, member.IsPending)).Order(),
            members.Select(member => (member.Id, member.RoleId!, member.IsInvitation)).Order());

        var teams = await client.Teams.List("acme").ToListAsync();
        Assert.Equal(truth.Teams.Select(team => (team.Id.ToString(), team.Slug, team.IsIdpProvisioned)).Order(),
            teams.Select(team => (team.Id, team.Slug!, team.Flags!.IdpProvisioned!.Value)).Order());

        Assert.Equal(Projects(truth).Order(), Projects(await client.Projects.ListAll("acme").ToListAsync()).Order());
        Assert.Equal(Projects(truth).Order(), Projects(await client.Projects.List("acme").ToListAsync()).Order());
        Assert.Equal(ListedMemberships(truth).Order(), (await MembershipsAsync(client, teams)).Order());
    }

    private static IEnumerable<string> Projects(TruthOrganization truth) =>
        truth.Projects.Select(project => $"{project.Id} {project.Slug} {string.Join(',', project.TeamIds.Order())}");

    private static IEnumerable<string> Projects(IEnumerable<SentryProject> projects) =>
        projects.Select(project => $"{project.Id} {project.Slug} {string.Join(',', project.Teams!.Select(team => long.Parse(team.Id)).Order())}");

    private static IEnumerable<string> ListedMemberships(TruthOrganization truth)
    {
        var listed = truth.Members.Where(member => member.IsListed).Select(member => member.Id).ToHashSet();
        return truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(link => $"{link.TeamId} {link.MemberId} {link.Role}");
    }

    private static async Task<List<string>> MembershipsAsync(SentryClient client, IEnumerable<SentryTeam> teams)
    {
        List<string> found = [];
        foreach (var team in teams)
        {
            await foreach (var member in client.Teams.ListMembers("acme", team.Id))
            {
                found.Add($"{team.Id} {member.Id} {member.TeamRole}");
            }
        }
        return found;
    }
}
