using Watchbill.Access.Effective;
using Watchbill.Access.Roles;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Access.Effective;

/// <summary>
/// The simulator decides with code of its own. Its whole organization, with every odd case it plants, is read directly into a picture
/// and compared pair by pair.
/// </summary>
public sealed class SimulatorTests
{
    public static TheoryData<int, bool, bool> Worlds => new()
    {
        { 1, true, true },
        { 1, false, true },
        { 2, false, false },
        { 3, true, false },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void EveryPair_AsTheSimulatorDecides(int seed, bool openMembership, bool teamRoles)
    {
        var world = World.Generate(new SimulatorOptions { Seed = seed });
        var organization = world.Organization("acme");
        organization.Vary(new Random(seed), openMembership, teamRoles);
        var graph = new AccessGraph(organization.ToRows());
        var access = new EffectiveAccess(graph);
        var (visible, usable) = (0, 0);

        foreach (var member in organization.Members.Where(static member => member.InviteStatus == Member.Approved))
        {
            var projects = access.OfMember($"{member.Id}")!.Projects.ToDictionary(static pair => pair.Project.Id);
            foreach (var project in organization.Projects)
            {
                var decided = world.Decide(organization, member, project.Id);
                var pair = projects.GetValueOrDefault($"{project.Id}");
                var leadsThere = pair is not null && pair.Paths.Any(static path => path.Layer.HasFlag(AccessLayers.Reachable));
                Assert.True(decided.IsVisible == leadsThere, $"{member} and {project}: the simulator says {decided}, we say {pair}.");
                Assert.Equal(decided.IsUsable, pair?.ReachesNow ?? false);
                if (decided.IsVisible)
                {
                    Assert.Equal(ScopeSet.Of(decided.Scopes.Names), pair!.Scopes);
                }

                visible += decided.IsVisible ? 1 : 0;
                usable += decided.IsUsable ? 1 : 0;
            }
        }

        // A comparison of nothing with nothing would pass too.
        Assert.True(usable > 500 && visible > usable, $"{visible} visible, {usable} usable pairs are too few to mean anything.");
    }
}
