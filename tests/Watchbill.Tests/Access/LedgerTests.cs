using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

public sealed class LedgerTests
{
    [Theory, EveryEngine]
    public async Task ApplyAsync_FirstRead_OpensEveryFactAtTheTimeOfTheRead(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);

        var outcome = await harness.ObserveAsync(1, Teams(0, Team("10"), Team("20")), Members(1, "10", Membership("10", "1")));

        Assert.Equal(["10 [0,) 1..", "20 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(["10:1 [1,) 1.."], await harness.PeriodsAsync<TeamMembershipFact>());
        Assert.Equal([new AppliedChange(FactKind.Team, 0, 2), new AppliedChange(FactKind.TeamMembership, 0, 1)], outcome.Changes);
        Assert.Equal(2, outcome.ScopesApplied);
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_FactGone_ClosesItWithTheLastRunThatSawIt(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10"), Team("20")));
        await harness.ObserveAsync(2, Teams(1, Team("10"), Team("20")));

        await harness.ObserveAsync(3, Teams(2, Team("10")));

        Assert.Equal(["10 [0,) 1..", "20 [0,2) 1..2"], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_AttributeChanged_ClosesAndOpensAtTheSameInstant(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10", "old")));

        await harness.ObserveAsync(2, Teams(1, Team("10", "new")));

        Assert.Equal(["10 [0,1) 1..1", "10 [1,) 2.."], await harness.PeriodsAsync<TeamFact>());
    }
}
