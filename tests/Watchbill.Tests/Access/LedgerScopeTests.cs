using LinqToDB;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>Staleness, known scopes and activity.</summary>
public sealed class LedgerScopeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task MarkStaleAsync_Repeated_KeepsTheFirstSinceAndTheLatestReason(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));

        await harness.Ledger.MarkStaleAsync(Connector, [new(Scope.Teams, "No permission.")], At(1), Cancellation);
        await harness.Ledger.MarkStaleAsync(Connector, [new(Scope.Teams, "No answer.")], At(2), Cancellation);

        var scope = await harness.ScopeAsync(Scope.Teams);
        Assert.Equal((At(1), "No answer.", At(0)), (scope?.StaleSince, scope?.StaleReason, scope?.LastCompleteAt));
        Assert.Equal(["10 [0,) 1.."], await harness.PeriodsAsync<TeamFact>());
    }

    [Theory, EveryEngine]
    public async Task ApplyAsync_StaleScopeReadAgain_IsFresh(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.Ledger.MarkStaleAsync(Connector, [new(Scope.Teams, "No answer.")], At(0), Cancellation);

        await harness.ObserveAsync(1, Teams(1));

        var scope = await harness.ScopeAsync(Scope.Teams);
        Assert.Equal((null, null, At(1), Run(1)), (scope?.StaleSince, scope?.StaleReason, scope?.LastCompleteAt, scope?.LastCompleteRun));
    }

    [Theory, EveryEngine]
    public async Task KnownScopesAsync_ListsTheFamilysScopesThatHoldOpenFacts(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")), Members(0, "10", Membership("10", "1")), Members(0, "20", Membership("20", "1")), Members(0, "30"));
        await harness.ObserveAsync(2, Members(1, "20"));

        Assert.Equal(["team-members:10"], await harness.Ledger.KnownScopesAsync(Connector, Scope.TeamMembersFamily, Cancellation));
        Assert.Equal(["teams"], await harness.Ledger.KnownScopesAsync(Connector, Scope.Teams, Cancellation));
    }

    [Theory, EveryEngine]
    public async Task Activity_is_kept_without_history_and_without_a_new_period(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Seen(0, ("1", 0), ("2", 0)));

        var applied = await harness.ObserveAsync(2, Seen(5, ("1", 4), ("2", 0)));

        Assert.Equal(1, applied.ScopesUnchanged);
        await using var connection = harness.Database.Database.Open();
        var activity = connection.GetTable<PrincipalActivity>().OrderBy(row => row.PrincipalKey).ToList();
        Assert.Equal([("1", At(4), At(5)), ("2", At(0), At(0))], activity.Select(row => (row.PrincipalKey, row.LastActive!.Value, row.ObservedAt)));
        Assert.Single(connection.GetTable<MemberFact>());
    }

    private static Observation Seen(int hour, params (string Member, int LastActive)[] seen)
    {
        var member = new MemberFact { Scope = Scope.Members, Key = "1", Email = "ann@example.com", Name = "Ann", OrgRole = "member" };
        return new Observation(Scope.Members, At(hour), [member], [.. seen.Select(one => new PrincipalActivity { PrincipalKey = one.Member, LastActive = At(one.LastActive) })]);
    }
}
