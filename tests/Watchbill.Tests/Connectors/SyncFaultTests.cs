using Watchbill.Access.Facts;
using Watchbill.Connectors;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Connectors;

/// <summary>Complete or nothing: whatever goes wrong while reading, no period is wrongly closed and the run says what is stale.</summary>
public sealed class SyncFaultTests
{
    public static TheoryData<string, FaultRule> Faults => new()
    {
        { "members", new FaultRule(FaultAction.Respond, "*/members/") { Status = 500, After = 2 } },
        { "members", new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/members/") { Status = 403, Body = """{"detail":"You do not have permission to perform this action."}""" } },
        { "members", new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/members/") { Status = 200, Body = "[]" } },
        { "members", new FaultRule(FaultAction.HtmlPage, "/api/0/organizations/acme/members/") },
        { "members", new FaultRule(FaultAction.TruncateBody, "/api/0/organizations/acme/members/") },
        { "members", new FaultRule(FaultAction.RepeatCursor, "/api/0/organizations/acme/members/") },
        { "members", new FaultRule(FaultAction.ResetConnection, "/api/0/organizations/acme/members/") { After = 1 } },
        { "teams", new FaultRule(FaultAction.GatewayUnavailable, "/api/0/organizations/acme/teams/") },
        { "teams", new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/teams/") { Status = 200, Body = "[]" } },
        { "projects", new FaultRule(FaultAction.EmptyNotFound, "/api/0/organizations/acme/projects/") },
        { "projects", new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/projects/") { Status = 200, Body = "[]" } },
        { "team-members", new FaultRule(FaultAction.Respond, "/api/0/teams/*/members/") { Status = 500, Every = 3 } },
        { "team-members", new FaultRule(FaultAction.ObjectDetail, "/api/0/teams/*/members/") { After = 1 } },
        { "sentry-apps", new FaultRule(FaultAction.Respond, "*/sentry-apps/") { Status = 403, Body = """{"detail":"You do not have permission to perform this action."}""" } },
        { "client-keys", new FaultRule(FaultAction.TooManyRequestsWithoutHeaders, "*/project-keys/") },
        { "organization", new FaultRule(FaultAction.RevokeToken, "/api/0/organizations/acme/") },
        { "members", new FaultRule(FaultAction.SlowDrip, "/api/0/organizations/acme/members/") { Bytes = 10, Delay = TimeSpan.FromMilliseconds(50) } },
        { "team-members", new FaultRule(FaultAction.RevokeToken, "/api/0/teams/*/members/") { Nth = 3 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nothing_is_closed_and_the_scope_is_stale(string scope, FaultRule fault)
    {
        await using var connected = await ConnectedOrganization.StartAsync(
            new OrganizationSize(Members: 150, Teams: 12, Projects: 20, AuditRows: 10), new SyncOptions { Attempts = 2, RequestTimeout = TimeSpan.FromSeconds(2) });
        await connected.SyncAsync();
        var before = await OpenKeysAsync(connected);

        connected.Server.Faults.Add(fault);
        var run = await connected.SyncAsync();

        Assert.Contains(run.State, (SyncRunState[])[SyncRunState.Degraded, SyncRunState.Failed]);
        Assert.Equal(before, await OpenKeysAsync(connected));
        var stale = (await connected.Get<Watchbill.Access.Ledger>().ScopesAsync(connected.Connector.Id, default)).Where(state => state.StaleSince is not null);
        Assert.Contains(stale, state => state.Scope.StartsWith(scope, StringComparison.Ordinal) && state.StaleReason is { Length: > 0 });
        Assert.Contains((await connected.ReadConnectorAsync()).State, (ConnectorState[])[ConnectorState.Degraded, ConnectorState.Failed]);
        Assert.NotNull((await connected.ReadConnectorAsync()).StateReason);
    }

    [Fact]
    public async Task A_storm_that_passes_leaves_no_trace_but_the_log()
    {
        await using var connected = await ConnectedOrganization.StartAsync(options: new SyncOptions { Attempts = 5 });
        connected.Server.Faults.Add(
            new FaultRule(FaultAction.TooManyRequests, "*/members/") { Nth = 1 },
            new FaultRule(FaultAction.GatewayUnavailable, "*/teams/") { Nth = 1 },
            new FaultRule(FaultAction.ResetConnection, "*/projects/") { Nth = 1 });

        var run = await connected.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        Assert.Equal((3, 1), (run.Retries, run.RateLimited));
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
    }

    [Fact]
    public async Task A_member_deleted_between_two_pages_hides_nobody()
    {
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 350, Teams: 5, Projects: 5, AuditRows: 10));
        connected.Server.Faults.Add(new FaultRule(FaultAction.DeleteMember, "/api/0/organizations/acme/members/") { Nth = 3 });

        var run = await connected.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
    }

    [Fact]
    public async Task A_team_deleted_while_it_is_read_is_settled_by_the_list()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        await connected.SyncAsync();
        var team = connected.Acme.Teams.First(candidate => candidate.Memberships.Count > 0);
        connected.Server.Faults.Add(new FaultRule(FaultAction.Respond, $"/api/0/teams/acme/{team.Slug}/members/")
        {
            Status = 404,
            Body = """{"detail":"The requested resource does not exist"}""",
        });

        var listed = await connected.SyncAsync();
        Assert.Equal(SyncRunState.Degraded, listed.State);
        Assert.Contains(await connected.OpenAsync<TeamMembershipFact>(), fact => fact.TeamId == team.Id.ToString());

        connected.Acme.DeleteTeam(team);
        var gone = await connected.SyncAsync();
        Assert.Equal(SyncRunState.Succeeded, gone.State);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
    }

    [Fact]
    public async Task An_organization_that_moves_to_another_region_in_the_middle_loses_nothing()
    {
        await using var connected = await ConnectedOrganization.StartAsync(
            new OrganizationSize(Members: 150, Teams: 12, Projects: 20, AuditRows: 10), mode: SimulatorMode.MultiRegion);
        await connected.SyncAsync();
        var before = await OpenKeysAsync(connected);

        connected.Server.Faults.Add(new FaultRule(FaultAction.MoveRegion, "/api/0/teams/*/members/") { Nth = 3 });
        var run = await connected.SyncAsync();
        var next = await connected.SyncAsync();

        Assert.Equal("de", connected.Acme.Region);
        Assert.Contains(run.State, (SyncRunState[])[SyncRunState.Degraded, SyncRunState.Failed]);
        Assert.Equal(SyncRunState.Failed, next.State);
        Assert.Contains("region", next.Reason, StringComparison.Ordinal);
        Assert.Equal(before, await OpenKeysAsync(connected));
    }

    private static async Task<string[]> OpenKeysAsync(ConnectedOrganization connected) =>
    [
        .. (await connected.OpenAsync<MemberFact>()).Select(fact => fact.Key).Order(),
        .. (await connected.OpenAsync<TeamFact>()).Select(fact => fact.Key).Order(),
        .. (await connected.OpenAsync<TeamMembershipFact>()).Select(fact => fact.Key).Order(),
        .. (await connected.OpenAsync<ProjectFact>()).Select(fact => fact.Key).Order(),
        .. (await connected.OpenAsync<ProjectTeamFact>()).Select(fact => fact.Key).Order(),
        .. (await connected.OpenAsync<NonHumanFact>()).Select(fact => fact.Key).Order(),
    ];
}
