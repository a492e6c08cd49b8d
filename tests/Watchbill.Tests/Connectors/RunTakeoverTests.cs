using LinqToDB;
using Watchbill.Access.Facts;
using Watchbill.Connectors;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Stopping, resuming, holding: what happens to a run that does not simply end.</summary>
public sealed class RunTakeoverTests
{
    [Fact]
    public async Task A_stopped_run_is_continued_without_reading_its_teams_again()
    {
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 300, Teams: 110, Projects: 20, AuditRows: 10));
        using var stop = new CancellationTokenSource();
        var seen = 0;
        var progress = new Probe(update =>
        {
            if (update.Scope?.StartsWith("team-members", StringComparison.Ordinal) is true && ++seen == 1)
            {
                stop.Cancel();
            }
        });

        // Slow enough that the teams take longer than one batch gathers.
        connected.Server.Latency = TimeSpan.FromMilliseconds(150);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connected.Get<SyncOrganization>().RunAsync(connected.Connector.Id, SyncMode.Full, ConnectedOrganization.Somebody, progress, stop.Token));
        Assert.Empty(await connected.FactsAsync<MemberFact>());

        var run = await connected.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
        Assert.Contains(await connected.LogAsync(run), scope => scope.Note?.Contains("interrupted", StringComparison.Ordinal) is true);
        Assert.Equal(SyncRunState.Interrupted, (await connected.Get<ConnectorQueries>().RunsAsync(connected.Connector.Id, 10, ConnectedOrganization.Somebody, default)).Value[1].State);
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_is_refused()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        connected.Server.Latency = TimeSpan.FromMilliseconds(100);
        var first = connected.SyncAsync();

        var second = await connected.TrySyncAsync();

        Assert.Equal("sync-already-running", second.Refusal?.Code);
        Assert.Equal(SyncRunState.Succeeded, (await first).State);
    }

    [Theory]
    [EveryEngine]
    public async Task A_run_that_another_process_took_over_writes_nothing_and_says_so(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        connected.Server.Latency = TimeSpan.FromMilliseconds(200);
        var first = connected.TrySyncAsync();
        await using (var connection = connected.Get<Database>().Open())
        {
            // It was silent for longer than its lease.
            while (await connection.GetTable<SyncRunRow>().Where(static row => row.State == SyncRunState.Running).Set(static row => row.LeaseUntil, DateTimeOffset.UnixEpoch).UpdateAsync() == 0)
            {
                await Moment.PassAsync();
            }
        }

        var second = await connected.SyncAsync();
        var lost = await first;

        Assert.Equal(SyncRunState.Succeeded, second.State);
        Assert.Equal("sync-taken-over", lost.Refusal?.Code);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
    }

    [Theory]
    [EveryEngine]
    public async Task A_name_with_a_character_that_no_database_keeps_is_read_on_every_engine(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        connected.Acme.CreateTeam("odd", "O\0dd");

        var run = await connected.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        Assert.Equal("O\uFFFDdd", (await connected.OpenAsync<TeamFact>()).Single(static team => team.Slug == "odd").Name);
    }

    [Theory]
    [EveryEngine]
    public async Task A_loss_of_most_members_waits_for_a_person_and_is_applied_as_shown(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(
            new OrganizationSize(Members: 90, Teams: 6, Projects: 8, AuditRows: 10), engine: engine);
        await connected.SyncAsync();
        var before = await connected.OpenAsync<MemberFact>();
        Lose(connected, before.Count * 2 / 3);

        var held = await connected.SyncAsync();

        Assert.Equal(SyncRunState.NeedsConfirmation, held.State);
        Assert.Equal(before.Count, (await connected.OpenAsync<MemberFact>()).Count);
        Assert.Equal(ConnectorState.NeedsConfirmation, (await connected.ReadConnectorAsync()).State);
        Assert.Equal("connector-needs-confirmation", (await connected.TrySyncAsync()).Refusal?.Code);

        var decided = await connected.Get<DecideHeldRun>().ConfirmAsync(held.Id, ConnectedOrganization.Somebody, default);

        Assert.Equal(SyncRunState.Succeeded, decided.Value.State);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(connected);
        Assert.Equal("run-not-held", (await connected.Get<DecideHeldRun>().ConfirmAsync(held.Id, ConnectedOrganization.Somebody, default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_rejected_loss_changes_nothing()
    {
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 90, Teams: 6, Projects: 8, AuditRows: 10));
        await connected.SyncAsync();
        var before = await connected.OpenAsync<MemberFact>();
        Lose(connected, before.Count * 2 / 3);
        var held = await connected.SyncAsync();

        var decided = await connected.Get<DecideHeldRun>().RejectAsync(held.Id, "The identity provider was broken", ConnectedOrganization.Somebody, default);

        Assert.Equal(SyncRunState.Rejected, decided.Value.State);
        Assert.Equal(before.Count, (await connected.OpenAsync<MemberFact>()).Count);
        Assert.Equal(ConnectorState.Failed, (await connected.ReadConnectorAsync()).State);
    }

    [Fact]
    public async Task The_token_is_nowhere_in_clear()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        connected.Server.Faults.Add(new FaultRule(FaultAction.ObjectDetail, "*/teams/"));
        var run = await connected.SyncAsync();
        var told = string.Join('\n', (await connected.LogAsync(run)).Select(scope => scope.ToString()).Append(run.ToString()).Append((await connected.ReadConnectorAsync()).ToString()));

        Assert.DoesNotContain(connected.Token, told);
        foreach (var file in connected.Files())
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(connected.Token, await reader.ReadToEndAsync());
        }
    }

    private static void Lose(ConnectedOrganization connected, int count)
    {
        foreach (var member in connected.Acme.Members.Where(member => member.IsListed && member.Role.Id is "member").Take(count).ToList())
        {
            Sentry.Simulator.State.MemberChanges.RemoveMember(connected.Acme, member);
        }
    }

    private sealed class Probe(Action<SyncProgress> report) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => report(value);
    }
}
