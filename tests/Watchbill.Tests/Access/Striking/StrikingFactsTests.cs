using Watchbill.Access;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Access.Striking;
using Watchbill.Tests.Access.Effective;

namespace Watchbill.Tests.Access.Striking;

public sealed class StrikingFactsTests
{
    private static readonly Freshness Fresh = new([]);

    [Fact]
    public void OpenMembership_SaysWhatTeamsAloneWouldGive()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }
            .Member("ada").Member("bob").Member("bill", "billing").Member("cyd", with: member => member with { Pending = true })
            .Team("payments", owns: ["checkout", "till"]).On("payments", "ada").Project("orphan");

        var fact = Find(sketch, "open-membership");

        Assert.Equal("openMembership is on: all 2 active members reach all 3 projects (6 pairs); by teams and global roles alone it would be 2 pairs.", fact.Sentence);
        Assert.Equal((Gravity.High, 4L), (fact.Gravity, fact.Count));
        Assert.Same(fact.Code, Of(sketch)[0].Code);
        Assert.Equal("Every member can join 1 team without anyone's leave: taking a membership away proves little.", Find(sketch, "joinable-teams").Sentence);
    }

    [Fact]
    public void OpenMembership_OneOfEach_IsSaidInTheSingular()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }.Member("ada").Project("orphan");

        Assert.Equal(
            "openMembership is on: the only active member reaches the only project (1 pair); by teams and global roles alone it would be 0 pairs.",
            Find(sketch, "open-membership").Sentence);
    }

    [Fact]
    public void OpenMembership_NotTold_IsGrave()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: null) }.Member("ada").Project("checkout");

        Assert.Equal(Gravity.High, Find(sketch, "open-membership-unknown").Gravity);
    }

    [Fact]
    public void Privileges_AreCounted_SingularAndPlural()
    {
        var sketch = new GraphSketch()
            .Member("olga", "owner", member => member with { HasTwoFactor = false, IsSuperuser = true })
            .Member("max", "manager")
            .Member("ida", "manager", member => member with { Pending = true })
            .Member("ada", "admin").Member("bob", "admin")
            .Member("fay", "future-role");

        Assert.Equal("2 active members hold the role manager or owner and reach every project.", Find(sketch, "global-roles").Sentence);
        Assert.Equal("1 active member with the role manager or owner has no second factor.", Find(sketch, "privileged-without-two-factor").Sentence);
        Assert.Equal(["m-olga"], Find(sketch, "privileged-without-two-factor").SubjectIds);
        Assert.Equal("1 open invitation gives the role manager or owner to whoever accepts.", Find(sketch, "privileged-invitations").Sentence);
        Assert.Equal("1 active member is superuser or staff of the installation and may take over any organization in it.", Find(sketch, "installation-privilege").Sentence);
        Assert.Equal("2 people hold the retired role admin.", Find(sketch, "retired-role").Sentence);
        Assert.Equal("1 person holds the role future-role, of which nothing is known.", Find(sketch, "unknown-role").Sentence);
    }

    [Fact]
    public void Dormant_OnlyWhoseActivityWasTold()
    {
        var sketch = new GraphSketch().Member("ada").Member("bob").Member("cyd").Member("olga", "owner");
        var graph = sketch.ToGraph();
        var basis = new StrikingBasis(graph, new Dictionary<string, PrincipalActivity>
        {
            ["m-ada"] = Seen("m-ada", graph.At.AddDays(-90)),
            ["m-bob"] = Seen("m-bob", graph.At.AddDays(-89)),
            ["m-olga"] = Seen("m-olga", null),
        }, Fresh);

        var facts = StrikingFacts.Of(basis);

        Assert.Equal(["m-ada", "m-olga"], facts.Single(fact => fact.Code == "dormant").SubjectIds);
        Assert.Equal("1 active member with the role manager or owner was not seen for 90 days or more.", facts.Single(fact => fact.Code == "privileged-dormant").Sentence);
    }

    [Fact]
    public void People_WhoCannotEnterButHoldSomething()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(requireTwoFactor: true) }
            .Member("ada", with: member => member with { HasTwoFactor = false })
            .Member("bob", with: member => member with { UserIsSuspended = true })
            .Member("cyd", with: member => member with { Pending = true }).Member("dot", with: member => member with { Pending = true, Expired = true })
            .Member("eve", with: member => member with { Pending = true, Expired = true })
            .Team("payments", owns: ["checkout"]).On("payments", "bob").On("payments", "dot").On("payments", "hidden");

        Assert.Equal("1 active member cannot sign in for want of single sign-on or a second factor, but API tokens they made still work.", Find(sketch, "token-only").Sentence);
        Assert.Equal("1 deactivated or restricted member still holds team memberships.", Find(sketch, "stopped-with-teams").Sentence);
        Assert.Equal("1 invitation is open.", Find(sketch, "invitations").Sentence);
        Assert.Equal("2 invitations have expired and were not withdrawn; 1 of them holds team memberships already.", Find(sketch, "expired-invitations").Sentence);
        Assert.Equal("1 user whom the member list hides (deactivated accounts) still holds team memberships.", Find(sketch, "hidden-memberships").Sentence);
        Assert.Equal(["m-ada"], Find(sketch, "without-team").SubjectIds);
    }

    [Fact]
    public void Programs_AndResources()
    {
        var sketch = new GraphSketch()
            .NonHuman(new NonHumanNode("a", NonHumanKind.InternalIntegration, "deploy", true, ScopeSet.Parse("project:write member:admin"), null))
            .NonHuman(new NonHumanNode("b", NonHumanKind.InternalIntegration, "old", false, ScopeSet.Parse("project:admin"), null))
            .NonHuman(new NonHumanNode("c", NonHumanKind.PublicApp, "tickets", null, ScopeSet.Parse("project:admin"), null))
            .NonHuman(new NonHumanNode("d", NonHumanKind.OrganizationToken, "ci", null, null, null))
            .Project("orphan").Project("other").Team("ghost", owns: ["haunted"]);

        Assert.Equal("2 integrations can write to every project.", Find(sketch, "apps-writing").Sentence);
        Assert.Equal("1 integration can change members or the organization.", Find(sketch, "apps-managing").Sentence);
        Assert.Equal("1 organization token acts on every project without belonging to anybody.", Find(sketch, "organization-tokens").Sentence);
        Assert.Equal("2 projects belong to no team: nobody answers for them.", Find(sketch, "orphan-projects").Sentence);
        Assert.Equal("1 team has no members.", Find(sketch, "empty-teams").Sentence);
        Assert.Equal("1 project belongs only to teams without members.", Find(sketch, "unattended-projects").Sentence);
    }

    [Fact]
    public void BlindSpots_AndStaleScopes_AreNamed()
    {
        var at = DateTimeOffset.UnixEpoch;
        var freshness = new Freshness([new ScopeFreshness("members", at, at, "503"), new ScopeFreshness("teams", null, null, null), new ScopeFreshness("projects", at, null, null)]);

        var facts = StrikingFacts.Of(new StrikingBasis(new GraphSketch().ToGraph(), new Dictionary<string, PrincipalActivity>(), freshness));

        Assert.Equal("1 listing was never read to the end (teams): what it would say is unknown.", facts.Single(fact => fact.Code == "blind-spots").Sentence);
        Assert.Equal("1 listing could not be read lately (members): what it says may have changed.", facts.Single(fact => fact.Code == "stale").Sentence);
    }

    [Fact]
    public void OrderedByGravity_AndNothingIsToldThatDoesNotOccur()
    {
        var facts = Of(new GraphSketch().Member("ada").Team("payments", owns: ["checkout"]).On("payments", "ada"));

        Assert.Equal(["two-factor-not-required", "personal-tokens"], facts.Select(fact => fact.Code));
    }

    private static IReadOnlyList<StrikingFact> Of(GraphSketch sketch) =>
        StrikingFacts.Of(new StrikingBasis(sketch.ToGraph(), new Dictionary<string, PrincipalActivity>(), Fresh));

    private static StrikingFact Find(GraphSketch sketch, string code) => Of(sketch).Single(fact => fact.Code == code);

    private static PrincipalActivity Seen(string id, DateTimeOffset? at) => new() { PrincipalKey = id, LastActive = at };
}
