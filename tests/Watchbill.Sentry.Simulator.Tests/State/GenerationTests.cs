using System.Text.Json;
using Watchbill.Sentry.Simulator.Control;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.State;

public sealed class GenerationTests
{
    [Fact]
    public void SameOptionsOnTheSameDay_GiveTheSameWorld()
    {
        var morning = new ManualClock();
        var evening = new ManualClock();
        evening.Advance(TimeSpan.FromHours(9));

        Assert.Equal(Text(Generate(1, morning)), Text(Generate(1, evening)));
        Assert.NotEqual(Text(Generate(1, morning)), Text(Generate(2, morning)));
    }

    [Fact]
    public void SameOptions_GiveTheSameTokens()
    {
        var first = Generate(1, new ManualClock()).IssueToken(TokenKind.Personal, null, "org:read");

        Assert.Equal(first, Generate(1, new ManualClock()).IssueToken(TokenKind.Personal, null, "org:read"));
        Assert.StartsWith("sntryu_", first, StringComparison.Ordinal);
        Assert.Equal(7 + 64, first.Length);
    }

    [Fact]
    public void EveryFixture_Exists()
    {
        var world = Generate(1, new ManualClock());
        var fixtures = world.Organization("acme").Fixtures;

        foreach (var property in typeof(Fixtures).GetProperties().Where(property => property.Name is not nameof(Fixtures.SoleOwner)))
        {
            Assert.True(property.GetValue(fixtures) is not null, property.Name);
        }

        Assert.NotNull(world.Organization("acme-eu").Fixtures.SoleOwner);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2026)]
    public void Ids_AndAddresses_AreUnique_AndNobodyIsReal(int seed)
    {
        var acme = Generate(seed, new ManualClock()).Organization("acme");
        var people = acme.Members.Where(member => member.User is not null).ToList();

        Assert.Equal(people.Count, people.Select(member => member.Email).Distinct().Count());
        Assert.DoesNotContain(people, member => people.Exists(other => other.User!.Id == member.Id));
        Assert.All(acme.Members, member => Assert.Matches("@example\\.(com|org)$", member.Email));
    }

    [Fact]
    public void EverythingGenerated_LiesInThePast_InTheRightOrder()
    {
        var clock = new ManualClock();
        var acme = Generate(3, clock).Organization("acme");

        Assert.All(acme.Members.SelectMany(member => member.Memberships), link =>
        {
            Assert.True(link.Since >= link.Member.DateCreated && link.Since >= link.Team.DateCreated, link.ToString());
            Assert.True(link.Since < clock.GetUtcNow());
        });
        Assert.All(acme.Audit.NewestFirst, row => Assert.True(row.DateCreated < clock.GetUtcNow()));
    }

    [Fact]
    public void EveryMembership_HasItsJoinInTheAuditLog()
    {
        var world = World.Generate(new SimulatorOptions { Size = OrganizationSize.Small with { AuditRows = 10_000 }, Clock = new ManualClock() });
        var acme = world.Organization("acme");

        var joins = acme.Audit.NewestFirst.Where(row => row.Event == "member.join-team").ToDictionary(row => row.TargetObject!.Value, row => row.DateCreated);

        var expected = acme.Members.SelectMany(member => member.Memberships).Select(link => (link.Id, link.Since))
            .Concat(acme.PastMemberships.Select(past => (past.Id, Since: past.From)));
        Assert.NotEmpty(acme.PastMemberships);
        Assert.Equal(expected.OrderBy(link => link.Id).ToDictionary(link => link.Id, link => link.Since), joins.OrderBy(join => join.Key).ToDictionary());
    }

    [Fact]
    public void LargestSizes_AreGenerated_WithoutStoringTheAuditLog()
    {
        var size = new OrganizationSize(Members: 50_000, Teams: 5_000, Projects: 20_000, AuditRows: 1_000_000);
        var acme = World.Generate(new SimulatorOptions { Size = size, Clock = new ManualClock() }).Organization("acme");

        Assert.Equal((50_000, 5_000, 20_000), (Plain(acme.Members.Count), Plain(acme.Teams.Count), Plain(acme.Projects.Count)));
        Assert.Equal(1_000_000, acme.Audit.Count);
        Assert.Equal(100, acme.Audit.NewestFirst.Take(100).Select(row => row.Id).Distinct().Count());
    }

    /// <summary>The fixtures come on top of the round numbers.</summary>
    private static int Plain(int count) => count / 500 * 500;

    private static World Generate(int seed, TimeProvider clock) => World.Generate(new SimulatorOptions { Seed = seed, Size = OrganizationSize.Small, Clock = clock });

    private static string Text(World world) => JsonSerializer.Serialize(world.Truth() with { At = default }, ControlJson.Default.Truth);
}
