using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class MemberRemovalTests : Simulated
{
    [Fact]
    public async Task Delete_ByManager_RemovesMemberTeamsAndPendingInvitationsSent()
    {
        (await Delete(As(Fixtures.Manager!, "member:admin"), Fixtures.TeamAdmin!)).Is(HttpStatusCode.NoContent, "");

        Assert.DoesNotContain(Fixtures.TeamAdmin!, Acme.Members);
        Assert.DoesNotContain(Fixtures.InviteByMember!, Acme.Members);
        Assert.Contains(Fixtures.PendingWithTeam!, Acme.Members);
        Assert.Equal(2, Acme.PastMemberships.Count(past => past.MemberId == Fixtures.TeamAdmin!.Id));
        var row = Acme.Audit.Live[^1];
        Assert.Equal(("member.remove", Fixtures.TeamAdmin!.Id), (row.Event, row.TargetObject));
    }

    [Fact]
    public async Task Delete_Twice_Answers404()
    {
        await Delete(AsOwner(), Fixtures.TeamAdmin!);

        Assert.Equal(HttpStatusCode.NotFound, (await Delete(AsOwner(), Fixtures.TeamAdmin!)).Status);
    }

    [Fact]
    public async Task Delete_ByIntegration_Answers400WithAMisleadingText() =>
        (await Delete(AsIntegration("member:admin"), Fixtures.TeamAdmin!))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot remove a member who has more access than you."}""");

    [Fact]
    public async Task Delete_SomebodyHigher_Answers400() =>
        (await Delete(As(Fixtures.Manager!, "member:admin"), Fixtures.Owner))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You cannot remove a member who has more access than you."}""");

    [Fact]
    public async Task Delete_WithoutMemberAdmin_Answers400NotForbidden() =>
        (await Delete(As(Fixtures.TeamAdmin!, "member:read"), Fixtures.WithoutTeam!))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You are missing the member:admin scope."}""");

    [Fact]
    public async Task Delete_Oneself_NeedsNoFurtherScope()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await As(Fixtures.TeamAdmin!, "member:read").Delete(O + "members/me/")).Status);
        Assert.Equal("left the organization", Acme.Audit.Live[^1].Note);
    }

    [Fact]
    public async Task Delete_ByPlainMember_AllowsOwnInvitationsOnly()
    {
        var caller = As(Fixtures.TeamAdmin!, "member:read");

        Assert.Equal(HttpStatusCode.NoContent, (await Delete(caller, Fixtures.InviteByMember!)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Delete(caller, Fixtures.PendingWithTeam!)).Status);
    }

    [Fact]
    public async Task Delete_LastHolderOfOrgWrite_Answers403()
    {
        var eu = Server.World.Organization("acme-eu");
        var caller = With(eu.IssueToken(TokenKind.Personal, eu.Fixtures.SoleOwner!.User!.Id, "member:admin"));
        var path = $"/api/0/organizations/acme-eu/members/{eu.Fixtures.SoleOwner.Id}/";

        (await caller.Delete(path))
            .Is(HttpStatusCode.Forbidden, """{"detail":"You cannot remove the only remaining owner or manager of the organization."}""");

        eu.AddMember("second@example.org", "manager");
        Assert.Equal(HttpStatusCode.NoContent, (await caller.Delete(path)).Status);
    }

    [Fact]
    public async Task Delete_ManagedElsewhere_Answers403()
    {
        (await Delete(AsOwner(), Fixtures.IdpProvisioned!))
            .Is(HttpStatusCode.Forbidden, """{"detail":"This user is managed through your organization's identity provider."}""");
        Assert.Equal(HttpStatusCode.Forbidden, (await Delete(AsOwner(), Fixtures.Partnership!)).Status);
    }

    [Fact]
    public async Task Delete_ByLegacyApiKey_IsAllowed()
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Acme.IssueToken(TokenKind.ApiKey, null, "member:admin") + ":"));

        Assert.Equal(HttpStatusCode.NoContent, (await Delete(Track(new Caller(Server.BaseAddress, key, "Basic")), Fixtures.TeamAdmin!)).Status);
    }

    private static Task<Reply> Delete(Caller caller, Member member) => caller.Delete($"{O}members/{member.Id}/");
}
