using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Testing;
using static Watchbill.Tests.Access.Queries.AccessDatabase;

namespace Watchbill.Tests.Access.Queries;

public sealed class ListTests
{
    private static readonly (string Because, MemberFilter Filter, string[] Expected)[] MemberFilters =
    [
        ("all, by address", new(), ["Ada", "Bob", "Cyd", "Dot", "Eve", "Fay"]),
        ("by name, reversed", new() { Order = MemberOrder.Name, Descending = true }, ["Fay", "Eve", "Dot", "Cyd", "Bob", "Ada"]),
        ("by role", new() { Order = MemberOrder.Role }, ["Ada", "Cyd", "Dot", "Eve", "Fay", "Bob"]),
        ("by activity, never is longest ago", new() { Order = MemberOrder.LastActive, State = MemberState.Active }, ["Bob", "Ada"]),
        ("by activity, latest first", new() { Order = MemberOrder.LastActive, Descending = true, State = MemberState.Active }, ["Ada", "Bob"]),
        ("role", new() { Role = "owner" }, ["Bob"]),
        ("active", new() { State = MemberState.Active }, ["Ada", "Bob"]),
        ("invited", new() { State = MemberState.Invited }, ["Cyd"]),
        ("expired", new() { State = MemberState.InvitationExpired }, ["Dot"]),
        ("deactivated", new() { State = MemberState.Deactivated }, ["Eve"]),
        ("restricted", new() { State = MemberState.Restricted }, ["Fay"]),
        ("no second factor", new() { HasTwoFactor = false }, ["Bob"]),
        ("second factor", new() { HasTwoFactor = true }, ["Ada", "Eve", "Fay"]),
        ("inactive", new() { InactiveSince = Day(10) }, ["Bob", "Eve", "Fay"]),
        ("team", new() { TeamId = "10" }, ["Ada", "Cyd"]),
        ("no team", new() { WithoutTeam = true }, ["Bob", "Dot", "Eve", "Fay"]),
        ("text", new() { Text = "BOB@" }, ["Bob"]),
        ("text with a wildcard", new() { Text = "_" }, []),
    ];

    [Theory, EveryEngine]
    public async Task Members_FilterAndOrder(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);

