using System.Net;
using System.Net.Http.Headers;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Server.Testing;
using static Watchbill.Server.Tests.Api.ScimPusher;

namespace Watchbill.Server.Tests.Api;

/// <summary>Identity providers push people as Okta and Entra ID do; a token fills one directory and does nothing else.</summary>
public sealed class ScimTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Fact]
    public async Task Okta_makes_finds_and_deactivates_people()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, directory) = await PushAsync(served);

        Assert.Equal(0, (int)(await GetAsync(client, "Users?filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100"))["totalResults"]!);
        var made = await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Ada@Example.com","name":{"givenName":"Ada","familyName":"Example"},
             "emails":[{"primary":true,"value":"ada@example.com","type":"work"},{"value":"ada@old.example","type":"home"}],"displayName":"Ada Example","locale":"en-US","externalId":"00u1","groups":[],"password":"never kept","active":true}
            """);
        var id = (string)made["id"]!;
        Assert.EndsWith($"/scim/v2/Users/{id}", (string)made["meta"]!["location"]!, StringComparison.Ordinal);
        Assert.Null(made["password"]);
        Assert.Equal(id, (string)(await GetAsync(client, "Users?filter=userName%20eq%20%22ADA%40example.com%22"))["Resources"]![0]!["id"]!);
        Assert.Equal("Ada", (string)(await GetAsync(client, $"Users/{id}"))["name"]!["givenName"]!);
        var taken = await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Conflict, """{"userName":"ada@example.com"}""");
        Assert.Equal(("uniqueness", "409"), ((string)taken["scimType"]!, (string)taken["status"]!));

        var off = await SendAsync(client, HttpMethod.Patch, $"Users/{id}", HttpStatusCode.OK, """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":false}}]}""");
        Assert.False((bool)off["active"]!);
        var person = Assert.Single((await served.Get<IdentityBook>().CurrentAsync(default)).All);
        Assert.Equal(("ada@example.com", "Ada Example", false, "00u1"), (person.Email, person.Name, person.IsActive, person.ExternalId));
        Assert.NotNull(person.InactiveSince);
        Assert.Equal(["ada@old.example"], person.Aliases);
        var actions = (await served.Get<AuditLog>().ListAsync(new AuditQuery(), default)).Where(static one => one.SubjectKind == "identity").Select(static one => (one.Action, one.Actor.Kind, one.Actor.Id)).Reverse();
        Assert.Equal([("identity-pushed", ActorKind.Directory, $"{directory}"), ("identity-left", ActorKind.Directory, $"{directory}")], actions);
    }

    [Theory, InlineData("yes", true), InlineData("no", false)]
    public async Task The_account_of_somebody_who_left_is_closed_where_that_was_set_and_the_last_administrator_stays(string setting, bool closes)
    {
        await using var served = await ServedOrganization.StartAsync(settings: new Dictionary<string, string?> { ["CLOSE_ACCOUNTS_OF_LEAVERS"] = setting });
        var (client, _) = await PushAsync(served);
        await served.JoinAsync("ada@example.com", "Ada", Role.Auditor);
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        using var browser = served.Client();
        using var entered = await browser.SignInAsync("ada@example.com");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        var left = (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"ada.new@example.com","emails":[{"primary":true,"value":"ada.new@example.com"},{"value":"ada@example.com"}],"active":true}"""))["id"]!;
        var root = (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"root@example.com","active":true}"""))["id"]!;

        await SendAsync(client, HttpMethod.Patch, $"Users/{left}", HttpStatusCode.OK, """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":false}}]}""");
        await SendAsync(client, HttpMethod.Delete, $"Users/{root}", HttpStatusCode.NoContent);

        var states = ServedPeople.Must(await served.Get<AccountQueries>().ListAsync(new AccountFilter(), ServedPeople.Operator, default)).Items.ToDictionary(static one => one.Address, static one => one.State);
        Assert.Equal((closes ? AccountState.Closed : AccountState.Active, AccountState.Active), (states["ada@example.com"], states["root@example.com"]));
        Assert.Equal(closes ? HttpStatusCode.Redirect : HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        var kept = (await served.Get<AuditLog>().ListAsync(new AuditQuery(), default)).Where(static one => one.Action == "account-of-leaver-kept");
        Assert.Equal(closes ? 1 : 0, kept.Count());
    }

    [Fact]
    public async Task Entra_patches_in_its_own_way()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, _) = await PushAsync(served);
        var boss = (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"boss@example.com","displayName":"The Boss","active":"True"}"""))["id"]!;
        var id = (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"bo@example.com","name":{"formatted":"Bo Example"},"active":"True"}"""))["id"]!;

        var patched = await SendAsync(client, HttpMethod.Patch, $"Users/{id}", HttpStatusCode.OK, $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
             {"op":"Add","path":"emails[type eq \"work\"].value","value":"bo.e@example.com"},
             {"op":"Replace","path":"name.familyName","value":"Exemplar"},
             {"op":"Add","path":"{{Enterprise}}:department","value":"Research"},
             {"op":"Add","path":"{{Enterprise}}:manager","value":"{{boss}}"},
             {"op":"Replace","value":{"displayName":"Bo Exemplar","name.givenName":"Bo"} },
             {"op":"Replace","path":"active","value":"False"}]}
            """);

        Assert.Equal("Research", (string)patched[Enterprise]!["department"]!);
        Assert.Equal("Exemplar", (string)patched["name"]!["familyName"]!);
        var people = await served.Get<IdentityBook>().CurrentAsync(default);
        var bo = people.All.Single(person => person.Key == id);
        Assert.Equal(("bo.e@example.com", "Bo Exemplar", "Research", false), (bo.Email, bo.Name, bo.Department, bo.IsActive));
        Assert.Equal("The Boss", people.ManagerOf(bo)!.Name);
        var removed = await SendAsync(client, HttpMethod.Patch, $"Users/{id}", HttpStatusCode.OK, $$"""{"Operations":[{"op":"remove","path":"{{Enterprise}}:manager"},{"op":"remove","path":"emails[type eq \"work\"]"}]}""");
        Assert.Null(removed[Enterprise]?["manager"]);
        Assert.Equal("bo@example.com", (await served.Get<IdentityBook>().CurrentAsync(default)).All.Single(person => person.Key == id).Email);
    }

    [Fact]
    public async Task Lists_are_paged_and_who_is_deleted_is_not_in_them_any_more()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, _) = await PushAsync(served);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, $$"""{"userName":"p{{number}}@example.com","externalId":"x{{number}}"}""");
        }

        var page = await GetAsync(client, "Users?startIndex=4&count=3");
        Assert.Equal((5, 4, 2), ((int)page["totalResults"]!, (int)page["startIndex"]!, (int)page["itemsPerPage"]!));
        Assert.Equal(0, (int)(await GetAsync(client, "Users?count=0"))["itemsPerPage"]!);
        var third = (string)(await GetAsync(client, "Users?filter=externalId%20eq%20%22x3%22%20and%20active%20eq%20true"))["Resources"]![0]!["id"]!;
        await SendAsync(client, HttpMethod.Delete, $"Users/{third}", HttpStatusCode.NoContent);

        Assert.Equal(4, (int)(await GetAsync(client, "Users"))["totalResults"]!);
        await SendAsync(client, HttpMethod.Get, $"Users/{third}", HttpStatusCode.NotFound);
        await SendAsync(client, HttpMethod.Delete, $"Users/{third}", HttpStatusCode.NotFound);
        Assert.Single((await served.Get<IdentityBook>().CurrentAsync(default)).All, static person => !person.IsActive);
        await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"p3@example.com"}""");
    }

    [Theory]
    [InlineData("POST", "Users", """{"userName":"nobody"}""", "invalidValue")]
    [InlineData("POST", "Users", """{"displayName":"No user name"}""", "invalidValue")]
    [InlineData("POST", "Users", """[1]""", "invalidSyntax")]
    [InlineData("POST", "Users", """{"userName":"a@example.com","userName":"b@example.com"}""", "invalidSyntax")]
    [InlineData("PATCH", "Users/{id}", """{"Operations":[]}""", "invalidValue")]
    [InlineData("PATCH", "Users/{id}", """{"Operations":[{"op":"replace","path":"emails[value co \"x\"]","value":"y"}]}""", "invalidPath")]
    [InlineData("PATCH", "Users/{id}", """{"Operations":[{"op":"replace","path":"displayName","value":"X"},{"op":"jump"}]}""", "invalidValue")]
    [InlineData("PATCH", "Users/{id}", """{"Operations":[{"op":"remove"}]}""", "noTarget")]
    [InlineData("GET", "Users?filter=userName%20ne%20%22x%22", null, "invalidFilter")]
    [InlineData("GET", "Users?filter=userName%20eq%20%22x%22%20or%20active%20eq%20true", null, "invalidFilter")]
    [InlineData("GET", "Users?startIndex=first", null, "invalidValue")]
    public async Task What_is_not_understood_is_refused_and_changes_nothing(string method, string path, string? body, string kind)
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, _) = await PushAsync(served);
        var id = (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, """{"userName":"ada@example.com","displayName":"Ada"}"""))["id"]!;

        var error = await SendAsync(client, HttpMethod.Parse(method), path.Replace("{id}", id, StringComparison.Ordinal), HttpStatusCode.BadRequest, body);

        Assert.Equal(kind, (string?)error["scimType"]);
        Assert.Equal("Ada", Assert.Single((await served.Get<IdentityBook>().CurrentAsync(default)).All).Name);
    }

    [Fact]
    public async Task Without_the_directorys_token_nothing_is_told_or_taken()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, directory) = await PushAsync(served);
        var token = client.DefaultRequestHeaders.Authorization;

        foreach (var other in new[] { null, "nonsense", new string('a', 43), await served.TokenAsync(Role.SuperAdministrator) })
        {
            client.DefaultRequestHeaders.Authorization = other is null ? null : new AuthenticationHeaderValue("Bearer", other);
            await SendAsync(client, HttpMethod.Get, "Users", HttpStatusCode.Unauthorized);
            await SendAsync(client, HttpMethod.Get, "ServiceProviderConfig", HttpStatusCode.Unauthorized);
            await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Unauthorized, """{"userName":"ada@example.com"}""");
        }

        client.DefaultRequestHeaders.Authorization = token;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        var second = ServedPeople.Must(await served.Get<ManageDirectories>().IssueTokenAsync(directory, Caller.System, default));
        await SendAsync(client, HttpMethod.Get, "Users", HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", second.Token);
        await SendAsync(client, HttpMethod.Get, "Users", HttpStatusCode.OK);
        ServedPeople.Must(await served.Get<ManageDirectories>().RevokeTokenAsync(directory, Caller.System, default));
        await SendAsync(client, HttpMethod.Get, "Users", HttpStatusCode.Unauthorized);
        Assert.Empty((await served.Get<IdentityBook>().CurrentAsync(default)).All);
    }

    [Fact]
    public async Task What_it_can_is_described()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, _) = await PushAsync(served);

        Assert.True((bool)(await GetAsync(client, "ServiceProviderConfig"))["patch"]!["supported"]!);
        Assert.Equal("/Users", (string)(await GetAsync(client, "ResourceTypes"))["Resources"]![0]!["endpoint"]!);
        Assert.Equal("/Groups", (string)(await GetAsync(client, "ResourceTypes"))["Resources"]![1]!["endpoint"]!);
        Assert.Equal("Group", (string)(await GetAsync(client, "ResourceTypes/Group"))["name"]!);
        Assert.Equal(3, (int)(await GetAsync(client, "Schemas"))["totalResults"]!);
        Assert.Equal("EnterpriseUser", (string)(await GetAsync(client, $"Schemas/{Enterprise}"))["name"]!);
        await SendAsync(client, HttpMethod.Get, "Bulk", HttpStatusCode.NotFound);
    }
}
