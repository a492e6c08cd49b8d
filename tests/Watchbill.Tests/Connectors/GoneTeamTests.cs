using Watchbill.Connectors;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Connectors;

/// <summary>Teams that are deleted in Sentry leave nothing behind that a later run would miss.</summary>
public sealed class GoneTeamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_team_that_is_gone_is_missed_by_no_later_run(bool isEmpty)
    {
        await using var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 20, Teams: 6, Projects: 5, AuditRows: 10));
        var team = isEmpty ? acme.Acme.CreateTeam("empty-team") : acme.Acme.Teams.First(static team => team.Memberships.Count > 0);
        await acme.SyncAsync();

        acme.Acme.DeleteTeam(team);
        for (var run = 0; run < 3; run++)
        {
            var done = await acme.SyncAsync();
            Assert.True(done.State is SyncRunState.Succeeded, $"Run {run}: {done.State}, {done.Reason}");
        }
    }
}
