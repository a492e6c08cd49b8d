using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class MemberChangeTests : Simulated
{
    private Member Target => Fixtures.TeamAdmin!;

    [Fact]
    public async Task Put_WithoutTeams_TakesTheMemberOffEveryTeam()
    {
        var reply = await Put(AsOwner(), Target, """{"orgRole":"manager"}""");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("manager", Target.Role.Id);
        Assert.Empty(Target.Memberships);
        Assert.Equal(["member.leave-team", "member.leave-team", "member.edit"], LiveEvents());
        Assert.Equal(2, Acme.PastMemberships.Count(past => past.MemberId == Target.Id));
    }

    [Fact]
    public async Task Put_WithCompleteTeams_KeepsThem_AndStoresRolesAboveTheMinimumOnly()
    {
        var own = Target.Memberships[1].Team.Slug;

        var reply = await Put(AsOwner(), Target, $$"""{"teamRoles":[{"teamSlug":"{{own}}","role":"admin"},{"teamSlug":"2024","role":"contributor"}]}""");

        Assert.Equal(["admin", null], reply["teamRoles"].EnumerateArray().Select(link => link.GetProperty("role").GetString()));
        Assert.Equal(["member.leave-team", "member.join-team"], LiveEvents());
    }

    [Fact]
    public async Task Put_RefusedRole_HasChangedTheTeamsAlready()
    {
        (await Put(As(Fixtures.Manager!, "member:admin"), Target, """{"orgRole":"owner"}"""))
            .Is(HttpStatusCode.Forbidden, """{"role":"You do not have permission to assign the given role."}""");

        Assert.Equal("member", Target.Role.Id);
        Assert.Empty(Target.Memberships);
    }

    [Fact]
    public async Task Put_OnSomebodyHigher_Answers403() =>
        (await Put(As(Fixtures.Manager!, "member:admin"), Fixtures.Owner, """{"orgRole":"member"}"""))
            .Is(HttpStatusCode.Forbidden, """{"role":"You do not have permission to assign a role to the given user."}""");

    [Fact]
    public async Task Put_OwnRole_Answers400() =>
        (await Put(AsOwner(), Fixtures.Owner, """{"orgRole":"member"}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot make changes to your own role."}""");

    [Fact]
    public async Task Put_RetiredRole_Answers400_UnlessTeamRolesAreOff()
    {
        (await Put(AsOwner(), Target, """{"orgRole":"admin"}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"The role 'admin' is deprecated and may no longer be assigned."}""");

        Acme.Features.Remove("team-roles");
        Assert.Equal(HttpStatusCode.OK, (await Put(AsOwner(), Target, """{"orgRole":"admin"}""")).Status);
    }

    [Fact]
    public async Task Put_BillingWhileOnTeams_Answers400_AndWithEmptyTeamsWorks()
    {
        (await Put(AsOwner(), Target, """{"orgRole":"billing"}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"The user with a 'billing' role cannot have team-level permissions."}""");
        Assert.Equal(2, Target.Memberships.Count);

        Assert.Equal(HttpStatusCode.OK, (await Put(AsOwner(), Target, """{"orgRole":"billing","teamRoles":[]}""")).Status);
        Assert.Equal("billing", Target.Role.Id);
    }

    [Fact]
    public async Task Put_ByIntegration_MayChangeTeamsButNoRole()
    {
        var caller = AsIntegration("member:admin");

        (await Put(caller, Target, """{"orgRole":"manager"}"""))
            .Is(HttpStatusCode.BadRequest, """{"orgRole":["You do not have permission to set that org-level role"]}""");
        Assert.Equal(2, Target.Memberships.Count);
        Assert.Equal(HttpStatusCode.OK, (await Put(caller, Target, """{"teamRoles":[]}""")).Status);
    }

    [Fact]
    public async Task Put_ByLegacyApiKey_Answers400WithoutBody()
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Acme.IssueToken(TokenKind.ApiKey, null, "member:admin") + ":"));

        (await Put(Track(new Caller(Server.BaseAddress, key, "Basic")), Target, """{"orgRole":"manager"}""")).Is(HttpStatusCode.BadRequest, "");
    }

    [Fact]
    public async Task Put_OnPartnersMember_Answers403() =>
        (await Put(AsOwner(), Fixtures.Partnership!, """{"teamRoles":[]}"""))
            .Is(HttpStatusCode.Forbidden, """{"detail":"This member is managed by an active partnership and cannot be modified until the end of the partnership."}""");

    [Fact]
    public async Task Put_IdpFlags_DoNotStopRoleChanges()
    {
        Assert.Equal(HttpStatusCode.OK, (await Put(AsOwner(), Fixtures.IdpRoleRestricted!, """{"orgRole":"member","teamRoles":[]}""")).Status);
        Assert.Equal("member", Fixtures.IdpRoleRestricted!.Role.Id);
    }

    [Fact]
    public async Task Put_WithoutMemberAdmin_MayResendOwnInvitationsOnly()
    {
        var caller = As(Target, "member:invite");

        Assert.Equal(HttpStatusCode.OK, (await Put(caller, Fixtures.InviteByMember!, """{"reinvite":true}""")).Status);
        (await Put(caller, Fixtures.PendingWithTeam!, """{"reinvite":true}"""))
            .Is(HttpStatusCode.Forbidden, """{"detail":"You cannot modify invitations sent by someone else."}""");
        (await Put(caller, Fixtures.InviteByMember!, """{"reinvite":true,"orgRole":"member"}"""))
            .Is(HttpStatusCode.Forbidden, """{"detail":"You cannot modify member details when resending an invitation. Separate requests are required."}""");
        Assert.Equal(["member.reinvite"], LiveEvents());
    }

    [Fact]
    public async Task Reinvite_Expired_NeedsANewToken()
    {
        (await Put(AsOwner(), Fixtures.ExpiredInvite!, """{"reinvite":true}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot resend an expired invitation without regenerating the token."}""");

        Assert.Equal(HttpStatusCode.OK, (await Put(AsOwner(), Fixtures.ExpiredInvite!, """{"reinvite":true,"regenerate":true}""")).Status);
        Assert.False(Fixtures.ExpiredInvite!.IsExpired);
    }

    [Fact]
    public async Task Reinvite_FullMember_Answers400() =>
        (await Put(AsOwner(), Target, """{"reinvite":true}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot send an invitation to a user who is already a full member."}""");

    private static Task<Reply> Put(Caller caller, Member member, string body) => caller.Put($"{O}members/{member.Id}/", body);

    private IEnumerable<string> LiveEvents() => Acme.Audit.Live.Select(row => row.Event).Where(name => name.StartsWith("member.", StringComparison.Ordinal));
}
