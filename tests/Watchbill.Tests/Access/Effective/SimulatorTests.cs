using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
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
        var graph = new AccessGraph(ToRows(organization));
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

    private static AccessGraphRows ToRows(Organization organization) => new()
    {
        At = organization.World.Clock.GetUtcNow(),
        Organization = new OrganizationFact
        {
            Scope = "organization",
            Key = $"{organization.Id}",
            Slug = organization.Slug,
            Name = organization.Name,
            OpenMembership = organization.Settings.OpenMembership,
            HasTeamRoles = organization.HasTeamRoles,
            EventsMemberAdmin = organization.Settings.EventsMemberAdmin,
            AlertsMemberWrite = organization.Settings.AlertsMemberWrite,
            RoleCatalogue = Catalogue(organization).ToJson(),
        },
        Members = [.. organization.Members.Where(static member => member.InviteStatus == Member.Approved).Select(ToNode)],
        Teams = [.. organization.Teams.Select(static team => new TeamNode($"{team.Id}", team.Slug, team.Name, team.IsIdpProvisioned))],
        Memberships = [.. organization.Members.SelectMany(static member => member.Memberships)
            .Select(static link => new MembershipEdge($"{link.Team.Id}", $"{link.Member.Id}", link.Role))],
        Projects = [.. organization.Projects.Select(static project => new ProjectNode($"{project.Id}", project.Slug, project.Name, project.Platform))],
        ProjectTeams = [.. organization.Projects.SelectMany(static project => project.Teams.Select(team => new ProjectTeamEdge($"{project.Id}", $"{team.Id}")))],
    };

    private static RoleCatalogue Catalogue(Organization organization) => new(
        [.. organization.OrgRoles.Select(static role => new OrgRole
        {
            Id = role.Id,
            Name = role.Name,
            Scopes = ScopeSet.Of(role.Scopes.Names),
            IsGlobal = role.IsGlobal,
            IsRetired = role.IsRetired,
            AllowsTeamRoles = role.AllowsTeamRoles,
            MinimumTeamRole = role.MinimumTeamRole,
        })],
        []);

    private static MemberNode ToNode(Member member) => new()
    {
        Id = $"{member.Id}",
        UserId = member.User is { } user ? $"{user.Id}" : null,
        Email = member.Email,
        Name = member.DisplayName,
        OrgRole = member.Role.Id,
        Pending = member.IsPending,
        Expired = member.IsExpired,
        MemberLimitRestricted = member.Flags.HasFlag(MemberFlags.OverMemberLimit),
        UserIsActive = member.User?.IsActive,
        UserIsSuspended = member.User?.IsSuspended,
    };
}
