using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>
/// The second organization: one owner, who alone holds <c>org:write</c>, closed membership, no single sign-on, and a person from the large one.
/// </summary>
internal sealed class SmallOrganization(Draft draft)
{
    public void Generate()
    {
        var organization = draft.Organization;
        organization.Settings = organization.Settings with { OpenMembership = false, EventsMemberAdmin = false, AllowMemberInvite = false };
        var owner = organization.MemberRows.All[0];
        var dice = draft.Dice("fixtures");
        var outsider = People.Enter(draft, "Tova Verridge", OrgRole.Member, ref dice);
        organization.Fixtures = new Fixtures { Owner = owner, SoleOwner = owner, WithoutTeam = outsider };
        Share(draft.World.Organizations[0].Fixtures.TeamAdmin!.User!);
    }

    private void Share(User user) =>
        draft.Organization.MemberRows.Add(new Member(draft.World.NextMemberId(), user.Email, user) { DateCreated = draft.Today.AddDays(-20) });
}
