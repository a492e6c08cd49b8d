using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Tests;

/// <summary>Every change that the client can send, against a Sentry that refuses what Sentry refuses.</summary>
public sealed class ChangingTests : IAsyncLifetime
{
    private SimulatorServer _sentry = null!;
    private SentryClient _owner = null!;

    private Organization Acme => _sentry.World.Organization("acme");

    public async ValueTask InitializeAsync()
    {
        _sentry = await SimulatorServer.StartAsync(new() { Size = OrganizationSize.Small });
        _owner = ClientOf(Acme.IssueToken(TokenKind.Personal, Owner.User!.Id, OwnerScopes));
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _sentry.DisposeAsync();
    }

    [Fact]
    public async Task Invite_SendAgain_Withdraw()
    {
        var team = Acme.Teams[0];
        var invited = await _owner.Members.InviteAsync("acme", new("new.person@example.com", "member", [team.Slug]), Stop);
        var invitation = Acme.Member(invited.Id);

        Assert.True(invitation.IsPending);
        Assert.Equal([team.Id], invitation.Memberships.Select(static link => link.Team.Id));
        var again = await Assert.ThrowsAsync<SentryException>(() => _owner.Members.InviteAsync("acme", new("new.person@example.com", "member", []), Stop));
        Assert.Equal(SentryFailureKind.Validation, again.Kind);
        await _owner.Members.ReinviteAsync("acme", invited.Id, regenerate: true, Stop);
        await _owner.Members.RemoveAsync("acme", invited.Id, Stop);
        Assert.DoesNotContain(Acme.Members, member => $"{member.Id}" == invited.Id);
        var gone = await Assert.ThrowsAsync<SentryException>(() => _owner.Members.RemoveAsync("acme", invited.Id, Stop));
        Assert.Equal(SentryFailureKind.NotFound, gone.Kind);
    }

