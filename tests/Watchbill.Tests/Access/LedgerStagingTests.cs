using LinqToDB;
using LinqToDB.Data;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>What staging accepts, collapses, refuses and keeps.</summary>
public sealed class LedgerStagingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task StageAsync_SameFactsInAnotherOrder_IsUnchangedAndOnlyMovesTheCheckpoint(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10"), Team("20")));

        var staged = await harness.StageAsync(2, Teams(1, Team("20"), Team("10")));
        var applied = await harness.ApplyAsync(2);

        Assert.Equal(StageStatus.Unchanged, staged.Status);
        Assert.Equal((0, 1), (applied.ScopesApplied, applied.ScopesUnchanged));
        Assert.Equal((Run(2), At(1)), ((await harness.ScopeAsync(Scope.Teams))?.LastCompleteRun, (await harness.ScopeAsync(Scope.Teams))?.LastCompleteAt));
    }

    /// <summary>Triggers stand in the way of any write to facts, staged or not; a changed scope shows that they do.</summary>
    [Fact]
    public async Task An_unchanged_scope_writes_no_fact()
    {
        await using var harness = await LedgerHarness.CreateAsync(TestEngine.Sqlite);
        await harness.ObserveAsync(1, Teams(0, Team("10"), Team("20")));
        await using (var connection = harness.Database.Database.Open())
        {
            foreach (var (table, change) in from table in (string[])["team_fact", "team_staged"] from change in (string[])["INSERT", "UPDATE", "DELETE"] select (table, change))
            {
                await connection.ExecuteAsync($"CREATE TRIGGER no_{change}_{table} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, 'written'); END");
            }
        }

        await harness.ObserveAsync(2, Teams(1, Team("10"), Team("20")));

        await Assert.ThrowsAnyAsync<Exception>(() => harness.ObserveAsync(3, Teams(2, Team("10"))));
    }

    [Theory, EveryEngine]
    public async Task StageAsync_RowArrivedTwice_CollapsesAndTheLaterCounts(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);

        var outcome = await harness.StageAsync(1, Teams(0, Team("10"), Team("20", "old"), Team("10"), Team("20", "new")));
        await harness.ApplyAsync(1);

        Assert.Equal(2, outcome.Rows);
        Assert.Equal(["Team 20 arrived twice with different attributes in teams; the later one counts."], outcome.Warnings);
        await using var connection = harness.Database.Database.Open();
        Assert.Equal(["new", "team-10"], connection.GetTable<TeamFact>().Select(team => team.Slug).ToList().Order());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 0)]
    [InlineData(TestEngine.Sqlite, -1)]
    public async Task StageAsync_ReadNotAfterTheLastCompleteOne_IsRefused(TestEngine engine, int hour)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));

        var outcome = await harness.StageAsync(2, Teams(hour));
        await harness.ApplyAsync(2);

        Assert.Equal(StageStatus.ClockWentBack, outcome.Status);
        Assert.Equal("clock-went-back", outcome.Refusal?.Code);
        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task StageAsync_ScopeAgainInTheSameRun_ReplacesTheEarlierStaging(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(1, Team("20")));
        await harness.StageAsync(2, Teams(2, Team("10"), Team("30")));
        var unchanged = await harness.StageAsync(2, Teams(3, Team("10")));

        await harness.ApplyAsync(2);

        Assert.Equal(StageStatus.Unchanged, unchanged.Status);
        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Fact]
    public async Task StageAsync_FactOfAnotherScope_Throws()
    {
        await using var harness = await LedgerHarness.CreateAsync(TestEngine.Sqlite);

        await Assert.ThrowsAsync<ArgumentException>(() => harness.StageAsync(1, Members(0, "10", Team("10"))));
        await Assert.ThrowsAsync<ArgumentException>(() => harness.Ledger.StageAsync(Connector, Run(1), [Teams(0), Teams(1)], Cancellation));
    }

    [Theory, EveryEngine]
    public async Task AdoptAsync_RunWasInterrupted_TheNewRunAppliesWhatItHadStaged(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.StageAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(1, Members(1, "10", Membership("10", "1")));
        await harness.StageAsync(2, Teams(2, Team("20")));

        await harness.Ledger.AdoptAsync(Run(1), Run(2), Cancellation);
        await harness.ApplyAsync(2);

        Assert.Equal(["20 [2,) 2.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(["10:1 [1,) 2.."], await harness.PeriodsAsync<TeamMembershipFact>());
        Assert.Empty(await harness.Ledger.StagedAsync(Run(1), Cancellation));
        Assert.Empty(await harness.Ledger.StagedAsync(Run(2), Cancellation));
    }

    [Theory, EveryEngine]
    public async Task DiscardAsync_LeavesTheLedgerAsItWas(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(1));

        await harness.Ledger.DiscardAsync(Run(2), Cancellation);
        await harness.ApplyAsync(2);

        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(Run(1), (await harness.ScopeAsync(Scope.Teams))?.LastCompleteRun);
    }

    [Theory, EveryEngine]
    public async Task StagedAsync_TellsWhatNeedNotBeReadAgain(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(1, Team("10")));
        await harness.StageAsync(2, Members(2, "10", Membership("10", "1")));

        var staged = await harness.Ledger.StagedAsync(Run(2), Cancellation);

        Assert.Equal(
            [("team-members:10", "team-members", At(2), 1L, false), ("teams", "teams", At(1), 1L, true)],
            staged.Select(scope => (scope.Scope, scope.Family, scope.ReadAt, scope.RowCount, scope.IsUnchanged)));
    }
}
