using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class ScimTests : Simulated
{
    private const string Users = O + "scim/v2/Users";
    private const string Groups = O + "scim/v2/Groups";

    [Fact]
    public async Task SwitchedOff_Answers403_WhateverTheScopes()
    {
        Acme.AuthProvider = Acme.AuthProvider! with { ScimEnabled = false };

        Assert.Equal(HttpStatusCode.Forbidden, (await AsOwner().Get(Users)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AsOwner().Get(Groups)).Status);
    }

    [Fact]
    public async Task Users_PageByStartIndex_WithoutLinkHeader()
    {
        var whole = await AsIntegration("member:read").Get(Users);
        var part = await AsIntegration("member:read").Get(Users + "?startIndex=3&count=2");

        Assert.Equal(Acme.Members.Count(member => member.IsListed), whole["totalResults"].GetInt32());
        Assert.Equal((3, 2), (part["startIndex"].GetInt32(), part["itemsPerPage"].GetInt32()));
        Assert.Equal(Id(whole, 2), Id(part, 0));
        Assert.Equal("", part.Link);
        Assert.Equal(HttpStatusCode.BadRequest, (await AsIntegration("member:read").Get(Users + "?startIndex=0")).Status);
    }

    [Fact]
    public async Task Filter_FindsOne_AndOtherOperatorsAnswer400()
    {
        var found = await AsOwner().Get(Users + "?filter=" + Uri.EscapeDataString("userName eq \"mira.tolven@example.com\""));

        Assert.Equal($"{Fixtures.TeamAdmin!.Id}", Id(found, 0));
        Assert.Equal(HttpStatusCode.BadRequest, (await AsOwner().Get(Users + "?filter=" + Uri.EscapeDataString("userName sw \"m\""))).Status);
    }

    [Fact]
    public async Task Active_IsLeftOutForAzure()
    {
        Assert.True((await AsOwner().Get(Users))["Resources"][0].TryGetProperty("active", out _));

        Acme.AuthProvider = Acme.AuthProvider! with { Key = "active-directory" };
        Assert.False((await AsOwner().Get(Users))["Resources"][0].TryGetProperty("active", out _));
    }

    [Fact]
    public async Task DeleteUser_WorksForIntegrations_AndForProvisionedMembers()
    {
        var caller = AsIntegration("member:admin");

        (await caller.Delete($"{Users}/{Fixtures.IdpProvisioned!.Id}")).Is(HttpStatusCode.NoContent, "");
        Assert.Equal(HttpStatusCode.NoContent, (await caller.Patch($"{Users}/{Fixtures.TeamAdmin!.Id}", """{"Operations":[{"op":"replace","value":{"active":false}}]}""")).Status);

        Assert.DoesNotContain(Fixtures.IdpProvisioned, Acme.Members);
        Assert.DoesNotContain(Fixtures.TeamAdmin, Acme.Members);
        Assert.Equal(2, Acme.Audit.Live.Count(row => row.Event == "member.remove"));
    }

    [Fact]
    public async Task PatchUser_OtherThanDeactivation_Answers400() => (await AsOwner().Patch($"{Users}/{Fixtures.TeamAdmin!.Id}", """{"Operations":[{"op":"replace","value":{"active":true}}]}"""))
        .Is(HttpStatusCode.BadRequest, """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","detail":"Invalid Patch Operation."}""");

    [Fact]
    public async Task PutUser_SetsTheRoleAndItsLock_WithoutAuditRow()
    {
        var before = Acme.Audit.Live.Count;
        Assert.Equal("manager", (await AsOwner().Put($"{Users}/{Fixtures.TeamAdmin!.Id}", """{"sentryOrgRole":"manager"}"""))["sentryOrgRole"].GetString());

        Assert.True(Fixtures.TeamAdmin.Flags.HasFlag(MemberFlags.IdpRoleRestricted));
        Assert.Equal(HttpStatusCode.BadRequest, (await AsOwner().Put($"{Users}/{Fixtures.TeamAdmin.Id}", """{"sentryOrgRole":"owner"}""")).Status);
        Assert.Equal("owner", (await AsOwner().Put($"{Users}/{Fixtures.Owner.Id}", """{"sentryOrgRole":"member"}"""))["sentryOrgRole"].GetString());
        Assert.Equal(before, Acme.Audit.Live.Count(row => row.Event != "internal-integration.add-token"));
    }

    [Fact]
    public async Task PostUser_CreatesAManagedInvitation_Once()
    {
        Assert.Equal(HttpStatusCode.Created, (await AsOwner().Post(Users, """{"userName":"scim@example.org","sentryOrgRole":"member"}""")).Status);

        Assert.Equal(MemberFlags.IdpProvisioned | MemberFlags.IdpRoleRestricted, Acme.Member("scim@example.org").Flags);
        Assert.Equal("member.invite", Acme.Audit.Live[^1].Event);
        Assert.Equal(HttpStatusCode.Conflict, (await AsOwner().Post(Users, """{"userName":"scim@example.org"}""")).Status);
    }

    [Fact]
    public async Task Groups_HoldPendingAndDeactivated_AndCanLeaveMembersOut()
    {
        var idp = await AsIntegration("team:read").Get($"{Groups}/{Fixtures.IdpTeam!.Id}");
        var without = await AsIntegration("team:read").Get($"{Groups}/2024?excludedAttributes=members");

        Assert.Equal(
            [$"{Fixtures.Deactivated!.Id}", $"{Fixtures.IdpProvisioned!.Id}"], idp["members"].EnumerateArray().Select(member => member.GetProperty("value").GetString()).Order());
        Assert.False(without.Json.TryGetProperty("members", out _));
    }

    [Fact]
    public async Task PatchGroup_AddsRemovesReplaces_AlsoOnLockedTeams()
    {
        var (group, first, second) = ($"{Groups}/{Fixtures.IdpTeam!.Id}", Fixtures.WithoutTeam!.Id, Fixtures.TeamAdmin!.Id);

        Assert.Equal(HttpStatusCode.NoContent, (await Patch(group, $$"""{"op":"add","path":"members","value":[{"value":"{{first}}"}]}""")).Status);
        Assert.Contains(first, Fixtures.IdpTeam.Memberships.Select(link => link.Member.Id));
        Assert.Equal(HttpStatusCode.NoContent, (await Patch(group, $$"""{"op":"remove","path":"members[value eq \"{{first}}\"]"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Patch(group, $$"""{"op":"replace","path":"members","value":[{"value":"{{second}}"}]}""")).Status);

        Assert.Equal([second], Fixtures.IdpTeam.Memberships.Select(link => link.Member.Id));
        Assert.Equal(2, Acme.Audit.Live.Count(row => row.Event == "member.join-team"));
        Assert.Equal(3, Acme.Audit.Live.Count(row => row.Event == "member.leave-team"));
    }

    [Fact]
    public async Task PatchGroup_Refusals()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"op":"replace","path":"displayName","value":"x"}""", 101));

        Assert.Equal(HttpStatusCode.BadRequest, (await Patch($"{Groups}/2024", many)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Patch($"{Groups}/2024", """{"op":"move"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Patch($"{Groups}/2024", """{"op":"add","path":"members","value":[{"value":"1"}]}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get(Groups + "/nowhere")).Status);
    }

    [Fact]
    public async Task PostGroup_LocksTheTeam_AndTakenNameAnswers409()
    {
        Assert.Equal(HttpStatusCode.Created, (await AsOwner().Post(Groups, """{"displayName":"Sky Team"}""")).Status);

        Assert.True(Acme.Team("sky-team").IsIdpProvisioned);
        Assert.Equal(HttpStatusCode.Conflict, (await AsOwner().Post(Groups, """{"displayName":"Sky Team"}""")).Status);
    }

    private static string? Id(Reply reply, int index) => reply["Resources"][index].GetProperty("id").GetString();

    private Task<Reply> Patch(string group, string operation) => AsOwner().Patch(group, $$"""{"Operations":[{{operation}}]}""");
}
