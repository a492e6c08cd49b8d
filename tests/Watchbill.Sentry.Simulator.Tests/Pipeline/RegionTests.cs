using System.Net;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Pipeline;

public sealed class RegionTests : Simulated
{
    private const string Eu = "/api/0/organizations/acme-eu/";

    protected override SimulatorOptions Options => base.Options with { Mode = SimulatorMode.MultiRegion };

    [Fact]
    public async Task Gateway_PassesCellCallsOn_AndNamesTheRegion()
    {
        var reply = await AsEuOwner().Get(Eu);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(Server.Regions["de"], new Uri(reply["links"].GetProperty("regionUrl").GetString()! + "/"));
    }

    [Fact]
    public async Task Gateway_UnknownOrganization_Answers404WithoutBody_EvenWithoutToken() =>
        (await With(null).Get("/api/0/organizations/nobody/members/")).Is(HttpStatusCode.NotFound, "");

    [Fact]
    public async Task WrongCell_AnswersAPlain404() =>
        (await AsEuOwner("us").Get(Eu)).Is(HttpStatusCode.NotFound, """{"detail":"The requested resource does not exist"}""");

    [Fact]
    public async Task ControlEndpoint_OnACell_Answers404WithoutBody_AndOnControl200()
    {
        (await AsEuOwner("de").Get(Eu + "audit-logs/")).Is(HttpStatusCode.NotFound, "");
        Assert.Equal(HttpStatusCode.OK, (await AsEuOwner().Get(Eu + "audit-logs/")).Status);
    }

    [Fact]
    public async Task OrganizationList_OfACell_HoldsItsOwnOnly()
    {
        var user = Fixtures.TeamAdmin!.User!;
        var token = Server.World.IssuePersonalToken(user, ScopeSet.Parse("org:read")).Value;

        Assert.Equal(["acme", "acme-eu"], Slugs(await With(token).Get("/api/0/organizations/")).Order());
        Assert.Equal(["acme-eu"], Slugs(await With(token, Server.Regions["de"]).Get("/api/0/organizations/")));
    }

    [Fact]
    public async Task Regions_AreThoseOfTheCallersOrganizations_AndForPeopleOnly()
    {
        var token = Server.World.IssuePersonalToken(Fixtures.TeamAdmin!.User!, ScopeSet.Parse("org:read")).Value;

        var reply = await With(token).Get("/api/0/users/me/regions/");

        Assert.Equal(["de", "us"], reply["regions"].EnumerateArray().Select(region => region.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await AsIntegration("org:read").Get("/api/0/users/me/regions/")).Status);
    }

    [Fact]
    public async Task Links_CarryTheCellsHost_WhateverHostWasCalled()
    {
        var reply = await AsOwner().Get(O + "members/?per_page=2");

        Assert.StartsWith("<" + Server.Regions["us"], reply.Link, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Slugs(Reply reply) => reply.Json.EnumerateArray().Select(row => row.GetProperty("slug").GetString());

    private Caller AsEuOwner(string? region = null)
    {
        var eu = Server.World.Organization("acme-eu");
        var token = eu.IssueToken(TokenKind.Personal, eu.Fixtures.Owner.User!.Id, "org:admin");
        return With(token, region is null ? null : Server.Regions[region]);
    }
}
