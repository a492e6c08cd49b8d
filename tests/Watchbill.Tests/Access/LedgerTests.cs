using LinqToDB;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>What applying a run does to periods.</summary>
public sealed class LedgerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Theory, EveryEngine]
    public async Task ApplyAsync_FactReturns_OpensASecondPeriod(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.ObserveAsync(2, Teams(1));

        await harness.ObserveAsync(3, Teams(2, Team("10")));

        Assert.Equal(["10 [0,1) 1..1", "10 [2,) 3.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_ScopeNotRead_KeepsItsFacts(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Members(0, "10", Membership("10", "1")), Members(0, "20", Membership("20", "1")));

        await harness.ObserveAsync(2, Members(1, "10"));

        Assert.Equal(["10:1 [0,1) 1..1", "20:1 [0,) 1.."], await harness.PeriodsAsync<TeamMembershipFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_OtherConnector_IsNotTouched(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));

        await harness.Ledger.StageAsync(new ConnectorId(8), Run(2), Teams(1), Cancellation);
        await harness.Ledger.ApplyAsync(new ConnectorId(8), Run(2), alongside: null, Actor.System, Cancellation);

        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_Twice_ChangesNothingTheSecondTime(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        var events = await harness.Audit.ListAsync(new AuditQuery(), Cancellation);

        var again = await harness.ApplyAsync(1);

        Assert.Equal((0, 0), (again.ScopesApplied, again.ScopesUnchanged));
        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
        Assert.Equal(events, await harness.Audit.ListAsync(new AuditQuery(), Cancellation));
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_AnyChange_WritesOneAuditEventWithTheCounts(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);

        await harness.ObserveAsync(1, Teams(0, Team("10")));

        var written = Assert.Single(await harness.Audit.ListAsync(new AuditQuery { SubjectKind = "sync-run", SubjectId = "1" }, Cancellation));
        Assert.Equal("ledger-applied", written.Action);
        Assert.Matches("""^\{"connector":7,"scopesApplied":1,"scopesUnchanged":0,"outdated":\[\],"changes":\[\{"kind":"Team","closed":0,"opened":1\}\],"digest":"[0-9a-f]{64}"\}$""", written.After);
    }

    [Theory, EveryEngine]
    public async Task The_database_refuses_two_open_facts_with_the_same_key(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        var second = Team("10", "other");
        (second.ConnectorId, second.FirstRun, second.ValidFrom, second.ValidTo) = (Connector, Run(2), At(5), DateTimeOffset.MaxValue);
        await using var connection = harness.Database.Database.Open();

        await Assert.ThrowsAnyAsync<Exception>(() => connection.InsertAsync(second, token: Cancellation));

        second.ValidTo = At(6);
        Assert.Equal(1, await connection.InsertAsync(second, token: Cancellation));
    }

    [Theory, EveryEngine]
    public async Task Facts_of_every_kind_come_back_as_they_were_staged(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        var facts = SampleFacts.OfEveryKind();
        await harness.ObserveAsync(1, [.. facts.GroupBy(fact => fact.Scope).Select(scope => new Observation(scope.Key, At(0), [.. scope], []))]);
        await using var connection = harness.Database.Database.Open();

        Fact[] stored =
        [
            .. connection.GetTable<OrganizationFact>(), .. connection.GetTable<AuthProviderFact>(), .. connection.GetTable<MemberFact>(), .. connection.GetTable<TeamFact>(),
            .. connection.GetTable<TeamMembershipFact>(), .. connection.GetTable<ProjectFact>(), .. connection.GetTable<ProjectTeamFact>(), .. connection.GetTable<NonHumanFact>(),
        ];

        Assert.Equivalent(facts, stored, strict: true);
        Assert.Equal(Enum.GetValues<FactKind>(), stored.Select(FactKinds.Of).Distinct().Order());
    }
}
