using Watchbill.Access;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>What a person is shown before a difference is applied.</summary>
public sealed class LedgerDifferenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task CompareAsync_CountsEachFamilyOfScopesAsAWhole(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(
            1,
            Teams(0, Team("10"), Team("20", "old"), Team("30")),
            Members(0, "10", Membership("10", "1"), Membership("10", "2")),
            Members(0, "20", Membership("20", "1")),
            Members(0, "30", Membership("30", "1")));
        await harness.StageAsync(2, Teams(1, Team("10"), Team("20", "new"), Team("40")));
        await harness.StageAsync(2, Members(1, "10", Membership("10", "1")));
        await harness.StageAsync(2, Members(1, "20", Membership("20", "1")));

        var difference = await harness.Ledger.CompareAsync(Connector, Run(2), Cancellation);

        Assert.Equal(
            [
                new DifferenceLine(FactKind.Team, "teams", Open: 3, Closing: 1, Changing: 1, Opening: 1),
                new DifferenceLine(FactKind.TeamMembership, "team-members", Open: 3, Closing: 1, Changing: 0, Opening: 0),
            ],
            difference.Lines);
        Assert.False(difference.IsEmpty);
    }

    [Theory, EveryEngine]
    public async Task CompareAsync_EverythingUnchanged_IsEmpty(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10")));
        await harness.StageAsync(2, Teams(1, Team("10")));

        Assert.True((await harness.Ledger.CompareAsync(Connector, Run(2), Cancellation)).IsEmpty);
    }

    [Theory, EveryEngine]
    public async Task ListAsync_ShowsWhatWouldCloseAndOpenButNotWhatOnlyChanges(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("10"), Team("20"), Team("30", "old")));
        await harness.StageAsync(2, Teams(1, Team("30", "new"), Team("40"), Team("50")));

        async Task<string> KeysAsync(FactChange change, int limit) =>
            string.Join(' ', (await harness.Ledger.ListAsync(new DifferenceQuery(Connector, Run(2), change, FactKind.Team, limit), Cancellation)).Select(fact => fact.Key));

        Assert.Equal("10 20", await KeysAsync(FactChange.Closing, 10));
        Assert.Equal("40 50", await KeysAsync(FactChange.Opening, 10));
        Assert.Equal("10", await KeysAsync(FactChange.Closing, 1));
    }
}
