using System.Net;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Pipeline;

/// <summary>Each test makes two refusals possible at once and asserts which one wins; the last ones show the caller who gets through.</summary>
public sealed class OrderOfEvaluationTests : Simulated
{
    private const string NoPermission = """{"detail":"You do not have permission to perform this action."}""";
    private const string NotFound = """{"detail":"The requested resource does not exist"}""";

    [Fact]
    public async Task LimitReached_WithBadToken_Answers429()
    {
        Server.RateLimit = new RateLimit(0, TimeSpan.FromSeconds(1), 5);

        var reply = await With("sntryu_unknown").Get(O);

        Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
    }

    [Fact]
    public async Task BadToken_OnUnknownOrganization_Answers401()
    {
        var reply = await With("sntryu_unknown").Get("/api/0/organizations/nobody/");

        reply.Is(HttpStatusCode.Unauthorized, """{"detail":"Invalid token"}""");
        Assert.Equal("xBasic realm=\"api\"", reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task MissingScope_OnUnknownOrganization_Answers403WithTheScopesThatWouldDo()
    {
        var reply = await AsOwner("project:read").Get("/api/0/organizations/nobody/");

        reply.Is(HttpStatusCode.Forbidden, NoPermission);
        Assert.Equal("""Bearer error="insufficient_scope", scope="org:admin org:read org:write" """.TrimEnd(), reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task UnknownOrganization_Answers404() => (await AsOwner().Get("/api/0/organizations/nobody/")).Is(HttpStatusCode.NotFound, NotFound);

    [Fact]
    public async Task UnknownMember_ForCallerWithoutMembership_Answers404BeforeTheObjectGate()
    {
        var stranger = Server.World.AddUser("stranger@example.net", "Stranger");
        var caller = With(Server.World.IssuePersonalToken(stranger, ScopeSet.Parse("member:admin")).Value);

        (await caller.Get(O + "members/1/")).Is(HttpStatusCode.NotFound, NotFound);
        (await caller.Get($"{O}members/{Fixtures.Owner.Id}/")).Is(HttpStatusCode.Forbidden, NoPermission);
    }

    [Fact]
    public async Task ScopeOnTheTokenButNotInTheRole_Answers403WithoutChallenge()
    {
        var reply = await As(Fixtures.TeamAdmin!, "org:write").Get(O + "audit-logs/");

        reply.Is(HttpStatusCode.Forbidden, NoPermission);
        Assert.False(reply.Headers.ContainsKey("WWW-Authenticate"));
        Assert.Equal(HttpStatusCode.OK, (await As(Fixtures.Manager!, "org:write").Get(O + "audit-logs/")).Status);
    }

    [Fact]
    public async Task TokenOutlivesMembership_Answers403NotUnauthorized()
    {
        var caller = As(Fixtures.TeamAdmin!, "org:read");
        Assert.Equal(HttpStatusCode.OK, (await caller.Get(O)).Status);

        Acme.RemoveMember(Fixtures.TeamAdmin!);

        (await caller.Get(O)).Is(HttpStatusCode.Forbidden, NoPermission);
    }

    [Fact]
    public async Task ProjectOutOfReach_Answers403_AndWithinReach200()
    {
        Acme.SetOpenMembership(false);
        var caller = As(Fixtures.TeamAdmin!, "project:read");

        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Get(P + "forgotten-importer/")).Status);

        Acme.AddProjectTeam(Fixtures.Orphan!, Fixtures.TeamAdmin!.Memberships[0].Team);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get(P + "forgotten-importer/")).Status);
    }

    [Fact]
    public async Task TeamRole_GivesScopesTheOrgRoleLacks_OnThatTeamOnly()
    {
        var caller = As(Fixtures.TeamAdmin!, "team:write");

        Assert.Equal(HttpStatusCode.OK, (await caller.Put($"{T}{Fixtures.TeamAdmin!.Memberships[0].Team.Slug}/", """{"name":"Renamed"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Put($"{T}{Fixtures.TeamAdmin.Memberships[1].Team.Slug}/", """{"name":"Renamed"}""")).Status);
    }

    [Fact]
    public async Task RenamedProject_Answers302WithTheNewSlug()
    {
        var reply = await AsOwner().Get($"{P}{Fixtures.FormerSlug}/keys/?per_page=5");

        reply.Is(HttpStatusCode.Found, """{"detail":{"code":"resource-moved","message":"Resource has been moved","extra":{"url":"/api/0/projects/acme/ledger-exports/keys/?per_page=5","slug":"ledger-exports"}}}""");
        Assert.Equal("/api/0/projects/acme/ledger-exports/keys/?per_page=5", reply.Headers["Location"]);
    }

    [Fact]
    public async Task WrongMethodAndUnknownPath_AreToldApart()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await AsOwner().Patch(O + "members/", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get("/api/0/organizations/acme/members")).Status);
    }

    [Fact]
    public async Task BodyThatIsNotJson_Answers400() =>
        (await AsOwner().Put(O, "{")).Is(HttpStatusCode.BadRequest, """{"detail":"JSON parse error - Expecting value: line 1 column 1 (char 0)"}""");
}
