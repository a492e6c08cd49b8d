using Watchbill.Access;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Testing;
using Watchbill.Tests.Storage;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access.Explore;

/// <summary>Which picture is shown while the ledger moves.</summary>
public sealed class PictureTests
{
    [Fact]
    public async Task Many_organizations_asked_about_at_once_are_all_answered_although_few_pictures_are_kept()
    {
        await using var database = await MigratedDatabase.CreateAsync(TestEngine.Sqlite);
        using var pictures = new OrganizationPictures(database.Database, TimeProvider.System) { Kept = 4 };

        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (number, stop) =>
            Assert.NotNull(await pictures.CurrentAsync(new ConnectorId((number % 12) + 1), stop)));
    }

    [Theory]
    [EveryEngine]
    public async Task A_small_organization_is_shown_as_it_is(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        using var pictures = new OrganizationPictures(harness.Database.Database, harness.Clock);
        await ReadMembersAsync(harness, run: 1, count: 3);
        Assert.Equal(3, (await pictures.CurrentAsync(Connector, default)).Members.Count);

        await ReadMembersAsync(harness, run: 2, count: 5);

        Assert.Equal(5, (await pictures.CurrentAsync(Connector, default)).Members.Count);
    }

    [Fact]
    public async Task A_large_one_is_shown_as_it_was_until_it_is_loaded_anew()
    {
        await using var harness = await LedgerHarness.CreateAsync(TestEngine.Sqlite);
        using var pictures = new OrganizationPictures(harness.Database.Database, harness.Clock);
        await ReadMembersAsync(harness, run: 1, count: 2100);
        Assert.Equal(2100, (await pictures.CurrentAsync(Connector, default)).Members.Count);

        await ReadMembersAsync(harness, run: 2, count: 2101);

        Assert.Equal(2100, (await pictures.CurrentAsync(Connector, default)).Members.Count);
        while ((await pictures.CurrentAsync(Connector, default)).Members.Count != 2101)
        {
            await Moment.PassAsync();
        }
    }

    [Fact]
    public async Task What_is_no_longer_true_is_shown_for_seconds_only()
    {
        await using var harness = await LedgerHarness.CreateAsync(TestEngine.Sqlite);
        using var pictures = new OrganizationPictures(harness.Database.Database, harness.Clock);
        await ReadMembersAsync(harness, run: 1, count: 2100);
        await pictures.CurrentAsync(Connector, default);
        await ReadMembersAsync(harness, run: 2, count: 2101);
        await pictures.CurrentAsync(Connector, default);

        harness.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(2101, (await pictures.CurrentAsync(Connector, default)).Members.Count);
    }

    private static async Task ReadMembersAsync(LedgerHarness harness, int run, int count)
    {
        var members = Enumerable.Range(1, count).Select(static number => new MemberFact
        {
            Scope = Scope.Members,
            Key = number.ToString(),
            Email = $"person-{number:00000}@example.com",
            Name = $"Person {number}",
            OrgRole = "member",
        });
        await harness.ObserveAsync(run, new Observation(Scope.Members, At(run), [.. members], []));
    }
}
