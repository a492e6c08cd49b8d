using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;

namespace Watchbill.Tests.Access.Effective;

public sealed class EffectiveAccessTests
{
    [Theory]
    [InlineData("owner", true, "via org role owner")]
    [InlineData("manager", true, "via org role manager")]
    [InlineData("admin", false, null)]
    [InlineData("member", false, null)]
    [InlineData("billing", false, null)]
    [InlineData("future-role", false, null)]
    public void OutsideEveryTeam_ClosedMembership_OnlyGlobalRolesReach(string role, bool reaches, string? path)
    {
        var pair = new GraphSketch().Member("ada", role).Team("payments", owns: ["checkout"]).Pair("ada", "checkout");

        Assert.Equal(reaches, pair.ReachesNow);
        Assert.Equal(reaches, pair.IsHeld);
        Assert.Equal(path, pair.Paths.FirstOrDefault(found => found.Layer.HasFlag(AccessLayers.Held))?.Sentence);
    }

    [Theory]
    [InlineData("member", null, "contributor")]
    [InlineData("member", "contributor", "contributor")]
    [InlineData("member", "admin", "admin")]
    [InlineData("member", "overlord", "contributor")]
    [InlineData("admin", null, "admin")]
    [InlineData("admin", "contributor", "admin")]
    [InlineData("manager", "contributor", "admin")]
    [InlineData("owner", null, "admin")]
    [InlineData("future-role", null, "contributor")]
    [InlineData("future-role", "admin", "admin")]
    public void OnATeam_RoleInEffectIsTheHigherOfStoredAndMinimum(string role, string? stored, string effective)
    {
        var pair = new GraphSketch().Member("ada", role).Team("payments", owns: ["checkout"]).On("payments", "ada", stored).Pair("ada", "checkout");

        Assert.True(pair.ReachesNow);
        Assert.Contains($"via team payments ({effective})", pair.Paths.Select(path => path.Sentence));
    }

    [Fact]
    public void TeamAdmin_GainsProjectScopes_WhereTeamRolesAreInForce()
    {
        static GraphSketch Sketch(bool? teamRoles) => new GraphSketch { Organization = GraphSketch.Settings(teamRoles: teamRoles) }
            .Member("ada").Team("payments", owns: ["checkout"]).On("payments", "ada", "admin");

        Assert.True(Sketch(true).Pair("ada", "checkout").Scopes.Contains("project:write"));
        Assert.False(Sketch(false).Pair("ada", "checkout").Scopes.Contains("project:write"));
        Assert.False(Sketch(null).Pair("ada", "checkout").Scopes.Contains("project:write"));
        Assert.Contains("team-roles-unknown", Sketch(null).Of("ada").Notes.Select(note => note.Code));
        Assert.Contains("via team payments (contributor)", Sketch(false).Pair("ada", "checkout").Paths.Select(path => path.Sentence));
    }

    [Fact]
    public void TwoTeams_ScopesAreTheUnion_AndBothPathsAreNamed()
    {
        var pair = new GraphSketch().Member("ada")
            .Team("payments", owns: ["checkout"]).On("payments", "ada")
            .Team("platform", owns: ["checkout"]).On("platform", "ada", "admin")
            .Pair("ada", "checkout");

        Assert.Equal(["via team payments (contributor)", "via team platform (admin)"], pair.Paths.Select(path => path.Sentence));
        Assert.True(pair.Scopes.Contains("project:admin"));
        Assert.True(pair.Scopes.Contains("member:invite"));
        Assert.False(pair.Paths[0].Scopes!.Contains("project:admin"));
    }

    [Fact]
    public void TeamAdmin_OfOneTeam_IsNotAdminOnAnotherTeamsProject()
    {
        var sketch = new GraphSketch().Member("ada")
            .Team("payments", owns: ["checkout"]).On("payments", "ada", "admin")
            .Team("search", owns: ["index"]).On("search", "ada");

        Assert.True(sketch.Pair("ada", "checkout").Scopes.Contains("project:write"));
        Assert.False(sketch.Pair("ada", "index").Scopes.Contains("project:write"));
    }