    [Fact]
    public async Task ARole_WithAllTeams_KeepsThem()
    {
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false } && member.Memberships.Count > 1);
        var before = member.Memberships.Select(static link => link.Team.Slug).Order().ToList();
        var shown = await _owner.Members.GetAsync("acme", $"{member.Id}", Stop);

        var changed = await _owner.Members.ReplaceAsync("acme", $"{member.Id}", "manager", shown.TeamRoles!, Stop);

        Assert.Equal("manager", changed.RoleId);
        Assert.Equal(before, member.Memberships.Select(static link => link.Team.Slug).Order());
    }

    [Fact]
    public async Task ATeam_Join_Role_Leave()
    {
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        var team = Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));

        Assert.Equal(SentryJoining.Joined, await _owner.Members.JoinTeamAsync("acme", $"{member.Id}", team.Slug, Stop));
        Assert.Equal(SentryJoining.WasThere, await _owner.Members.JoinTeamAsync("acme", $"{member.Id}", $"{team.Id}", Stop));
        Assert.Equal("admin", (await _owner.Members.SetTeamRoleAsync("acme", $"{member.Id}", team.Slug, "admin", Stop)).TeamRole);
        Assert.Null((await _owner.Members.SetTeamRoleAsync("acme", $"{member.Id}", team.Slug, "contributor", Stop)).TeamRole);
        await _owner.Members.LeaveTeamAsync("acme", $"{member.Id}", team.Slug, Stop);
        await _owner.Members.LeaveTeamAsync("acme", $"{member.Id}", team.Slug, Stop);

        Assert.DoesNotContain(member.Memberships, link => link.Team == team);
    }

    /// <summary>202 is no success: where membership is closed, whoever may not add only asks.</summary>
    [Fact]
    public async Task JoiningAClosedTeam_ByWhoMayNot_IsOnlyAskedFor()
    {
        Acme.SetOpenMembership(false);
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        var team = Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        using var self = ClientOf(Acme.IssueToken(TokenKind.Personal, member.User!.Id, "org:read"));

        Assert.Equal(SentryJoining.Requested, await self.Members.JoinTeamAsync("acme", $"{member.Id}", team.Slug, Stop));
        Assert.DoesNotContain(member.Memberships, link => link.Team == team);
    }

    [Fact]
    public async Task AProject_GetsATeam_AndLosesIt()
    {
        var project = Acme.Projects[0];
        var team = Acme.Teams.First(team => !project.Teams.Contains(team));

        await _owner.Projects.AddTeamAsync("acme", project.Slug, team.Slug, Stop);
        Assert.Contains(team, project.Teams);
        await _owner.Projects.RemoveTeamAsync("acme", project.Slug, team.Slug, Stop);
        await _owner.Projects.RemoveTeamAsync("acme", project.Slug, team.Slug, Stop);

        Assert.DoesNotContain(team, project.Teams);
    }

    /// <summary>An integration's token removes nobody but through SCIM.</summary>
    [Fact]
    public async Task ThroughScim_AnIntegrationDoesWhatItMayNotOtherwise()
    {
        Acme.AuthProvider = new AuthProvider(77, "okta", RequireLink: false, ScimEnabled: true);
        using var integration = ClientOf(Acme.IssueToken(Acme.AddSentryApp("Writer", ScopeSet.Parse("org:read member:admin team:admin team:write"))));
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        var team = Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        team.IsIdpProvisioned = true;

        var refused = await Assert.ThrowsAsync<SentryException>(() => integration.Members.RemoveAsync("acme", $"{member.Id}", Stop));
        Assert.Equal((SentryFailureKind.Validation, "You cannot remove a member who has more access than you."), (refused.Kind, refused.Detail));
        var locked = await Assert.ThrowsAsync<SentryException>(() => integration.Members.JoinTeamAsync("acme", $"{member.Id}", team.Slug, Stop));
        Assert.Equal(SentryFailureKind.Forbidden, locked.Kind);
        await integration.Scim.AddToGroupAsync("acme", $"{team.Id}", $"{member.Id}", Stop);
        Assert.Contains(member.Memberships, link => link.Team == team);
        await integration.Scim.RemoveFromGroupAsync("acme", $"{team.Id}", $"{member.Id}", Stop);
        Assert.DoesNotContain(member.Memberships, link => link.Team == team);
        Assert.Equal("manager", (await integration.Scim.SetRoleAsync("acme", $"{member.Id}", "manager", Stop)).SentryOrgRole);
        await integration.Scim.RemoveUserAsync("acme", $"{member.Id}", Stop);

        Assert.DoesNotContain(Acme.Members, other => other.Id == member.Id);
    }

    /// <summary>Whether a change happened, only reading tells; sending it again could do it twice.</summary>
    [Theory]
    [InlineData(FaultAction.ResetConnection, true)]
    [InlineData(FaultAction.GatewayUnavailable, false)]
    [InlineData(FaultAction.TooManyRequests, false)]
    public async Task AChangeThatFails_IsNotSentAgain(FaultAction fault, bool happened)
    {
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        _sentry.Faults.Add(new FaultRule(fault) { Method = "DELETE" });

        await Assert.ThrowsAsync<SentryException>(() => _owner.Members.RemoveAsync("acme", $"{member.Id}", Stop));

        Assert.Equal(1, _sentry.Faults.Hits);
        Assert.Equal(happened, Acme.Members.All(other => other.Id != member.Id));
    }

    [Fact]
    public async Task AnotherServersPage_IsNoSuccess()
    {
        var member = Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        _sentry.Faults.Add(new FaultRule(FaultAction.HtmlPage) { Method = "DELETE" });

        var failure = await Assert.ThrowsAsync<SentryException>(() => _owner.Members.RemoveAsync("acme", $"{member.Id}", Stop));

        Assert.Equal(SentryFailureKind.NotSentry, failure.Kind);
    }

    private static string[] OwnerScopes => ["org:read", "org:write", "org:admin", "member:admin", "team:admin", "team:write", "project:write", "project:admin", "member:read"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Member Owner => Acme.Members.First(static member => member is { Role.Id: "owner", IsListed: true, IsPending: false });

    private SentryClient ClientOf(string token) => new(new()
    {
        BaseAddress = _sentry.BaseAddress,
        Token = SentryToken.Parse(token),
        AllowPrivateNetworks = true,
        BudgetShare = 1,
        MaxAttempts = 5,
    });
}
