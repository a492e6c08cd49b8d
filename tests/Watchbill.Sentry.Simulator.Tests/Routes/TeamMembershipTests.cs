using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class TeamMembershipTests : Simulated
{
    private Member Target => Fixtures.WithoutTeam!;

    [Fact]
    public async Task Join_UnderOpenMembership_Answers201_ThenNoContent()
    {
        var caller = AsIntegration("org:read");

        var joined = await caller.Post(Path(Target, "2024"));
        Assert.Equal(HttpStatusCode.Created, joined.Status);
        Assert.Equal(2, joined["memberCount"].GetInt32());
        (await caller.Post(Path(Target, "2024"))).Is(HttpStatusCode.NoContent, "");

        var row = Assert.Single(Acme.Audit.Live, row => row.Event == "member.join-team");
        Assert.Equal($"added {Target.Email} to team 2024", row.Note);
        Assert.Equal(Target.Memberships[0].Id, row.TargetObject);
    }

    [Fact]
    public async Task Join_WithoutLeave_FilesARequestOnce_AndIsNotOnTheTeam()
    {
        Acme.SetOpenMembership(false);
        var caller = AsIntegration("org:read");
        var before = Acme.AccessRequests.Count;

        (await caller.Post(Path(Target, "2024"))).Is(HttpStatusCode.Accepted, "");
        (await caller.Post(Path(Target, "2024"))).Is(HttpStatusCode.Accepted, "");

        Assert.Equal(before + 1, Acme.AccessRequests.Count);
        Assert.Empty(Target.Memberships);
    }

    [Fact]
    public async Task Join_UnderClosedMembership_IsForManagersTeamAdminsAndWritingIntegrations()
    {
        Acme.SetOpenMembership(false);
        var administered = Fixtures.TeamAdmin!.Memberships[0].Team.Slug;
        var merelyOn = Fixtures.TeamAdmin.Memberships[1].Team.Slug;

        Assert.Equal(HttpStatusCode.Created, (await As(Fixtures.Manager!, "org:read").Post(Path(Target, "2024"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await As(Fixtures.TeamAdmin, "org:read", "team:write").Post(Path(Target, administered))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await As(Fixtures.TeamAdmin, "org:read", "team:write").Post(Path(Target, merelyOn))).Status);
        Assert.Equal(HttpStatusCode.Created, (await AsIntegration("team:write").Post(Path(Target, "archive-crew"))).Status);
    }

    [Fact]
    public async Task Join_LockedTeam_Answers403_ButWhoIsOnItGets204()
    {
        (await AsOwner().Post(Path(Target, "idp-engineering")))
            .Is(HttpStatusCode.Forbidden, """{"detail":"This team is managed through your organization's identity provider."}""");
        Assert.Equal(HttpStatusCode.NoContent, (await AsOwner().Post(Path(Fixtures.IdpProvisioned!, "idp-engineering"))).Status);
    }

    [Fact]
    public async Task Join_BillingMember_Answers403() =>
        (await AsOwner().Post(Path(Fixtures.Billing!, "2024")))
            .Is(HttpStatusCode.Forbidden, """{"detail":"The user with a 'billing' role cannot have team-level permissions."}""");

    [Fact]
    public async Task Join_ByLegacyApiKey_Answers401WithoutBody()
    {
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Acme.IssueToken(TokenKind.ApiKey, null, "org:write") + ":"));

        (await Track(new Caller(Server.BaseAddress, key, "Basic")).Post(Path(Target, "2024"))).Is(HttpStatusCode.Unauthorized, "");
    }

    [Fact]
    public async Task Join_PendingMember_Works() =>
        Assert.Equal(HttpStatusCode.Created, (await AsOwner().Post(Path(Fixtures.ExpiredInvite!, "2024"))).Status);

    [Theory]
    [InlineData("/members/1/teams/2024/")]
    [InlineData("/members/me/teams/nowhere/")]
    public async Task Join_UnknownMemberOrTeam_Answers404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Post(O.TrimEnd('/') + path)).Status);

    [Fact]
    public async Task TeamRole_AboveTheMinimum_IsStored_OtherwiseNull()
    {
        Acme.JoinTeam(Target, Fixtures.NumericTeam!);
        Acme.JoinTeam(Fixtures.Manager!, Fixtures.NumericTeam!);

        (await AsOwner().Put(Path(Target, "2024"), """{"teamRole":"admin"}""")).Is(HttpStatusCode.OK, """{"isActive":true,"teamRole":"admin"}""");
        (await AsOwner().Put(Path(Target, "2024"), """{"teamRole":"contributor"}""")).Is(HttpStatusCode.OK, """{"isActive":true,"teamRole":null}""");
        (await AsOwner().Put(Path(Fixtures.Manager!, "2024"), """{"teamRole":"admin"}""")).Is(HttpStatusCode.OK, """{"isActive":true,"teamRole":null}""");
        var row = Acme.Audit.Live.First(row => row.Event == "member.edit");
        Assert.Equal(("2024", "admin"), (row.Details["team_slug"]!.GetValue<string>(), row.Details["team_role"]!.GetValue<string>()));
    }

    [Fact]
    public async Task TeamRole_Refusals()
    {
        Acme.JoinTeam(Target, Fixtures.NumericTeam!);

        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Put(Path(Target, "archive-crew"), """{"teamRole":"admin"}""")).Status);
        (await AsOwner().Put(Path(Target, "2024"), """{"teamRole":"king"}""")).Is(HttpStatusCode.BadRequest, """{"teamRole":["\"king\" is not a valid choice."]}""");
        (await As(Target, "org:read").Put(Path(Target, "2024"), """{"teamRole":"admin"}"""))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You do not have permission to edit that user's membership."}""");
    }

    [Fact]
    public async Task TeamRole_WithoutTheFeatureOrABody_IsASilentNoOp()
    {
        Acme.JoinTeam(Target, Fixtures.NumericTeam!);
        (await AsOwner().Put(Path(Target, "2024"), "{}")).Is(HttpStatusCode.OK, """{"isActive":true,"teamRole":null}""");

        Acme.Features.Remove("team-roles");
        (await AsOwner().Put(Path(Target, "2024"), """{"teamRole":"admin"}""")).Is(HttpStatusCode.OK, """{"isActive":true,"teamRole":null}""");
    }

    [Fact]
    public async Task Leave_AnswersTheTeam_AlsoWhenNotOnIt_WithOneAuditRow()
    {
        var team = Fixtures.TeamAdmin!.Memberships[0].Team.Slug;

        Assert.Equal(team, (await AsOwner().Delete(Path(Fixtures.TeamAdmin, team)))["slug"].GetString());
        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Delete(Path(Fixtures.TeamAdmin, team))).Status);

        Assert.Single(Acme.Audit.Live, row => row.Event == "member.leave-team");
    }

    [Fact]
    public async Task Leave_Refusals()
    {
        var other = Fixtures.TeamAdmin!.Memberships[1].Team;
        Acme.JoinTeam(Target, other);

        (await As(Fixtures.TeamAdmin, "org:read").Delete(Path(Target, other.Slug)))
            .Is(HttpStatusCode.BadRequest, """{"detail":"You do not have permission to edit that user's membership."}""");
        Assert.Equal(HttpStatusCode.Forbidden, (await AsOwner().Delete(Path(Fixtures.IdpProvisioned!, "idp-engineering"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await As(Target, "org:read").Delete(Path(Target, other.Slug))).Status);
    }

    [Fact]
    public async Task AccessRequest_Approved_PutsTheMemberOnTheTeam()
    {
        var wish = Assert.Single(Acme.AccessRequests);
        var caller = AsOwner();
        Assert.Equal($"{wish.Id}", (await caller.Get(O + "access-requests/")).Json[0].GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Put($"{O}access-requests/{wish.Id}/", "{}")).Status);
        (await As(Fixtures.RetiredAdmin!, "team:write").Put($"{O}access-requests/{wish.Id}/", """{"isApproved":true}""")).Is(HttpStatusCode.Forbidden, "");
        (await caller.Put($"{O}access-requests/{wish.Id}/", """{"isApproved":true}""")).Is(HttpStatusCode.NoContent, "");

        Assert.NotNull(wish.Member.On(wish.Team));
        Assert.Empty(Acme.AccessRequests);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Put($"{O}access-requests/{wish.Id}/", """{"isApproved":true}""")).Status);
    }

    private static string Path(Member member, string team) => $"{O}members/{member.Id}/teams/{team}/";
}
