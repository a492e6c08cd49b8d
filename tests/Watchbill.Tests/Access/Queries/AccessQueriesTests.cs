using Watchbill.Access;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Testing;
using static Watchbill.Tests.Access.Queries.AccessDatabase;

namespace Watchbill.Tests.Access.Queries;

public sealed class AccessQueriesTests
{
    [Theory, EveryEngine]
    public async Task WhoReaches_ClosedMembership_FindsTeamsGlobalRolesAndPrograms(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);

        var answer = (await database.Queries.WhoReachesAsync(Connector, "checkout", at: null, default)).Value;

        Assert.Equal(
            [("ada.byron@example.com", "via team payments (admin)"), ("olga@example.com", "via org role owner")],
            answer.Value.Members.Select(pair => (pair.Member.Email, pair.Paths[0].Sentence)));
        Assert.Equal(["via internal integration deploy-bot (project:write)"], answer.Value.NonHumans.Select(reach => reach.Path.Sentence));
        Assert.Equal(["payments"], answer.Value.Teams.Select(team => team.Slug));
    }

    [Theory, EveryEngine]
    public async Task WhoReaches_OpenMembership_NamesEverybody(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database, openMembership: true);

        var answer = (await database.Queries.WhoReachesAsync(Connector, "index", at: null, default)).Value;

        Assert.Equal(4, answer.Value.Members.Count);
        Assert.Equal((4, 0), (answer.Value.ReachableCount, answer.Value.UnknownCount));
    }

    [Theory, EveryEngine]
    public async Task WhoReaches_MembershipNotTold_NamesEverybodyAsUnknown(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database, openMembership: null);

        var answer = (await database.Queries.WhoReachesAsync(Connector, "index", at: null, default)).Value;

        Assert.Equal((1, 3), (answer.Value.ReachableCount, answer.Value.UnknownCount));
    }

    [Theory, EveryEngine]
    public Task EverySlice_ClosedMembership_AnswersLikeTheWhole(TestEngine engine) => CompareSlicesAsync(engine, openMembership: false);

    [Theory, EveryEngine]
    public Task EverySlice_OpenMembership_AnswersLikeTheWhole(TestEngine engine) => CompareSlicesAsync(engine, openMembership: true);

    [Theory, EveryEngine]
    public Task EverySlice_MembershipNotTold_AnswersLikeTheWhole(TestEngine engine) => CompareSlicesAsync(engine, openMembership: null);

    private static async Task CompareSlicesAsync(TestEngine engine, bool? openMembership)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database, openMembership);
        var graph = (await database.Queries.GraphAsync(Connector, at: null, default)).Value;
        var whole = new EffectiveAccess(graph);

        foreach (var project in graph.Projects)
        {
            var slice = (await database.Queries.WhoReachesAsync(Connector, project.Id, at: null, default)).Value.Value;
            Assert.Equivalent(whole.WhoReaches(project.Id), slice, strict: true);
        }

        foreach (var member in graph.Members)
        {
            var slice = (await database.Queries.OfMemberAsync(Connector, member.Id, at: null, default)).Value.Value;
            Assert.Equivalent(whole.OfMember(member.Id), slice, strict: true);
            foreach (var project in graph.Projects)
            {
                var why = (await database.Queries.WhyAsync(Connector, member.Id, project.Id, at: null, default)).Value.Value;
                Assert.Equivalent(whole.Why(member.Id, project.Id), why, strict: true);
            }
        }

        foreach (var team in graph.Teams)
        {
            var slice = (await database.Queries.OfTeamAsync(Connector, team.Id, at: null, default)).Value.Value;
            Assert.Equivalent(whole.OfTeam(team.Id), slice, strict: true);
        }
    }

    [Theory, EveryEngine]
    public async Task AsOf_AnswersWithWhatHeldThen_EndsExclusive(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await database.WriteAsync(
            Sample.Organization(), Sample.Member("1", "Ada"), Sample.Team("10", "payments"),
            Sample.Project("100", "till").During(1, 5), Sample.Project("100", "checkout").During(5), Sample.Link("100", "10"),
            Sample.Membership("10", "1").During(3, 6), Sample.Membership("10", "1", "admin").During(6, 9));

        Assert.Empty(await PathsAsync(2));
        Assert.Equal(["via team payments (contributor)"], await PathsAsync(3));
        Assert.Equal(["via team payments (contributor)"], await PathsAsync(5));
        Assert.Equal(["via team payments (admin)"], await PathsAsync(6));
        Assert.Empty(await PathsAsync(9));
        Assert.Empty(await PathsAsync(null));
        Assert.True((await database.Queries.WhoReachesAsync(Connector, "till", Day(4), default)).Succeeded);
        Assert.Equal("project-not-found", (await database.Queries.WhoReachesAsync(Connector, "till", Day(5), default)).Refusal?.Code);

        async Task<IEnumerable<string>> PathsAsync(int? day) =>
            (await database.Queries.WhyAsync(Connector, "1", "100", day is { } at ? Day(at) : null, default)).Value.Value.Pair.Paths.Select(path => path.Sentence);
    }

    [Theory, EveryEngine]
    public async Task OtherConnectorsFacts_AreNeverSeen(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);

        var answer = await database.Queries.WhoReachesAsync(new ConnectorId(8), "checkout", at: null, default);

        Assert.Equal("project-not-found", answer.Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task NumericSlug_TheIdWins_AndTheAnswerSaysSo(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await database.WriteAsync(Sample.Organization(), Sample.Project("100", "checkout"), Sample.Project("200", "100"), Sample.Project("300", "404"));

        var both = (await database.Queries.WhoReachesAsync(Connector, "100", at: null, default)).Value;
        var slug = (await database.Queries.WhoReachesAsync(Connector, "404", at: null, default)).Value;

        Assert.Equal("checkout", both.Value.Project.Slug);
        Assert.Equal("project-slug-ambiguous", Assert.Single(both.Notes).Code);
        Assert.Contains("also the slug of project 200", both.Notes[0].Sentence, StringComparison.Ordinal);
        Assert.Equal("300", slug.Value.Project.Id);
        Assert.Empty(slug.Notes);
    }

    [Theory, EveryEngine]
    public async Task Names_AreUnderstoodOrTheCandidatesListed(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);

        Assert.Equal("1", await MemberAsync("1"));
        Assert.Equal("1", await MemberAsync("ADA.BYRON@example.com"));
        Assert.Equal("1", await MemberAsync("byron"));
        Assert.Equal("member-not-found", await MemberAsync("nobody"));
        Assert.Equal("member-not-found", await MemberAsync("%"));
        Assert.Equal("member-ambiguous", await MemberAsync("@example.com"));
        var refusal = (await database.Queries.OfMemberAsync(Connector, "o", at: null, default)).Refusal!;
        Assert.Contains("Olga <olga@example.com> (id 4)", refusal.Message, StringComparison.Ordinal);

        async Task<string> MemberAsync(string name)
        {
            var answer = await database.Queries.OfMemberAsync(Connector, name, at: null, default);
            return answer.Succeeded ? answer.Value.Value.Member.Id : answer.Refusal!.Code;
        }
    }

    [Theory, EveryEngine]
    public async Task Freshness_NamesBlindSpotsAndStaleScopes(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);
        await database.ReadAsync([Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.SentryApps, Scope.OrganizationTokens, Scope.ClientKeys], day: 4);
        await database.ReadAsync([Scope.Projects], day: 2, staleSince: 3);
        await database.ReadAsync([Scope.TeamMembers("20")], day: 4);

        var freshness = (await database.Queries.WhoReachesAsync(Connector, "checkout", at: null, default)).Value.Freshness;
        var other = (await database.Queries.WhoReachesAsync(Connector, "index", at: null, default)).Value.Freshness;

        Assert.False(freshness.IsComplete);
        Assert.Equal([Scope.TeamMembers("10")], freshness.BlindSpots.Select(scope => scope.Scope));
        Assert.Equal([(Scope.Projects, Day(3), "Sentry answered 503")], freshness.Stale.Select(scope => (scope.Scope, scope.StaleSince!.Value, scope.StaleReason)));
        Assert.Null(freshness.OldestRead);
        Assert.Empty(other.BlindSpots);
        Assert.Equal(Day(2), other.OldestRead);
    }

    [Theory, EveryEngine]
    public async Task Freshness_EverythingRead_IsComplete(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);
        await database.ReadAsync([Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects, Scope.TeamMembers("10"), Scope.TeamMembers("20")], day: 4);

        Assert.True((await database.Queries.OfMemberAsync(Connector, "1", at: null, default)).Value.Freshness.IsComplete);
    }

    [Theory, EveryEngine]
    public async Task Freshness_BeforeAScopeWasFirstRead_IsABlindSpot(TestEngine engine)
    {
        await using var database = await AccessDatabase.CreateAsync(engine);
        await WriteAcmeAsync(database);
        await database.ReadAsync([Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects, Scope.TeamMembers("20")], day: 5);
        await database.ReadAsync([Scope.TeamMembers("10")], day: 5, first: 3);

        async Task<Freshness> OnAsync(int day) => (await database.Queries.OfMemberAsync(Connector, "1", Day(day), default)).Value.Freshness;

        Assert.Equal([Scope.TeamMembers("10")], (await OnAsync(2)).BlindSpots.Select(static scope => scope.Scope));
        Assert.True((await OnAsync(3)).IsComplete);
        Assert.True((await OnAsync(5)).IsComplete);
    }

    /// <summary>Payments owns checkout, search owns index; Ada administers payments, Bob left search, Zed is gone, Olga owns everything.</summary>
    private static Task WriteAcmeAsync(AccessDatabase database, bool? openMembership = false) => database.WriteAsync(
        Sample.Organization(openMembership),
        Sample.Member("1", "Ada Byron"), Sample.Member("2", "Bob"), Sample.Member("3", "Cyd Olsen"), Sample.Member("4", "Olga", "owner"),
        Sample.Member("6", "Zed", "manager").During(1, 2),
        Sample.Team("10", "payments"), Sample.Team("20", "search"), Sample.Project("100", "checkout"), Sample.Project("200", "index"), Sample.Project("300", "orphan"),
        Sample.Link("100", "10"), Sample.Link("200", "20"), Sample.Membership("10", "1", "admin"), Sample.Membership("20", "2").During(1, 3),
        Sample.NonHuman(NonHumanKind.InternalIntegration, "a", "deploy-bot", "project:write"));
}
