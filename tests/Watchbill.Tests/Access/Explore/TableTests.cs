using Watchbill.Access.Explore;
using Watchbill.Access.Queries;
using Watchbill.Sentry.Simulator;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Access.Explore;

/// <summary>
/// The tables are counted out of a picture in memory. Here each number and each filter is held against the one-shot questions, which share nothing
/// with them but the rules: they read other rows with other SQL and walk every pair.
/// </summary>
public sealed class TableTests
{
    public static TheoryData<int, bool, bool> Worlds => new() { { 1, true, true }, { 2, false, true }, { 3, false, false } };

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Every_row_counts_what_the_one_shot_questions_find(int seed, bool openMembership, bool teamRoles)
    {
        await using var acme = await ReadAsync(seed, openMembership, teamRoles);
        var (connector, queries) = (acme.Connector.Id, acme.Get<AccessQueries>());
        var picture = await PictureAsync(acme);

        foreach (var row in MemberTable.Of(picture, new MemberSearch()))
        {
            var access = (await queries.OfMemberAsync(connector, row.Member.Id, at: null, None)).Value.Value;
            Assert.Equal((row.Member.Email, access.Teams.Count, access.HeldCount, access.ReachableCount), (row.Member.Email, row.Teams, row.Held, row.Reachable));
        }

        foreach (var row in ProjectTable.Of(picture, new ProjectSearch()))
        {
            var access = (await queries.WhoReachesAsync(connector, row.Project.Id, at: null, None)).Value.Value;
            var heldNow = access.Members.Count(static pair => pair.IsHeld && !pair.IsStopped);
            Assert.Equal((row.Project.Slug, access.Teams.Count, heldNow, access.ReachableCount), (row.Project.Slug, row.Teams.Count, row.Held, row.Reachable));
        }

        var teams = (await queries.TeamsAsync(connector, new TeamFilter(), PageRequest.All, at: null, None)).Value.Items;
        Assert.Equal(
            teams.Select(static line => (line.Id, line.MemberCount, line.ProjectCount)),
            TeamTable.Of(picture, new TeamSearch()).Select(static row => (row.Team.Id, row.Members, row.Projects)));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Every_filter_of_members_finds_whom_the_database_finds(int seed, bool openMembership, bool teamRoles)
    {
        await using var acme = await ReadAsync(seed, openMembership, teamRoles);
        var (connector, queries) = (acme.Connector.Id, acme.Get<AccessQueries>());
        var picture = await PictureAsync(acme);
        var team = picture.Teams.MaxBy(static row => row.Members)!.Team.Id;
        (MemberSearch Search, MemberFilter Filter)[] filters =
        [
            (new() { Role = "owner" }, new() { Role = "owner" }),
            (new() { TwoFactor = Told.No }, new() { HasTwoFactor = false }),
            (new() { TwoFactor = Told.Yes }, new() { HasTwoFactor = true }),
            (new() { TeamId = team }, new() { TeamId = team }),
            (new() { WithoutTeam = true }, new() { WithoutTeam = true }),
            (new() { Text = "EXAMPLE.com" }, new() { Text = "EXAMPLE.com" }),
            (new() { Text = "%" }, new() { Text = "%" }),
            (new() { InactiveDays = 30 }, new() { InactiveSince = picture.At.AddDays(-30) }),
            .. Enum.GetValues<MemberState>().Select(static state => (new MemberSearch { State = state }, new MemberFilter { State = state })),
        ];
        foreach (var (search, filter) in filters)
        {
            var found = (await queries.MembersAsync(connector, filter, PageRequest.All, at: null, None)).Value.Items.Select(static line => line.Email);
            Assert.Equal($"{search}: {string.Join(' ', found)}", $"{search}: {string.Join(' ', MemberTable.Of(picture, search).Select(static row => row.Member.Email))}");
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Every_filter_of_the_other_tables_finds_what_the_database_finds(int seed, bool openMembership, bool teamRoles)
    {
        await using var acme = await ReadAsync(seed, openMembership, teamRoles);
        var (connector, queries) = (acme.Connector.Id, acme.Get<AccessQueries>());
        var picture = await PictureAsync(acme);
        var team = picture.Teams.MaxBy(static row => row.Projects)!.Team.Id;
        (ProjectSearch Search, ProjectFilter Filter)[] projects =
        [
            (new() { Orphan = true }, new() { Orphan = true }), (new() { TeamId = team }, new() { TeamId = team }),
            (new() { Platform = "python" }, new() { Platform = "python" }), (new() { Text = "API" }, new() { Text = "API" }),
        ];
        foreach (var (search, filter) in projects)
        {
            var found = (await queries.ProjectsAsync(connector, filter, PageRequest.All, at: null, None)).Value.Items.Select(static line => line.Id);
            Assert.Equal($"{search}: {string.Join(' ', found)}", $"{search}: {string.Join(' ', ProjectTable.Of(picture, search).Select(static row => row.Project.Id))}");
        }

        (TeamSearch Search, TeamFilter Filter)[] teams =
            [(new() { Empty = true }, new() { Empty = true }), (new() { WithoutProjects = true }, new() { WithoutProjects = true }), (new() { Text = "a" }, new() { Text = "a" })];
        foreach (var (search, filter) in teams)
        {
            var found = (await queries.TeamsAsync(connector, filter, PageRequest.All, at: null, None)).Value.Items.Select(static line => line.Id);
            Assert.Equal($"{search}: {string.Join(' ', found)}", $"{search}: {string.Join(' ', TeamTable.Of(picture, search).Select(static row => row.Team.Id))}");
        }

        foreach (var kind in picture.NonHumans.Select(static row => row.Principal.Kind).Distinct())
        {
            var found = (await queries.NonHumansAsync(connector, new NonHumanFilter { Kind = kind }, PageRequest.All, at: null, None)).Value.Items.Select(static fact => fact.Key);
            Assert.Equal(found.Order(StringComparer.Ordinal), NonHumanTable.Of(picture, new NonHumanSearch { Kind = kind }).Select(static row => row.Principal.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_order_sorts_and_its_reverse_is_the_reverse()
    {
        await using var acme = await ReadAsync(seed: 1, openMembership: true, teamRoles: true);
        var picture = await PictureAsync(acme);

        foreach (var (name, order) in MemberTable.Orders)
        {
            var rows = MemberTable.Of(picture, new MemberSearch { Sort = name });
            var reverse = MemberTable.Of(picture, new MemberSearch { Sort = "-" + name });
            Assert.Equal(picture.Members.Count, rows.Count);
            Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(order(pair.First, pair.Second) <= 0, name));
            Assert.All(reverse.Zip(reverse.Skip(1)), pair => Assert.True(order(pair.First, pair.Second) >= 0, name));
        }
    }

    private static async Task<ConnectedOrganization> ReadAsync(int seed, bool openMembership, bool teamRoles)
    {
        var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 60, Teams: 12, Projects: 25, AuditRows: 10), seed: seed);
        acme.Acme.Vary(new Random(seed), openMembership, teamRoles);
        await acme.SyncAsync();
        return acme;
    }

    private static async Task<OrganizationPicture> PictureAsync(ConnectedOrganization acme) =>
        (await acme.Get<ExploreAccess>().PictureAsync(ConnectedOrganization.Somebody, acme.Connector.Id, at: null, None)).Value;
}
