using Watchbill.Access.Effective;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Access.Effective;

/// <summary>What a removal is said to take away, against what the simulator lets people do before and after it is really done there.</summary>
public sealed class BlastRadiusTests
{
    public static TheoryData<int, bool, bool> Worlds => new() { { 1, true, true }, { 2, false, true }, { 3, false, false }, { 4, true, false } };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void TakingSomebodyOffATeam_EndsAndNarrowsWhatTheSimulatorEndsAndNarrows(int seed, bool openMembership, bool teamRoles)
    {
        var (world, organization, random) = Start(seed, openMembership, teamRoles);
        var (ends, narrows) = (0, 0);
        for (var round = 0; round < 25; round++)
        {
            var member = random.GetItems([.. organization.Members.Where(static member => member is { IsPending: false, Memberships.Count: > 0 })], 1)[0];
            var team = random.GetItems([.. member.Memberships.Select(static link => link.Team)], 1)[0];
            var graph = new AccessGraph(organization.ToRows());
            var radius = AccessRemovals.BlastRadiusOf(graph, new AccessRemoval.OfMembership(graph.FindTeam($"{team.Id}")!, graph.FindMember($"{member.Id}")!));
            var before = Decide(world, organization, member);

            organization.LeaveTeam(member, team);

            (ends, narrows) = (ends + (int)radius.Ends, narrows + (int)radius.Narrows);
            AssertIs(radius, before, Decide(world, organization, member), member);
        }

        Assert.True(openMembership ? narrows > 0 : ends > 0, "Nothing was taken away; the comparison means nothing.");
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void RemovingAMember_EndsEverythingTheyReach(int seed, bool openMembership, bool teamRoles)
    {
        var (world, organization, random) = Start(seed, openMembership, teamRoles);
        var members = random.GetItems([.. organization.Members.Where(static member => !member.IsPending)], 10).Distinct();
        foreach (var member in members)
        {
            var graph = new AccessGraph(organization.ToRows());
            var radius = AccessRemovals.BlastRadiusOf(graph, new AccessRemoval.OfMember(graph.FindMember($"{member.Id}")!));

            Assert.All(radius.Losses, static loss => Assert.Equal((LossKind.Ends, 0, false), (loss.Kind, loss.LeftPaths.Count, loss.IsSelfJoinable)));
            Assert.Equal(
                Decide(world, organization, member).Where(static pair => pair.Value.IsUsable).Select(static pair => pair.Key).Order(),
                radius.Losses.Where(loss => new EffectiveAccess(graph).Why(loss.Member.Id, loss.Project!.Id)!.Pair.ReachesNow).Select(static loss => loss.Project!.Id).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void TakingAProjectAwayFromATeam_EndsForWhomTheSimulatorEndsIt(int seed, bool openMembership, bool teamRoles)
    {
        var (world, organization, random) = Start(seed, openMembership, teamRoles);
        for (var round = 0; round < 15; round++)
        {
            var project = random.GetItems([.. organization.Projects.Where(static project => project.Teams.Count > 0)], 1)[0];
            var team = project.Teams[0];
            var graph = new AccessGraph(organization.ToRows());
            var radius = AccessRemovals.BlastRadiusOf(graph, new AccessRemoval.OfProjectTeam(graph.FindProject($"{project.Id}")!, graph.FindTeam($"{team.Id}")!));
            var before = WhoUses(world, organization, project);

            organization.RemoveProjectTeam(project, team);

            var lost = before.Except(WhoUses(world, organization, project)).Order();
            Assert.Equal(lost, radius.Losses.Where(static loss => loss.Kind is LossKind.Ends && !loss.Member.Pending).Select(static loss => loss.Member.Id).Where(before.Contains).Order());
            Assert.Equal(project.Teams.Count == 0, radius.Notes.Any(static note => note.Code == "orphans-project"));
        }
    }

    [Fact]
    public void ClosingOpenMembership_EndsWhatTheSimulatorEnds()
    {
        var (world, organization, _) = Start(seed: 5, openMembership: true, teamRoles: true);
        var graph = new AccessGraph(organization.ToRows());
        var radius = AccessRemovals.BlastRadiusOf(graph, new AccessRemoval.OfOpenMembership());
        var people = organization.Members.Where(static member => !member.IsPending && member.InviteStatus == Member.Approved).ToDictionary(static member => $"{member.Id}");
        var before = people.ToDictionary(static member => member.Key, member => Decide(world, organization, member.Value).Count(static pair => pair.Value.IsUsable));

        organization.ChangeSettings(static settings => settings with { OpenMembership = false });

        var lost = people.Select(member => (member.Key, Lost: before[member.Key] - Decide(world, organization, member.Value).Count(static pair => pair.Value.IsUsable)))
            .Where(static counted => counted.Lost > 0).OrderBy(static counted => counted.Key, StringComparer.Ordinal);
        Assert.Equal(lost, radius.Losses.Select(static loss => (loss.Member.Id, loss.Projects)).OrderBy(static loss => loss.Id, StringComparer.Ordinal));
        Assert.True(radius.Ends > 1000, $"{radius.Ends} ends are too few to mean anything.");
    }

    private static (World World, Organization Organization, Random Random) Start(int seed, bool openMembership, bool teamRoles)
    {
        var world = World.Generate(new SimulatorOptions { Seed = seed, Size = new OrganizationSize(Members: 80, Teams: 15, Projects: 40, AuditRows: 10) });
        var organization = world.Organization("acme");
        var random = new Random(seed);
        organization.Vary(random, openMembership, teamRoles);
        return (world, organization, random);
    }

    private static Dictionary<string, (bool IsUsable, string Scopes)> Decide(World world, Organization organization, Member member) => organization.Projects.ToDictionary(
        static project => $"{project.Id}",
        project =>
        {
            var decided = world.Decide(organization, member, project.Id);
            return (decided.IsUsable, decided.IsVisible ? string.Join(' ', decided.Scopes.Names.Order(StringComparer.Ordinal)) : "");
        });

    private static HashSet<string> WhoUses(World world, Organization organization, Project project) =>
        [.. organization.Members.Where(member => member.InviteStatus == Member.Approved && world.Decide(organization, member, project.Id).IsUsable).Select(static member => $"{member.Id}")];

    private static void AssertIs(
        BlastRadius radius, Dictionary<string, (bool IsUsable, string Scopes)> before, Dictionary<string, (bool IsUsable, string Scopes)> after, Member member)
    {
        var touched = radius.Losses.ToDictionary(static loss => loss.Project!.Id);
        foreach (var (project, was) in before.Where(static pair => pair.Value.IsUsable))
        {
            var now = after[project];
            var loss = touched.GetValueOrDefault(project);
            Assert.True((loss?.Kind is LossKind.Ends) == !now.IsUsable, $"{member} and {project}: was {was}, is {now}, was said: {loss?.Kind}.");
            if (now.IsUsable && now.Scopes != was.Scopes)
            {
                Assert.Equal(LossKind.Narrows, loss?.Kind);
                Assert.Equal(was.Scopes.Split(' ').Except(now.Scopes.Split(' ')), loss!.LostScopes);
            }
        }
    }
}
