using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class OrganizationTests : Simulated
{
    [Fact]
    public async Task Read_LeavesOutFeaturesTeamsAndProjects_UnlessAsked()
    {
        var reply = await As(Fixtures.WithoutTeam!, "org:read").Get(O + "?detailed=0");

        Assert.True(reply.Json.TryGetProperty("openMembership", out _));
        Assert.False(reply.Json.TryGetProperty("features", out _) || reply.Json.TryGetProperty("teams", out _) || reply.Json.TryGetProperty("projects", out _));
    }

    [Fact]
    public async Task Read_ShowsTheCallersEffectiveScopesAndRole()
    {
        var member = await As(Fixtures.WithoutTeam!, "org:admin").Get(O + "?detailed=0");
        var integration = await AsIntegration("org:read", "team:write").Get(O + "?detailed=0");

        Assert.Equal(["org:read"], member["access"].EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("member", member["orgRole"].GetString());
        Assert.Equal(["org:read", "team:read", "team:write"], integration["access"].EnumerateArray().Select(scope => scope.GetString()));
        Assert.False(integration.Json.TryGetProperty("orgRole", out _));
    }

    [Fact]
    public async Task Read_Detailed_HoldsAllTeamsAndProjects()
    {
        var reply = await AsOwner().Get(O + "?include_feature_flags=1");

        Assert.Equal((Acme.Teams.Count, Acme.Projects.Count), (reply["teams"].GetArrayLength(), reply["projects"].GetArrayLength()));
        Assert.Contains("team-roles", reply["features"].EnumerateArray().Select(feature => feature.GetString()));
    }

    [Fact]
    public async Task Change_WritesTheDifferencesToTheAuditLog()
    {
        var reply = await AsOwner().Put(O, """{"openMembership":false,"require2FA":true,"unknown":1}""");

        Assert.False(reply["openMembership"].GetBoolean());
        var row = Acme.Audit.Live[^1];
        Assert.Equal(("org.edit", "openMembership"), (row.Event, Assert.Single(row.Details).Key));
    }

    [Theory]
    [InlineData("""{"openMembership":"yes"}""", """{"openMembership":["Must be a valid boolean."]}""")]
    [InlineData("""{"defaultRole":"king"}""", """{"defaultRole":["\"king\" is not a valid choice."]}""")]
    public async Task Change_BadValue_Answers400(string body, string expected) => (await AsOwner().Put(O, body)).Is(HttpStatusCode.BadRequest, expected);

    [Fact]
    public async Task AuthProvider_WithoutSignOn_Answers204()
    {
        Acme.AuthProvider = null;

        (await AsOwner().Get(O + "auth-provider/")).Is(HttpStatusCode.NoContent, "");
    }

    [Fact]
    public async Task AuthProvider_CountsMembersWithoutLink()
    {
        var reply = await AsOwner().Get(O + "auth-provider/");

        Assert.Equal(("okta", true), (reply["provider_name"].GetString(), reply["scim_enabled"].GetBoolean()));
        Assert.Equal(
            Acme.Members.Count(member => member is { IsListed: true, IsPending: false } && !member.Flags.HasFlag(MemberFlags.SsoLinked)),
            reply["pending_links_count"].GetInt32());
    }

    [Fact]
    public async Task OrganizationList_OwnerForm_TellsSingleOwners()
    {
        var eu = Server.World.Organization("acme-eu");
        var caller = With(eu.IssueToken(TokenKind.Personal, eu.Fixtures.SoleOwner!.User!.Id, "org:read"));

        var row = Assert.Single((await caller.Get("/api/0/organizations/?owner=1")).Json.EnumerateArray());

        Assert.True(row.GetProperty("singleOwner").GetBoolean());
        Assert.Equal("acme-eu", row.GetProperty("organization").GetProperty("slug").GetString());
    }

    [Fact]
    public async Task OrganizationTokens_ShowTheLastFourOnly()
    {
        var value = Acme.IssueOrganizationToken("deploy");

        var rows = (await AsOwner().Get(O + "org-auth-tokens/")).Body;

        Assert.Contains($"\"tokenLastCharacters\":\"{value[^4..]}\"", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(value, rows, StringComparison.Ordinal);
    }
}
