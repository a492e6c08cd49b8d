using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>Processes that die, and processes that meet.</summary>
public sealed class LedgerFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task ApplyAsync_TheCallersWorkThrows_NothingIsAppliedAndTheStagingIsStillThere(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(1, Team("20")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.Ledger.ApplyAsync(
            Connector, Run(2), (_, _, _) => throw new InvalidOperationException("the lease is lost"), Actor.System, Cancellation));

        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(Run(1), (await harness.ScopeAsync(Scope.Teams))?.LastCompleteRun);
        Assert.Single(await harness.Audit.ListAsync(new AuditQuery(), Cancellation));

        await harness.ApplyAsync(2);
        Assert.Equal(["10 [0,1) 1..1", "20 [1,) 2.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_TheCallersWork_IsDurableTogetherWithTheFacts(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        var note = new AuditEvent { Actor = Actor.System, Action = "run-finished", SubjectKind = "sync-run", SubjectId = "1" };

        await harness.Ledger.ApplyAsync(Connector, Run(1), (transaction, _, token) => harness.Audit.AppendAsync(transaction, note, token), Actor.System, Cancellation);

        Assert.Equal("run-finished", Assert.Single(await harness.Audit.ListAsync(new AuditQuery(), Cancellation)).Action);
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_AnotherProcessAfterACrash_AppliesWhatWasStaged(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.StageAsync(1, Teams(0, Team("10")));

        await harness.OpenSecondLedger().ApplyAsync(Connector, Run(1), alongside: null, Actor.System, Cancellation);

        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_TwoProcessesWithTheSameRun_OneAppliesIt(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.StageAsync(1, Teams(0, Team("10"), Team("20")));
        Task<ApplyOutcome> Apply(Ledger ledger) => Task.Run(() => ledger.ApplyAsync(Connector, Run(1), alongside: null, Actor.System, Cancellation));

        var outcomes = await Task.WhenAll(Apply(harness.Ledger), Apply(harness.OpenSecondLedger()));

        Assert.Equal([0, 1], outcomes.Select(outcome => outcome.ScopesApplied).Order());
        Assert.Equal(["10 [0,) 1..", "20 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_TwoRunsAtOnce_TheLaterReadIsWhatTheLedgerHolds(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.StageAsync(1, Teams(0, Team("10", "older")));
        await harness.StageAsync(2, Teams(1, Team("10", "newer")));
        Task<ApplyOutcome> Apply(Ledger ledger, int run) => Task.Run(() => ledger.ApplyAsync(Connector, Run(run), alongside: null, Actor.System, Cancellation));

        var outcomes = await Task.WhenAll(Apply(harness.Ledger, 1), Apply(harness.OpenSecondLedger(), 2));

        IReadOnlyList<string> expected = outcomes[0].Outdated is [] ? ["10 [0,1) 1..1", "10 [1,) 2.."] : ["10 [1,) 2.."];
        Assert.Equal(expected, await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_LaterReadWasAppliedInTheMeantime_LeavesTheScopeOut(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.StageAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(1, Members(0, "10", Membership("10", "1")));
        await harness.ObserveAsync(2, Teams(1, Team("20")));

        var outcome = await harness.ApplyAsync(1);

        Assert.Equal([Scope.Teams], outcome.Outdated);
        Assert.Equal(["20 [1,) 2.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(["10:1 [0,) 1.."], await harness.PeriodsAsync<TeamMembershipFact>());
    }

    /// <summary>"Unchanged" was said about a state that another run replaced: it must not become a checkpoint over other facts.</summary>
    [Theory, EveryEngine]
    public async Task ApplyAsync_UnchangedButTheLedgerMovedOn_LeavesTheScopeOut(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(5, Team("10")));
        await harness.ObserveAsync(3, Teams(4, Team("20")));

        var outcome = await harness.ApplyAsync(2);

        Assert.Equal([Scope.Teams], outcome.Outdated);
        Assert.Equal(Run(3), (await harness.ScopeAsync(Scope.Teams))?.LastCompleteRun);
    }
}
