using Watchbill.Access;
using Watchbill.Connectors;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>The cheapest way to read who is in which team, by what the organization has; the run's log and the plan say which and why.</summary>
public sealed class ReadPlanTests
{
    private static readonly OrganizationSize Size = new(Members: 60, Teams: 25, Projects: 20);

    [Theory, EveryEngine]
    public async Task Through_SCIM_where_team_roles_do_not_count(TestEngine engine)
    {
        await using var acme = await StartAsync(engine, scim: true, teamRoles: false);
        acme.Server.RequestLog.Clear();
        var run = await acme.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        Assert.Contains("read through SCIM with 1 request", await WayAsync(acme, run), StringComparison.Ordinal);
        Assert.DoesNotContain(acme.Server.RequestLog.Entries, static entry => entry.Route.StartsWith("/api/0/teams/", StringComparison.Ordinal));
        await AssertPlacesAreTrueAsync(acme);
        var plan = (await acme.Get<PredictSync>().RunAsync(acme.Connector.Id, ConnectedOrganization.Somebody, default)).Value;
        Assert.Equal(1, plan.Lines.Single(static line => line.Listing == Scope.TeamMembersFamily).Requests);
        Assert.Equal(plan.Requests, (await acme.SyncAsync()).Requests);
    }

    [Theory]
    [InlineData(true, true, "SCIM cannot be used, because team roles are in force")]
    [InlineData(false, false, "SCIM cannot be used, because it is not switched on")]
    public async Task Team_by_team_otherwise(bool scim, bool teamRoles, string why)
    {
        await using var acme = await StartAsync(TestEngine.Sqlite, scim, teamRoles);
        var run = await acme.SyncAsync();

        Assert.Contains("read team by team", await WayAsync(acme, run), StringComparison.Ordinal);
        Assert.Contains(why, await WayAsync(acme, run), StringComparison.Ordinal);
        await AssertPlacesAreTrueAsync(acme);
    }

    [Fact]
    public async Task Member_by_member_where_teams_are_more()
    {
        await using var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 8, Teams: 40, Projects: 5));
        foreach (var team in acme.Acme.Teams)
        {
            acme.Acme.JoinTeam(acme.Acme.Members[0], team);
        }

        var run = await acme.SyncAsync();

        Assert.Contains("read member by member", await WayAsync(acme, run), StringComparison.Ordinal);
        await AssertPlacesAreTrueAsync(acme);
    }

    /// <summary>Whoever is switched off is counted and told by SCIM, but listed nowhere: the ledger has them in no team either way.</summary>
    [Fact]
    public async Task SCIM_and_teams_tell_the_same()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite, scim: true, teamRoles: false);
        acme.Acme.SetActive(acme.Acme.Members.First(static member => member.Memberships.Count > 1), active: false);
        await acme.SyncAsync();
        var through = (await acme.OpenAsync<Watchbill.Access.Facts.TeamMembershipFact>()).Select(static fact => (fact.Key, fact.TeamRole)).Order().ToList();
        acme.Acme.AuthProvider = null;
        var run = await acme.SyncAsync();

        Assert.Contains("read team by team", await WayAsync(acme, run), StringComparison.Ordinal);
        Assert.Equal(through, (await acme.OpenAsync<Watchbill.Access.Facts.TeamMembershipFact>()).Select(static fact => (fact.Key, fact.TeamRole)).Order());
    }

    /// <summary>A plan that loses SCIM, or a team that SCIM tells less of than Sentry counts: the other way is taken, and nothing is lost.</summary>
    [Fact]
    public async Task Where_SCIM_fails_the_teams_are_read()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite, scim: true, teamRoles: false);
        await acme.SyncAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/scim/*") { Status = 403, Body = """{"detail":"gone"}""" });
        var run = await acme.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        await AssertPlacesAreTrueAsync(acme);
    }

    [Fact]
    public async Task Where_SCIM_is_taken_away_in_the_middle_the_teams_are_read()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite, scim: true, teamRoles: false, new OrganizationSize(Members: 60, Teams: 130, Projects: 20));
        acme.Server.Faults.Add(new FaultRule(FaultAction.DisableScim, "*/scim/v2/Groups") { Nth = 2 });
        var run = await acme.SyncAsync();

        Assert.False(acme.Acme.AuthProvider!.ScimEnabled);
        Assert.Equal(SyncRunState.Succeeded, run.State);
        await AssertPlacesAreTrueAsync(acme);
    }

    [Fact]
    public async Task A_team_that_SCIM_tells_less_of_than_is_counted_is_read_itself()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite, scim: true, teamRoles: false);
        var body = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}""";
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/scim/*") { Status = 200, Body = body });
        var run = await acme.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        await AssertPlacesAreTrueAsync(acme);
    }

    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine, bool scim, bool teamRoles, OrganizationSize? size = null)
    {
        var acme = await ConnectedOrganization.StartAsync(size ?? Size, engine: engine);
        acme.Acme.AuthProvider = new AuthProvider(77, "okta", RequireLink: false, ScimEnabled: scim);
        if (!teamRoles)
        {
            acme.Acme.Features.Remove("team-roles");
        }

        return acme;
    }

    private static async Task<string> WayAsync(ConnectedOrganization acme, SyncRun run) =>
        (await acme.LogAsync(run)).Single(static scope => scope.Scope == Scope.Teams).Note ?? "";

    private static async Task AssertPlacesAreTrueAsync(ConnectedOrganization acme)
    {
        var listed = acme.Truth.Members.Where(static member => member.IsListed).Select(static member => member.Id).ToHashSet();
        Assert.Equal(
            acme.Truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(static link => $"{link.TeamId}:{link.MemberId}").Order(),
            (await acme.OpenAsync<Watchbill.Access.Facts.TeamMembershipFact>()).Select(static fact => $"{fact.TeamId}:{fact.MemberId}").Order());
    }
}