        foreach (var (because, filter, expected) in MemberFilters)
        {
            var page = (await database.Queries.MembersAsync(Connector, filter, PageRequest.All, at: null, default)).Value;

            Assert.Equal($"{because}: {string.Join(", ", expected)}", $"{because}: {string.Join(", ", page.Items.Select(line => line.Name))}");
            Assert.Equal(expected.Length, page.Total);
        }
    }

    [Theory, EveryEngine]
    public async Task Members_Pages_AndTheirLines(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);

        var page = (await database.Queries.MembersAsync(Connector, new(), new PageRequest(0, 2), at: null, default)).Value;
        var next = (await database.Queries.MembersAsync(Connector, new(), new PageRequest(4, 2), at: null, default)).Value;

        Assert.Equal((6, 2, Day(20), 1), (page.Total, page.Items.Count, page.Items[0].LastActive, page.Items[0].TeamCount));
        Assert.Equal(["Eve", "Fay"], next.Items.Select(line => line.Name));
        Assert.Equal([MemberState.Deactivated, MemberState.Restricted], next.Items.Select(line => line.State));
    }

    [Theory, EveryEngine]
    public async Task Members_AsOf_ShowsThoseOfThen_WithoutActivity(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);
        await database.WriteAsync(Sample.Member("99", "Aaron").During(1, 2));

        var then = (await database.Queries.MembersAsync(Connector, new(), new PageRequest(0, 2), Day(1), default)).Value;

        Assert.Equal([("Aaron", null), ("Ada", (DateTimeOffset?)null)], then.Items.Select(line => (line.Name, line.LastActive)));
    }

    [Theory, EveryEngine]
    public async Task Teams_CountAndFilter(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);

        Assert.Equal([new TeamLine("20", "empty", "empty", false, 0, 0), new TeamLine("10", "payments", "payments", false, 2, 1)], await TeamsAsync(new()));
        Assert.Equal(["empty"], (await TeamsAsync(new() { Empty = true })).Select(line => line.Slug));
        Assert.Equal(["empty"], (await TeamsAsync(new() { WithoutProjects = true })).Select(line => line.Slug));
        Assert.Equal(["payments"], (await TeamsAsync(new() { Text = "PAY" })).Select(line => line.Slug));

        async Task<IReadOnlyList<TeamLine>> TeamsAsync(TeamFilter filter) =>
            (await database.Queries.TeamsAsync(Connector, filter, PageRequest.All, at: null, default)).Value.Items;
    }

    [Theory, EveryEngine]
    public async Task Projects_CountAndFilter(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);

        Assert.Equal([("checkout", 1), ("orphan", 0)], (await ProjectsAsync(new())).Select(line => (line.Slug, line.TeamCount)));
        Assert.Equal(["orphan"], (await ProjectsAsync(new() { Orphan = true })).Select(line => line.Slug));
        Assert.Equal(["checkout"], (await ProjectsAsync(new() { Platform = "python" })).Select(line => line.Slug));
        Assert.Equal(["checkout"], (await ProjectsAsync(new() { TeamId = "10" })).Select(line => line.Slug));
        Assert.Equal(["checkout"], (await ProjectsAsync(new() { Text = "Check" })).Select(line => line.Slug));

        async Task<IReadOnlyList<ProjectLine>> ProjectsAsync(ProjectFilter filter) =>
            (await database.Queries.ProjectsAsync(Connector, filter, PageRequest.All, at: null, default)).Value.Items;
    }

    [Theory, EveryEngine]
    public async Task NonHumans_FilterByWholeScopeNames(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAsync(database);

        Assert.Equal(["ci", "deploy-bot", "old-bot"], (await NamesAsync(new())).Order());
        Assert.Equal(["deploy-bot"], await NamesAsync(new() { Scope = "project:write" }));
        Assert.Equal(["old-bot"], await NamesAsync(new() { Scope = "project:read" }));
        Assert.Empty(await NamesAsync(new() { Scope = "project" }));
        Assert.Equal(["ci"], await NamesAsync(new() { Kind = NonHumanKind.OrganizationToken }));
        Assert.Equal(["old-bot"], await NamesAsync(new() { IsActive = false }));
        Assert.Equal(["ci"], await NamesAsync(new() { Text = "CI" }));

        async Task<IEnumerable<string>> NamesAsync(NonHumanFilter filter) =>
            (await database.Queries.NonHumansAsync(Connector, filter, PageRequest.All, at: null, default)).Value.Items.Select(principal => principal.Name);
    }

    private static async Task WriteAsync(AccessDatabase database)
    {
        await database.WriteAsync(
            Sample.Organization(), Sample.Member("1", "Ada"), Person("2", "Bob", "owner", twoFactor: false), Person("3", "Cyd", pending: true), Person("4", "Dot", pending: true, expired: true),
            Person("5", "Eve", active: false, twoFactor: true), Person("6", "Fay", restricted: true, twoFactor: true),
            Sample.Team("10", "payments"), Sample.Team("20", "empty"), Sample.Membership("10", "1"), Sample.Membership("10", "3"), Sample.Membership("20", "1").During(1, 2),
            Sample.Project("100", "checkout", "python"), Sample.Project("200", "orphan"), Sample.Link("100", "10"),
            Sample.NonHuman(NonHumanKind.InternalIntegration, "a", "deploy-bot", "org:read project:write"),
            Sample.NonHuman(NonHumanKind.InternalIntegration, "b", "old-bot", "project:read", active: false),
            Sample.NonHuman(NonHumanKind.OrganizationToken, "c", "ci", "org:ci", active: null));
        await database.WriteAsync([new PrincipalActivity { PrincipalKey = "1", LastActive = Day(20) }, new PrincipalActivity { PrincipalKey = "5", LastActive = Day(9) }]);
    }

    private static MemberFact Person(
        string id, string name, string role = "member", bool pending = false, bool expired = false, bool? active = null, bool restricted = false, bool? twoFactor = null) =>
        new MemberFact
        {
            Scope = Scope.Members,
            Key = id,
            Email = $"{name.ToLowerInvariant()}@example.com",
            Name = name,
            OrgRole = role,
            Pending = pending,
            Expired = expired,
            UserIsActive = active,
            MemberLimitRestricted = restricted,
            HasTwoFactor = twoFactor,
        }.During();
}
