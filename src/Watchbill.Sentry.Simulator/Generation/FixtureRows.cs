using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>Adds every row of <see cref="Fixtures"/> to the large organization, single sign-on with SCIM included.</summary>
internal sealed class FixtureRows(Draft draft)
{
    private readonly Organization organization = draft.Organization;
    private Dice dice = draft.Dice("fixtures");

    public void Generate()
    {
        organization.AuthProvider = new AuthProvider(draft.World.NextId(), "okta", RequireLink: true, ScimEnabled: true);
        organization.Settings = organization.Settings with { Require2Fa = true, DataScrubber = true, ScrubIpAddresses = true };
        var fixtures = Members(new Fixtures { Owner = organization.MemberRows.All[0] });
        organization.Fixtures = Projects(Invitations(Teams(fixtures)));
        organization.Requests.Add(new AccessRequest(draft.World.NextId(), organization.Fixtures.WithoutTeam!, organization.Fixtures.EmptyTeam!, null));
    }

    private Fixtures Members(Fixtures fixtures) => fixtures with
    {
        Manager = Person("Ilka Brenholm", OrgRole.Manager),
        RetiredAdmin = Person("Odo Ashwick", OrgRole.Admin, onTeams: 2),
        Billing = draft.IsSelfHosted ? null : Person("Petra Quilford", OrgRole.Billing),
        TeamAdmin = TeamAdmin(),
        WithoutTeam = Person("Nils Sandmore", OrgRole.Member),
        Deactivated = Deactivated(),
        IdpProvisioned = Person("Vera Linstrand", OrgRole.Member, MemberFlags.IdpProvisioned | MemberFlags.SsoLinked, 1),
        IdpRoleRestricted = Person("Timo Garholm", OrgRole.Manager, MemberFlags.IdpProvisioned | MemberFlags.IdpRoleRestricted | MemberFlags.SsoLinked),
        Partnership = Person("Runa Pelton", OrgRole.Member, MemberFlags.PartnershipRestricted, 1),
        OverMemberLimit = Person("Kasimir Osterby", OrgRole.Member, MemberFlags.OverMemberLimit | MemberFlags.SsoInvalid, 1),
        NeverActive = NeverActive(),
    };

    private Fixtures Teams(Fixtures fixtures)
    {
        var idp = Team("idp-engineering", "IdP Engineering");
        idp.IsIdpProvisioned = true;
        People.Link(draft, fixtures.IdpProvisioned!, idp, ref dice);
        People.Link(draft, fixtures.Deactivated!, idp, ref dice);
        return fixtures with { IdpTeam = idp, EmptyTeam = Team("archive-crew", "Archive Crew"), NumericTeam = Team("2024", "Launch 2024") };
    }

    private Fixtures Invitations(Fixtures fixtures)
    {
        var member = fixtures.TeamAdmin!.User!;
        var owner = fixtures.Owner.User!;
        Invite("lena.verdale@example.org", owner);
        Invite("aron.keller@example.org", owner).Role = OrgRole.Manager;
        Invite("sofi.wesgren@example.org", owner);
        Invite("old.invite@example.org", owner).IsExpired = true;
        var unapproved = Invite("stranger@example.org", null);
        unapproved.InviteStatus = "requested_to_join";
        organization.MemberRows.Refresh(unapproved);
        var withTeam = Invite("jori.marlake@example.org", owner);
        People.Link(draft, withTeam, fixtures.NumericTeam!, ref dice);
        var expired = Invite("late.comer@example.org", owner);
        expired.IsExpired = true;
        return fixtures with
        {
            PendingWithTeam = withTeam,
            ExpiredInvite = expired,
            InviteByMember = Invite("friend@example.org", member),
            Unapproved = unapproved,
        };
    }

    private Fixtures Projects(Fixtures fixtures)
    {
        var renamed = Project("ledger-exports");
        ProjectChanges.Attach(renamed, fixtures.NumericTeam!);
        const string former = "billing-exports";
        organization.FormerSlugs[former] = renamed;
        var numeric = Project("404");
        ProjectChanges.Attach(numeric, fixtures.IdpTeam!);
        return fixtures with { Orphan = Project("forgotten-importer"), Renamed = renamed, FormerSlug = former };
    }

    private Member Person(string name, OrgRole role, MemberFlags flags = MemberFlags.SsoLinked, int onTeams = 0)
    {
        var member = People.Enter(draft, name, role, ref dice);
        member.Flags = flags;
        foreach (var team in organization.TeamRows.InSlugOrder.Take(onTeams))
        {
            People.Link(draft, member, team, ref dice);
        }

        return member;
    }

    private Member TeamAdmin()
    {
        var member = Person("Mira Tolven", OrgRole.Member, onTeams: 2);
        member.TeamLinks[0].Role = TeamRole.Admin.Id;
        return member;
    }

    private Member Deactivated()
    {
        var member = Person("Edda Holmark", OrgRole.Member, onTeams: 1);
        member.User!.IsActive = false;
        organization.MemberRows.Refresh(member);
        return member;
    }

    private Member NeverActive()
    {
        var member = Person("Bela Markby", OrgRole.Member, MemberFlags.None, 1);
        (member.User!.LastActive, member.User.LastLogin, member.User.Has2fa, member.User.IsSuspended) = (null, null, false, true);
        return member;
    }

    private Team Team(string slug, string name)
    {
        var created = dice.Between(organization.DateCreated, draft.Today.AddDays(-400));
        var team = new Team { Id = draft.World.NextId(), Slug = slug, Name = name, DateCreated = created };
        organization.TeamRows.Add(team);
        return team;
    }

    private Project Project(string slug)
    {
        var project = new Project { Id = draft.World.NextId(), Slug = slug, Name = slug, DateCreated = draft.Today.AddDays(-300), Platform = "python" };
        organization.ProjectRows.Add(project);
        return project;
    }

    private Member Invite(string address, User? inviter)
    {
        var sent = dice.Between(draft.Today.AddDays(-60), draft.Today);
        var member = new Member(draft.World.NextMemberId(), address, null) { DateCreated = sent, Inviter = inviter };
        organization.MemberRows.Add(member);
        return member;
    }
}
