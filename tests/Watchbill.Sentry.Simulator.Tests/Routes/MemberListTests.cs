using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class MemberListTests : Simulated
{
    [Fact]
    public async Task List_HoldsInvitations_ButNoDeactivatedAndNoUnapproved()
    {
        var ids = (await AsOwner().ReadAll(O + "members/")).Select(row => long.Parse(row.GetProperty("id").GetString()!)).ToHashSet();

        Assert.Contains(Fixtures.PendingWithTeam!.Id, ids);
        Assert.Contains(Fixtures.ExpiredInvite!.Id, ids);
        Assert.DoesNotContain(Fixtures.Deactivated!.Id, ids);
        Assert.DoesNotContain(Fixtures.Unapproved!.Id, ids);
        Assert.Equal(Acme.Members.Count(member => member.IsListed), ids.Count);
    }

    [Fact]
    public async Task List_RowsLackTeamsAndEmails()
    {
        var row = (await AsOwner().ReadAll(O + "members/"))[0];

        Assert.False(row.TryGetProperty("teams", out _) || row.TryGetProperty("teamRoles", out _));
        Assert.False(row.GetProperty("user").TryGetProperty("emails", out _));
        Assert.NotEqual(row.GetProperty("id").GetString(), row.GetProperty("user").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("email:MIRA.TOLVEN@example.com", 1)]
    [InlineData("isInvited:true", 7)]
    [InlineData("role:billing", 1)]
    [InlineData("scope:org:admin", 1)]
    [InlineData("holmark", 0)]
    [InlineData("sandmore", 1)]
    [InlineData("isInvited:true role:manager", 1)]
    [InlineData("unknown:x", 0)]
    public async Task Query_FindsWhatItNames(string query, int expected)
    {
        var found = await AsOwner().ReadAll(O + "members/?query=" + Uri.EscapeDataString(query));

        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public async Task Query_ForTwoFactor_DropsInvitationsInBothForms()
    {
        var with = await AsOwner().ReadAll(O + "members/?query=has2fa:true");
        var without = await AsOwner().ReadAll(O + "members/?query=has2fa:false");

        Assert.DoesNotContain(with.Concat(without), row => row.GetProperty("pending").GetBoolean());
        Assert.Equal(Acme.Members.Count(member => member is { IsListed: true, IsPending: false }), with.Count + without.Count);
    }

    [Fact]
    public async Task Detail_ForCallerWhoManagesRoles_IsRicher()
    {
        var path = $"{O}members/{Fixtures.TeamAdmin!.Id}/";

        var rich = await AsOwner("member:admin").Get(path);
        var plain = await AsOwner("member:read").Get(path);

        Assert.True(rich["user"].TryGetProperty("authenticators", out _));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rich["invite_link"].ValueKind);
        Assert.False(plain["user"].TryGetProperty("authenticators", out _));
        Assert.False(plain.Json.TryGetProperty("invite_link", out _));
        Assert.Equal(["admin", null], plain["teamRoles"].EnumerateArray().Select(link => link.GetProperty("role").GetString()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("abc")]
    public async Task Detail_OfNobody_Answers404(string id) => Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get($"{O}members/{id}/")).Status);

    [Fact]
    public async Task Detail_OfHiddenMembers_Answers404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get($"{O}members/{Fixtures.Deactivated!.Id}/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get($"{O}members/{Fixtures.Unapproved!.Id}/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AsIntegration("member:read").Get(O + "members/me/")).Status);
    }

    [Fact]
    public async Task Users_GiveProjectsReachedThroughTeams()
    {
        var project = Fixtures.Renamed!;
        Acme.JoinTeam(Fixtures.WithoutTeam!, Fixtures.NumericTeam!);

        var rows = (await AsOwner().Get($"{O}users/?project={project.Id}")).Json.EnumerateArray().ToList();

        var row = Assert.Single(rows);
        Assert.Equal($"{Fixtures.WithoutTeam!.Id}", row.GetProperty("id").GetString());
        Assert.Equal(["ledger-exports"], row.GetProperty("projects").EnumerateArray().Select(slug => slug.GetString()));
    }
}
