using Watchbill.Access.Facts;
using Watchbill.Access.Roles;

namespace Watchbill.Tests.Access.Roles;

public sealed class RoleCatalogueTests
{
    private static readonly OrgRole Auditor = new() { Id = "auditor", Name = "Auditor", Scopes = ScopeSet.Parse("project:read org:read"), IsGlobal = true };

    [Fact]
    public void BuiltIn_HoldsSentrysTable()
    {
        var catalogue = RoleCatalogue.BuiltIn;

        Assert.Equal(["billing", "member", "admin", "manager", "owner"], catalogue.OrgRoles.Select(role => role.Id));
        Assert.Equal(["manager", "owner"], catalogue.OrgRoles.Where(role => role.IsGlobal).Select(role => role.Id));
        Assert.Equal(["admin"], catalogue.OrgRoles.Where(role => role.IsRetired).Select(role => role.Id));
        Assert.Equal(["contributor", "contributor", "admin", "admin", "admin"], catalogue.OrgRoles.Select(role => role.MinimumTeamRole));
        Assert.Equal(
            "alerts:read alerts:write event:admin event:read event:write member:invite member:read org:read project:read project:releases team:read",
            catalogue.OrgRole("member").Scopes.ToString());
        Assert.Equal(
            "alerts:read event:read event:write member:read org:read project:read project:releases team:read",
            catalogue.TeamRoles[0].Scopes.ToString());
        Assert.Equal("owner", catalogue.Top.Id);
    }

    [Fact]
    public void Json_RoundTrips_AndIsStable()
    {
        var catalogue = new RoleCatalogue([Auditor], RoleCatalogue.BuiltIn.TeamRoles);
        var json = catalogue.ToJson();

        Assert.Equal(catalogue.OrgRoles, RoleCatalogue.FromJson(json)!.OrgRoles);
        Assert.Equal(catalogue.TeamRoles, RoleCatalogue.FromJson(json)!.TeamRoles);
        Assert.Equal(json, RoleCatalogue.FromJson(json)!.ToJson());
        Assert.Equal(RoleCatalogue.BuiltIn.OrgRoles, RoleCatalogue.FromJson(RoleCatalogue.BuiltIn.ToJson())!.OrgRoles);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"orgRoles":[]}""")]
    [InlineData("""{"orgRoles":[{"name":"No id","isGlobal":true}]}""")]
    public void Of_UnreadableCatalogue_FallsBackToTheBuiltInTable(string? json)
    {
        Assert.Null(RoleCatalogue.FromJson(json));
        Assert.Equal(RoleCatalogue.BuiltIn.OrgRoles, RoleCatalogue.Of(Organization(json)).OrgRoles);
    }

    [Fact]
    public void OrganizationsOwnList_WinsOverTheTable()
    {
        var member = new OrgRole { Id = "member", Name = "Member", Scopes = ScopeSet.Parse("org:read"), AllowsTeamRoles = true };
        var catalogue = RoleCatalogue.Of(Organization(new RoleCatalogue([member, Auditor], []).ToJson()));

        Assert.Equal("org:read", catalogue.OrgRole("member").Scopes.ToString());
        Assert.True(catalogue.OrgRole("auditor").IsGlobal);
        Assert.True(catalogue.OrgRole("admin").IsRetired);
        Assert.Equal(RoleCatalogue.BuiltIn.TeamRoles, catalogue.TeamRoles);
    }

    [Fact]
    public void UnknownRole_IsNeverGlobalAndHasNoScopes()
    {
        var role = RoleCatalogue.BuiltIn.OrgRole("super-owner");

        Assert.Equal((false, false, 0), (role.IsKnown, role.IsGlobal, role.Scopes.Count));
    }

    [Fact]
    public void RoleNamedTwice_TheFirstCounts()
    {
        var catalogue = new RoleCatalogue([Auditor with { IsGlobal = false }, Auditor], []);

        Assert.False(catalogue.OrgRole("auditor").IsGlobal);
    }

    [Fact]
    public void Settings_TrimTheRoleMember_AndNoOther()
    {
        var trimmed = RoleCatalogue.Of(Organization(null, setting: false));
        var kept = RoleCatalogue.Of(Organization(null, setting: true));
        var untold = RoleCatalogue.Of(Organization(null, setting: null));

        Assert.Equal(["alerts:write", "event:admin", "member:invite"], kept.OrgRole("member").Scopes.Except(trimmed.OrgRole("member").Scopes));
        Assert.Equal(kept.OrgRole("member"), untold.OrgRole("member"));
        Assert.Equal(kept.OrgRole("admin"), trimmed.OrgRole("admin"));
    }

    [Fact]
    public void ScopeSet_KeepsUnknownNames_AndUnionsWithoutCopyingWhenNothingIsAdded()
    {
        var left = ScopeSet.Parse("project:read future:thing project:read");

        Assert.Equal("future:thing project:read", left.ToString());
        Assert.Same(left, left.Union(ScopeSet.Parse("project:read")));
        Assert.Equal(ScopeSet.Parse("future:thing project:read team:read"), left.Union(ScopeSet.Parse("team:read")));
        Assert.Equal(left.GetHashCode(), ScopeSet.Of("future:thing", "project:read").GetHashCode());
        Assert.Empty(ScopeSet.Parse(null));
    }

    private static OrganizationFact Organization(string? catalogue, bool? setting = null) => new()
    {
        Scope = "organization",
        Key = "1",
        Slug = "acme",
        Name = "Acme",
        RoleCatalogue = catalogue,
        EventsMemberAdmin = setting,
        AlertsMemberWrite = setting,
        AllowMemberInvite = setting,
    };
}
