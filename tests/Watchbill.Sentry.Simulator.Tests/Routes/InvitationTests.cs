using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class InvitationTests : Simulated
{
    [Fact]
    public async Task Invite_StoresTeamsWithoutRoles_AndAnswersAPendingRow()
    {
        var reply = await AsOwner().Post(O + "members/", """{"email":"new@example.org","orgRole":"manager","teamRoles":[{"teamSlug":"2024","role":"admin"}]}""");

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.True(reply["pending"].GetBoolean());
        Assert.Equal(Fixtures.Owner.User!.Name, reply["inviterName"].GetString());
        var member = Acme.Member("new@example.org");
        Assert.Equal("manager", member.Role.Id);
        Assert.Null(Assert.Single(member.Memberships).Role);
        Assert.Equal(("member.invite", Fixtures.Owner.User.Id), (Acme.Audit.Live[^1].Event, Acme.Audit.Live[^1].Actor.User!.Id));
    }

    [Theory]
    [InlineData("""{}""", """{"email":["This field is required."]}""")]
    [InlineData("""{"email":"nobody"}""", """{"email":["Enter a valid email address."]}""")]
    [InlineData("""{"email":"mira.tolven@example.com"}""", """{"email":["The user mira.tolven@example.com is already a member"]}""")]
    [InlineData("""{"email":"friend@example.org"}""", """{"email":["The user friend@example.org has already been invited"]}""")]
    [InlineData("""{"email":"a@example.org","orgRole":"emperor"}""", """{"orgRole":["You do not have permission to set that org-level role"]}""")]
    [InlineData("""{"email":"a@example.org","orgRole":"admin"}""", """{"orgRole":["The role 'admin' is deprecated and may no longer be assigned."]}""")]
    [InlineData("""{"email":"a@example.org","teamRoles":[{"teamSlug":"nowhere","role":null}]}""", """{"teamRoles":["Invalid teams"]}""")]
    [InlineData("""{"email":"a@example.org","teams":["nowhere"]}""", """{"teams":["Invalid teams"]}""")]
    [InlineData("""{"email":"a@example.org","teamRoles":[{"teamSlug":"2024","role":"king"}]}""", """{"teamRoles":["Invalid team-role"]}""")]
    [InlineData("""{"email":"a@example.org","orgRole":"billing","teams":["2024"]}""", """{"email":"The user with a 'billing' role cannot have team-level permissions."}""")]
    [InlineData("""{"orgRole":"emperor"}""", """{"email":["This field is required."],"orgRole":["You do not have permission to set that org-level role"]}""")]
    public async Task Invite_WithBadBody_Answers400(string body, string expected) =>
        (await AsOwner().Post(O + "members/", body)).Is(HttpStatusCode.BadRequest, expected);

    [Fact]
    public async Task Invite_WithAddressOf76Letters_Answers400() =>
        (await AsOwner().Post(O + "members/", $$"""{"email":"{{new string('a', 64)}}@example.org"}"""))
            .Is(HttpStatusCode.BadRequest, """{"email":["Ensure this field has no more than 75 characters."]}""");

    [Fact]
    public async Task Invite_ItemWithoutRoleKey_CrashesLikeSentry()
    {
        ExpectsCrash = true;

        var reply = await AsOwner().Post(O + "members/", """{"email":"a@example.org","teamRoles":[{"teamSlug":"2024"}]}""");

        Assert.Equal(HttpStatusCode.InternalServerError, reply.Status);
        Assert.Equal("Internal Error", reply["detail"].GetString());
        Assert.Equal(32, reply["errorId"].GetString()!.Length);
    }

    [Fact]
    public async Task Invite_RoleAboveTheCaller_Answers400() =>
        (await As(Fixtures.Manager!, "member:admin").Post(O + "members/", """{"email":"a@example.org","orgRole":"owner"}"""))
            .Is(HttpStatusCode.BadRequest, """{"orgRole":["You do not have permission to set that org-level role"]}""");

    [Fact]
    public async Task Invite_ReplacesARequestNobodyApproved()
    {
        var reply = await AsOwner().Post(O + "members/", """{"email":"stranger@example.org"}""");

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.DoesNotContain(Fixtures.Unapproved!, Acme.Members);
    }

    [Fact]
    public async Task Invite_ByIntegration_AllowsTheRoleMemberOnly()
    {
        var caller = AsIntegration("member:admin");

        (await caller.Post(O + "members/", """{"email":"a@example.org","orgRole":"manager"}"""))
            .Is(HttpStatusCode.BadRequest, """["Integration tokens are restricted to inviting new members with the member role only."]""");
        Assert.Equal(HttpStatusCode.Created, (await caller.Post(O + "members/", """{"email":"a@example.org"}""")).Status);
    }

    [Fact]
    public async Task Invite_ByPlainMember_UnderClosedMembership_MayUseOwnTeamsOnly()
    {
        Acme.SetOpenMembership(false);
        var caller = As(Fixtures.TeamAdmin!, "member:invite");
        var own = Fixtures.TeamAdmin!.Memberships[0].Team.Slug;

        (await caller.Post(O + "members/", """{"email":"a@example.org","teams":["2024"]}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot assign members to teams you are not a member of."}""");
        Assert.Equal(HttpStatusCode.Created, (await caller.Post(O + "members/", $$"""{"email":"a@example.org","teams":["{{own}}"]}""")).Status);
    }

    [Fact]
    public async Task Invite_WhereTheOrganizationMayNot_Answers403()
    {
        Acme.MayInvite = false;

        (await AsOwner().Post(O + "members/", """{"email":"a@example.org"}"""))
            .Is(HttpStatusCode.Forbidden, """{"organization":"Your organization is not allowed to invite members"}""");
    }

    [Fact]
    public async Task Invite_TheEleventhTimeADay_Answers429()
    {
        Acme.Features.Add("invite-members-rate-limits");
        var caller = AsOwner();
        for (var time = 0; time < 10; time++)
        {
            Assert.Equal(HttpStatusCode.Created, (await caller.Post(O + "members/", """{"email":"again@example.org"}""")).Status);
            Acme.RemoveMember(Acme.Member("again@example.org"));
        }

        (await caller.Post(O + "members/", """{"email":"again@example.org"}"""))
            .Is(HttpStatusCode.TooManyRequests, """{"detail":"You are being rate limited for too many invitations."}""");
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Created, (await caller.Post(O + "members/", """{"email":"again@example.org"}""")).Status);
    }

    [Fact]
    public async Task Invite_WithOrganizationToken_EndsAtTheScopeGate()
    {
        var caller = With(Acme.IssueToken(TokenKind.Organization));

        var reply = await caller.Post(O + "members/", """{"email":"a@example.org"}""");

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Contains("member:invite", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
