using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>The plain members and their team links. The first one is an owner.</summary>
internal sealed class People(Draft draft)
{
    public void Generate()
    {
        for (var index = 0; index < draft.Size.Members; index++)
        {
            Add(index);
        }
    }

    /// <summary>A person with an account, who joined at a random time; further facts are set by the caller.</summary>
    public static Member Enter(Draft draft, string name, OrgRole role, ref Dice dice)
    {
        var joined = dice.Between(draft.Organization.DateCreated.AddDays(30), draft.Today.AddDays(-3));
        var user = new User { Id = draft.World.NextUserId(), Email = draft.Names.Address(name), Name = name, DateJoined = joined };
        draft.World.Keep(user);
        Describe(draft, user, ref dice);
        var member = new Member(draft.World.NextMemberId(), user.Email, user) { DateCreated = joined, Role = role };
        draft.Organization.MemberRows.Add(member);
        return member;
    }

    /// <summary>Puts a member on a team at a random time after both existed.</summary>
    public static Membership Link(Draft draft, Member member, Team team, ref Dice dice)
    {
        var earliest = member.DateCreated > team.DateCreated ? member.DateCreated : team.DateCreated;
        var link = new Membership { Id = draft.World.NextId(), Member = member, Team = team, Since = dice.Between(earliest, draft.Today) };
        member.TeamLinks.Add(link);
        team.Links.Add(member.Id, link);
        return link;
    }

    private static void Describe(Draft draft, User user, ref Dice dice)
    {
        user.LastActive = dice.Chance(0.85) ? dice.Between(draft.Today.AddDays(-30), draft.Today) : dice.Between(user.DateJoined, draft.Today);
        user.LastLogin = dice.Between(user.DateJoined, user.LastActive.Value);
        user.Has2fa = dice.Chance(0.85);
        user.HasPasswordAuth = dice.Chance(0.4);
    }

    private void Add(int index)
    {
        var dice = draft.Dice("member", index);
        var member = Enter(draft, draft.Names.Person(dice.Below(int.MaxValue)), RoleOf(index, ref dice), ref dice);
        member.Flags = draft.Organization.Region == WorldGenerator.FirstRegion && dice.Chance(0.93) ? MemberFlags.SsoLinked : MemberFlags.None;
        if (member.Role.AllowsTeamRoles)
        {
            JoinTeams(member, ref dice);
            LeaveTeams(member, ref dice);
        }
    }

    private void JoinTeams(Member member, ref Dice dice)
    {
        var teams = draft.Organization.TeamRows.InSlugOrder;
        var count = (int)(dice.Roll() * 2 * draft.Size.TeamsPerMember + 0.5);
        for (; count > 0 && teams.Count > 0; count--)
        {
            // A few teams are large, most are small.
            var team = teams[(int)(teams.Count * Math.Pow(dice.Roll(), 1.7))];
            if (member.On(team) is null)
            {
                Link(draft, member, team, ref dice).Role = dice.Chance(0.08) && member.Role == OrgRole.Member ? TeamRole.Admin.Id : null;
            }
        }
    }

    /// <summary>Some people were on a team they are no longer on.</summary>
    private void LeaveTeams(Member member, ref Dice dice)
    {
        if (!dice.Chance(0.1) || draft.Organization.TeamRows.Count == 0)
        {
            return;
        }

        var team = dice.Pick(draft.Organization.TeamRows.InSlugOrder);
        if (member.On(team) is null)
        {
            var link = Link(draft, member, team, ref dice);
            draft.Organization.Unlink(link, dice.Between(link.Since, draft.Today));
        }
    }

    private OrgRole RoleOf(int index, ref Dice dice)
    {
        if (index == 0)
        {
            return OrgRole.Owner;
        }

        return draft.Organization.Region != WorldGenerator.FirstRegion ? OrgRole.Member : dice.Roll() switch
        {
            < 0.005 => OrgRole.Owner,
            < 0.02 => OrgRole.Manager,
            < 0.04 => OrgRole.Admin,
            < 0.045 when !draft.IsSelfHosted => OrgRole.Billing,
            _ => OrgRole.Member,
        };
    }
}
