using CsCheck;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;

namespace Watchbill.Tests.Access.Effective;

/// <summary>Random organizations, small and full of odd combinations, compared pair by pair with the model.</summary>
public sealed class AccessModelTests
{
    private static readonly Gen<bool?> Setting = OneOf<bool?>(true, false, null);

    private static readonly Gen<ModelMember> AnyMember = Gen.Select(
        OneOf("member", "member", "billing", "admin", "manager", "owner", "future-role"), Gen.Int[0, 11], Setting, Setting,
        static (role, flaw, active, suspended) => new ModelMember("", role)
        {
            Pending = flaw < 2,
            Expired = flaw == 1,
            OverLimit = flaw == 2,
            Active = flaw is 3 or 4 ? active : true,
            Suspended = flaw is 5 or 6 ? suspended : null,
        });

    private static readonly Gen<string?> StoredRole = OneOf<string?>(null, "contributor", "admin", "member");

    private static readonly Gen<AccessModel> Organizations =
        from settings in Gen.Select(Setting, Setting, Setting, Setting, Setting)
        from members in AnyMember.List[0, 6]
        from scim in Gen.Bool.List[0, 4]
        from projects in Gen.Int[0, 4]
        from memberships in Gen.Select(Gen.Bool, StoredRole).Array[members.Count * scim.Count]
        from links in Gen.Bool.Array[projects * scim.Count]
        select new AccessModel
        {
            OpenMembership = settings.Item1,
            TeamRoles = settings.Item2,
            EventsMemberAdmin = settings.Item3,
            AlertsMemberWrite = settings.Item4,
            AllowMemberInvite = settings.Item5,
            Members = [.. members.Select(static (member, i) => member with { Id = $"m{i}" })],
            Teams = [.. scim.Select(static (isScim, i) => new ModelTeam($"t{i}", isScim))],
            Projects = [.. Enumerable.Range(0, projects).Select(static i => $"p{i}")],
            Memberships = [.. memberships.Select((drawn, i) => (drawn, i)).Where(static cell => cell.drawn.Item1)
                .Select(cell => new ModelMembership($"t{cell.i % scim.Count}", $"m{cell.i / scim.Count}", cell.drawn.Item2))],
            Links = [.. links.Select((drawn, i) => (drawn, i)).Where(static cell => cell.drawn)
                .Select(cell => new ModelLink($"p{cell.i / scim.Count}", $"t{cell.i % scim.Count}"))],
        };

    [Fact]
    public void EveryPair_LikeTheModel() => Organizations.Sample(
        static model =>
        {
            var access = new EffectiveAccess(ToGraph(model));
            foreach (var member in model.Members)
            {
                foreach (var project in model.Projects)
                {
                    Assert.Equal(model.Ask(member, project), Answer(access.Why(member.Id, project)!.Pair));
                }
            }
        },
        iter: 2_000);

    [Fact]
    public void BothDirections_Counts_AndAllPairs_Agree() => Organizations.Sample(
        static model =>
        {
            var graph = ToGraph(model);
            var access = new EffectiveAccess(graph);
            var pairs = model.Members.SelectMany(member => model.Projects.Select(project => access.Why(member.Id, project)!.Pair))
                .Where(static pair => pair.Paths.Count > 0).Select(Key).ToHashSet();

            Assert.Equal(pairs, model.Members.SelectMany(member => access.OfMember(member.Id)!.Projects).Select(Key).ToHashSet());
            Assert.Equal(pairs, model.Projects.SelectMany(project => access.WhoReaches(project)!.Members).Select(Key).ToHashSet());
            Assert.Equal(pairs, access.AllPairs().Select(Key).ToHashSet());

            var counts = AccessCounts.Of(graph);
            Assert.Equal(access.AllPairs().Count(static pair => pair.ReachesNow), counts.ReachablePairs);
            Assert.Equal(access.AllPairs().Count(static pair => pair.IsHeld && !pair.IsStopped), counts.HeldPairs);
        },
        iter: 1_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Key(AccessPair pair) => $"{pair.Member.Id} {pair.Project.Id} {Answer(pair)}";

    private static ModelAnswer Answer(AccessPair pair) => new(
        pair.IsHeld, pair.ReachesNow, pair.IsSelfJoinable, pair.IsUnknown,
        pair.Scopes.ToString(), string.Join("; ", pair.Paths.Select(static path => path.Sentence).Order(StringComparer.Ordinal)));

    private static AccessGraph ToGraph(AccessModel model) => new(new AccessGraphRows
    {
        At = DateTimeOffset.UnixEpoch,
        Organization = new OrganizationFact
        {
            Scope = "organization",
            Key = "1",
            Slug = "acme",
            Name = "Acme",
            OpenMembership = model.OpenMembership,
            HasTeamRoles = model.TeamRoles,
            EventsMemberAdmin = model.EventsMemberAdmin,
            AlertsMemberWrite = model.AlertsMemberWrite,
            AllowMemberInvite = model.AllowMemberInvite,
        },
        Members = [.. model.Members.Select(static member => new MemberNode
        {
            Id = member.Id,
            Email = $"{member.Id}@example.com",
            Name = member.Id,
            OrgRole = member.Role,
            Pending = member.Pending,
            Expired = member.Expired,
            UserIsActive = member.Active,
            UserIsSuspended = member.Suspended,
            MemberLimitRestricted = member.OverLimit,
        })],
        Teams = [.. model.Teams.Select(static team => new TeamNode(team.Id, team.Id, team.Id, team.Scim))],
        Memberships = [.. model.Memberships.Select(static membership => new MembershipEdge(membership.Team, membership.Member, membership.Role))],
        Projects = [.. model.Projects.Select(static project => new ProjectNode(project, project, project, null))],
        ProjectTeams = [.. model.Links.Select(static link => new ProjectTeamEdge(link.Project, link.Team))],
    });
}
