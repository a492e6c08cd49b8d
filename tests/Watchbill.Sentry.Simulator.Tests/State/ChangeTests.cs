using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.State;

public sealed class ChangeTests
{
    private readonly ManualClock clock = new();
    private readonly World world;
    private readonly Organization acme;

    public ChangeTests()
    {
        world = World.Generate(new SimulatorOptions { Size = OrganizationSize.Small, Clock = clock });
        acme = world.Organization("acme");
    }

    [Fact]
    public void Membership_ThatEnded_IsKeptAsAnInterval()
    {
        var (member, team) = (acme.Fixtures.WithoutTeam!, acme.Fixtures.EmptyTeam!);
        var from = clock.GetUtcNow();
        Assert.True(acme.JoinTeam(member, team));
        Assert.False(acme.JoinTeam(member, team));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.True(acme.LeaveTeam(member, team));
        Assert.False(acme.LeaveTeam(member, team));

        var past = acme.PastMemberships[^1];

        Assert.Equal((member.Id, team.Id, from, from.AddDays(3)), (past.MemberId, past.TeamId, past.From, past.To));
        Assert.Equal(["member.join-team", "member.leave-team"], acme.Audit.Live.Select(row => row.Event));
        Assert.Empty(acme.AccessRequests);
    }

    [Fact]
    public void AcceptedInvitation_GetsAUser_AndKeepsItsTeams()
    {
        var invitation = acme.Fixtures.PendingWithTeam!;

        acme.AcceptInvite(invitation);

        Assert.False(invitation.IsPending);
        Assert.Single(invitation.Memberships);
        Assert.Equal("member.accept-invite", acme.Audit.Live[^1].Event);
    }

    [Fact]
    public void Truth_FollowsEveryChange()
    {
        var member = acme.AddMember("fresh@example.org");
        acme.JoinTeam(member, acme.Fixtures.NumericTeam!);
        acme.SetOpenMembership(false);

        var truth = world.Truth().Organizations[0];

        Assert.Contains(truth.Members, row => row.Id == member.Id && row.Email == "fresh@example.org");
        Assert.Contains(truth.Memberships, row => row.MemberId == member.Id && row.TeamId == acme.Fixtures.NumericTeam!.Id);
        Assert.False(truth.Settings.OpenMembership);
    }

    [Fact]
    public void PersonInTwoOrganizations_IsOneUser()
    {
        var user = acme.Fixtures.TeamAdmin!.User!;

        Assert.Equal(2, world.Organizations.Count(organization => organization.Members.Any(member => member.User == user)));
        Assert.Equal(user, world.Organization("acme-eu").AddMember("other@example.org").User is { } other && other.Id != user.Id ? user : null);
    }

    [Fact]
    public void RenamedProject_FreesItsOldSlugAsRedirect()
    {
        var project = acme.Fixtures.Orphan!;
        acme.RenameProject(project, "found-importer");

        Assert.Equal(project, acme.Project("found-importer"));
        Assert.Throws<KeyNotFoundException>(() => acme.Project("forgotten-importer"));
    }
}