    [Theory]
    [InlineData("member", true)]
    [InlineData("admin", true)]
    [InlineData("future-role", true)]
    [InlineData("billing", false)]
    public void OpenMembership_LetsEveryRoleInThatMayDoAnything(string role, bool reaches)
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }
            .Member("ada", role).Project("orphan").Team("payments", owns: ["checkout"]);

        Assert.Equal(reaches, sketch.Pair("ada", "orphan").ReachesNow);
        Assert.Equal(reaches, sketch.Pair("ada", "checkout").ReachesNow);
        Assert.False(sketch.Pair("ada", "checkout").IsHeld);
        Assert.False(sketch.Pair("ada", "orphan").IsSelfJoinable);
        Assert.Equal(reaches, sketch.Pair("ada", "checkout").IsSelfJoinable);
    }

    [Fact]
    public void OpenMembership_TeamManagedThroughScim_CannotBeJoined()
    {
        var pair = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }
            .Member("ada").Team("payments", owns: ["checkout"], idpProvisioned: true).Pair("ada", "checkout");

        Assert.True(pair.ReachesNow);
        Assert.False(pair.IsSelfJoinable);
    }

    [Fact]
    public void OpenMembership_NotTold_IsUnknownAndNeverClosed()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: null) }
            .Member("ada").Member("bob").Member("olga", "owner").Member("bill", "billing").Team("payments", owns: ["checkout"]).On("payments", "ada");
        var who = sketch.Who("checkout");

        Assert.Equal(2, who.ReachableCount);
        Assert.Equal(["bob"], who.Members.Where(pair => pair.IsUnknown).Select(pair => pair.Member.Name));
        Assert.Equal(1, who.UnknownCount);
        Assert.Contains("open-membership-unknown", who.Notes.Select(note => note.Code));
        Assert.StartsWith("bob may reach checkout: perhaps via open membership", sketch.Why("bob", "checkout").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OrganizationNeverRead_NobodyIsSaidToBeOut()
    {
        var who = new GraphSketch { Organization = null }.Member("ada").Team("payments", owns: ["checkout"]).Who("checkout");

        Assert.Equal(1, who.UnknownCount);
        Assert.Contains("organization-unread", who.Notes.Select(note => note.Code));
    }

    [Fact]
    public void Billing_OnATeam_HasNothingAndTheAnswerSaysSo()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }
            .Member("bill", "billing").Team("payments", owns: ["checkout"]).On("payments", "bill", "admin");

        Assert.Empty(sketch.Pair("bill", "checkout").Paths);
        Assert.Contains("teams-without-rights", sketch.Of("bill").Notes.Select(note => note.Code));
        Assert.Contains(AccessOptionKind.OtherRole, sketch.Why("bill", "checkout").Options.Select(option => option.Kind));
    }

    [Fact]
    public void UnknownRole_IsNamedAndGrantsNoScopes()
    {
        var access = new GraphSketch().Member("ada", "future-role").Team("payments", owns: ["checkout"]).On("payments", "ada").Of("ada");

        Assert.False(access.Role.IsKnown);
        Assert.Equal("via team payments (contributor)", Assert.Single(access.Projects).Paths[0].Sentence);
        Assert.False(access.Projects[0].Scopes.Contains("member:invite"));
        Assert.Contains("role-unknown", access.Notes.Select(note => note.Code));
    }

    [Fact]
    public void MembershipInATeamThatNoReadListed_IsStillShown()
    {
        var graph = new GraphSketch().Member("ada").Project("checkout").ToGraph();
        var rows = new AccessGraphRows
        {
            At = graph.At,
            Organization = graph.Organization,
            Members = graph.Members,
            Projects = graph.Projects,
            Memberships = [new MembershipEdge("77", "m-ada", null)],
            ProjectTeams = [new ProjectTeamEdge("p-checkout", "77")],
        };

        var who = new EffectiveAccess(new AccessGraph(rows)).WhoReaches("p-checkout")!;

        Assert.Equal("via team 77 (contributor)", Assert.Single(Assert.Single(who.Members).Paths).Sentence);
    }

    [Fact]
    public void WhoReaches_NamesPrincipalsThatAreNoPersons()
    {
        var sketch = new GraphSketch().Project("checkout").Project("other")
            .NonHuman(new NonHumanNode("a", NonHumanKind.InternalIntegration, "deploy-bot", true, ScopeSet.Parse("project:read project:write"), null))
            .NonHuman(new NonHumanNode("b", NonHumanKind.InternalIntegration, "people-bot", true, ScopeSet.Parse("member:read org:read"), null))
            .NonHuman(new NonHumanNode("c", NonHumanKind.PublicApp, "tickets", false, null, null))
            .NonHuman(new NonHumanNode("d", NonHumanKind.OrganizationToken, "ci", null, ScopeSet.Parse("org:ci"), null))
            .NonHuman(new NonHumanNode("e", NonHumanKind.ClientKey, "Default", true, ScopeSet.Empty, "p-checkout"))
            .NonHuman(new NonHumanNode("f", NonHumanKind.ClientKey, "Elsewhere", true, ScopeSet.Empty, "p-other"))
            .NonHuman(new NonHumanNode("g", NonHumanKind.Integration, "github", true, null, null));

        var others = sketch.Who("checkout").NonHumans;

        Assert.Equal(
            [
                "via internal integration deploy-bot (project:read, project:write)",
                "via app tickets (scopes not told)",
                "via organization token ci (org:ci)",
                "may send events with client key Default",
            ],
            others.Select(reach => reach.Path.Sentence));
        Assert.Equal([true, false, true, true], others.Select(reach => reach.ReachesNow));
        Assert.Equal([false, false, false, true], others.Select(reach => reach.SendsOnly));
    }

    [Fact]
    public void Why_NoAccess_SaysWhatWouldGiveIt()
    {
        var sketch = new GraphSketch().Member("ada").Project("orphan")
            .Team("payments", owns: ["checkout"]).Team("search", owns: ["checkout"], idpProvisioned: true);

        Assert.Equal(
            [AccessOptionKind.BeAddedToTeam, AccessOptionKind.BeAddedByIdentityProvider, AccessOptionKind.GlobalRole],
            sketch.Why("ada", "checkout").Options.Select(option => option.Kind));
        Assert.Equal(
            [AccessOptionKind.GiveProjectATeam, AccessOptionKind.GlobalRole],
            sketch.Why("ada", "orphan").Options.Select(option => option.Kind));
        Assert.Equal("ada does not reach checkout.", sketch.Why("ada", "checkout").Sentence);
        Assert.Equal("The organization role manager or owner reaches every project.", sketch.Why("ada", "checkout").Options[^1].Sentence);
    }

    [Fact]
    public void Why_UnknownIds_AnswerNull()
    {
        var access = new EffectiveAccess(new GraphSketch().Member("ada").Project("checkout").ToGraph());

        Assert.Null(access.Why("m-nobody", "p-checkout"));
        Assert.Null(access.Why("m-ada", "p-nothing"));
        Assert.Null(access.OfMember("u-ada"));
        Assert.Null(access.WhoReaches("checkout"));
        Assert.Null(access.OfTeam("payments"));
    }

    [Fact]
    public void OfTeam_ListsMembersWithRoleInEffect_AndIgnoresUsersTheListHides()
    {
        var graph = new GraphSketch().Member("zoe", "admin").Member("ada").Team("payments", owns: ["checkout"])
            .On("payments", "zoe").On("payments", "ada", "admin").On("payments", "deactivated-and-hidden").ToGraph();

        var team = new EffectiveAccess(graph).OfTeam("t-payments")!;

        Assert.Equal([("ada", "admin"), ("zoe", "admin")], team.Members.Select(entry => (entry.Member.Name, entry.Membership.Role.Id)));
        Assert.Equal(["checkout"], team.Projects.Select(project => project.Slug));
        Assert.False(team.IsJoinableByAnyone);
    }
}
