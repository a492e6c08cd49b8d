using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Permissions;

public sealed class AccessRulesTests
{
    private readonly World world;
    private readonly Organization acme;

    public AccessRulesTests()
    {
        world = World.Generate(new SimulatorOptions { Size = OrganizationSize.Small, Clock = new ManualClock() });
        acme = world.Organization("acme");
        acme.SetOpenMembership(false);
    }

    private Fixtures Fixtures => acme.Fixtures;

    [Fact]
    public void GlobalRoles_ReachEverything_AlsoOrphans()
    {
        Assert.True(Decide(Fixtures.Owner, Fixtures.Orphan!).IsUsable);
        Assert.True(Decide(Fixtures.Manager!, Fixtures.Orphan!).IsUsable);
        Assert.False(Decide(Fixtures.RetiredAdmin!, Fixtures.Orphan!).IsVisible);
    }

    [Fact]
    public void OpenMembership_OpensEverythingToMembers_ButNotToBilling()
    {
        Assert.False(Decide(Fixtures.WithoutTeam!, Fixtures.Orphan!).IsVisible);

        acme.SetOpenMembership(true);

        Assert.True(Decide(Fixtures.WithoutTeam!, Fixtures.Orphan!).IsUsable);
        Assert.False(Decide(Fixtures.Billing!, Fixtures.Orphan!).IsVisible);
    }

    [Fact]
    public void TeamRoles_AddScopes_OnlyWithTheFeature()
    {
        acme.AddProjectTeam(Fixtures.Orphan!, Fixtures.TeamAdmin!.Memberships[0].Team);

        Assert.True(Decide(Fixtures.TeamAdmin, Fixtures.Orphan!).Scopes.Has("project:admin"));
        acme.Features.Remove("team-roles");
        Assert.False(Decide(Fixtures.TeamAdmin, Fixtures.Orphan!).Scopes.Has("project:admin"));
        Assert.True(Decide(Fixtures.TeamAdmin, Fixtures.Orphan!).IsVisible);
    }

    [Fact]
    public void OrganizationSettings_TakeScopesFromMembersOnly()
    {
        acme.ChangeSettings(settings => settings with { OpenMembership = true, EventsMemberAdmin = false, AlertsMemberWrite = false });

        var member = Decide(Fixtures.WithoutTeam!, Fixtures.Orphan!).Scopes;
        Assert.False(member.Has("event:admin") || member.Has("alerts:write"));
        Assert.True(Decide(Fixtures.RetiredAdmin!, Fixtures.Orphan!).Scopes.Has("event:admin"));
    }

    [Fact]
    public void Obstacles_AreNamed_WithTheAccessThatWouldBe()
    {
        acme.SetOpenMembership(true);

        Assert.Equal("the invitation was not accepted", Decide(Fixtures.PendingWithTeam!, Fixtures.Renamed!).BlockedBy);
        Assert.Equal("the account is deactivated", Decide(Fixtures.Deactivated!, Fixtures.Renamed!).BlockedBy);
        Assert.Equal("the organization is over its member limit", Decide(Fixtures.OverMemberLimit!, Fixtures.Renamed!).BlockedBy);
        Assert.True(Decide(Fixtures.Deactivated!, Fixtures.Renamed!) is { IsVisible: true, IsUsable: false });
    }

    [Fact]
    public void PersonalToken_IsCutToTheRole_AndOthersReachAllProjects()
    {
        acme.SetOpenMembership(true);
        var personal = acme.IssueToken(TokenKind.Personal, Fixtures.WithoutTeam!.User!.Id, "project:admin", "org:read");
        var integration = acme.IssueToken(TokenKind.InternalIntegration, null, "project:write");

        Assert.Equal(ScopeSet.Parse("project:read org:read"), Decide(personal).Scopes);
        Assert.Equal(ScopeSet.Parse("project:read project:write"), Decide(integration).Scopes);
        Assert.Equal(ScopeSet.Parse("org:ci"), Decide(acme.IssueToken(TokenKind.Organization)).Scopes);
        Assert.False(Decide(world.Organization("acme-eu").IssueToken(TokenKind.InternalIntegration, null, "project:write")).IsVisible);
        Assert.False(Decide("sntryu_unknown").IsVisible);
    }

    [Fact]
    public void UnknownProject_IsNotVisible() => Assert.False(world.Decide(acme, Fixtures.Owner, 1).IsVisible);

    [Theory]
    [InlineData("member:admin", "member:read member:invite member:write member:admin")]
    [InlineData("org:admin", "org:read org:write org:admin org:integrations")]
    [InlineData("project:admin", "project:read project:write project:admin")]
    [InlineData("org:ci", "org:ci")]
    public void Scopes_ExpandByTheHierarchy(string asked, string held) => Assert.Equal(held, ScopeSet.Parse(asked).Expanded().ToString());

    [Fact]
    public void UnknownScope_IsAnError() => Assert.Throws<ArgumentException>(() => ScopeSet.Parse("org:everything"));

    private AccessDecision Decide(Member member, Project project) => world.Decide(acme, member, project.Id);

    private AccessDecision Decide(string token) => world.Decide(acme, token, Fixtures.Orphan!.Id);
}
