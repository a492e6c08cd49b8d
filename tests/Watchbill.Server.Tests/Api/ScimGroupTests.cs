using System.Net;
using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using static Watchbill.Server.Testing.ServedPeople;
using static Watchbill.Server.Tests.Api.ScimPusher;

namespace Watchbill.Server.Tests.Api;

/// <summary>Groups that identity providers push, and the accounts here that follow them.</summary>
public sealed class ScimGroupTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["OIDC_ISSUER"] = "http://127.0.0.1:9/",
        ["OIDC_CLIENT_ID"] = "watchbill",
        ["SCIM_GROUP_ROLES"] = "watchbill admins=SuperAdministrator;audit=Auditor+ComplianceManager",
    };

    [Fact]
    public async Task Groups_are_made_found_changed_and_deleted_as_Okta_and_Entra_do_it()
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, directory) = await PushAsync(served);
        var (ada, bo) = (await PersonAsync(client, "ada@example.com"), await PersonAsync(client, "bo@example.com"));

        var id = await GroupAsync(client, "Team \\\"A\\\"", ada);
        Assert.Equal("Team \"A\"", (string)(await GetAsync(client, $"Groups/{id}"))["displayName"]!);
        Assert.Equal(id, (string)(await GetAsync(client, "Groups?filter=displayName%20eq%20%22Team%20%5C%22A%5C%22%22&excludedAttributes=members"))["Resources"]![0]!["id"]!);
        Assert.Null((await GetAsync(client, $"Groups/{id}?excludedAttributes=members"))["members"]);

        // Okta renames without a path and repeats the id; Entra adds by a list, and removes by a list or by a filter.
        await PatchAsync(client, $"Groups/{id}", $$"""{"op":"replace","value":{"id":"{{id}}","displayName":"Audit"} }""");
        await PatchAsync(client, $"Groups/{id}", $$"""{"op":"Add","path":"members","value":[{{Values(ada, bo)}}]}""");
        Assert.Equal([ada, bo], Members(await GetAsync(client, $"Groups/{id}")));
        await PatchAsync(client, $"Groups/{id}", $$"""{"op":"Remove","path":"members","value":[{{Values(ada)}}]}""");
        Assert.Equal([bo], Members(await GetAsync(client, $"Groups/{id}")));
        await PatchAsync(client, $"Groups/{id}", $$"""{"op":"remove","path":"members[value eq \"{{bo}}\"]"},{"op":"add","path":"externalId","value":"00g1"}""");
        Assert.Empty(Members(await GetAsync(client, $"Groups/{id}")));
        Assert.Equal(1, (int)(await GetAsync(client, "Groups?filter=externalId%20eq%20%2200g1%22"))["totalResults"]!);
        var replaced = await SendAsync(client, HttpMethod.Put, $"Groups/{id}", HttpStatusCode.OK, $$"""{"displayName":"Audit","members":[{{Values(bo, ada)}}]}""");
        Assert.Equal([ada, bo], Members(replaced));
        await SendAsync(client, HttpMethod.Delete, $"Users/{bo}", HttpStatusCode.NoContent);
        Assert.Equal([ada], Members(await GetAsync(client, $"Groups/{id}")));
        await PatchAsync(client, $"Groups/{id}", """{"op":"remove","path":"members"}""");
        Assert.Equal([new PushedGroup("Audit", 0, [])], Must(await served.Get<ManageDirectories>().GroupsAsync(directory, Operator, default)), static (one, other) => one.Name == other.Name && one.Members == other.Members);

        await SendAsync(client, HttpMethod.Delete, $"Groups/{id}", HttpStatusCode.NoContent);
        await SendAsync(client, HttpMethod.Get, $"Groups/{id}", HttpStatusCode.NotFound);
        Assert.Equal(0, (int)(await GetAsync(client, "Groups"))["totalResults"]!);
        var actions = (await served.Get<AuditLog>().ListAsync(new AuditQuery(), default)).Where(static one => one.SubjectKind == "group").Select(static one => one.Action).Distinct();
        Assert.Equal(["group-deleted", "group-pushed"], actions);
    }

    [Theory]
    [InlineData("POST", "Groups", """{"members":[]}""", 400, "invalidValue")]
    [InlineData("POST", "Groups", """{"displayName":"Audit"}""", 409, "uniqueness")]
    [InlineData("POST", "Groups", """{"displayName":"New","members":[{"value":"nobody"}]}""", 400, "invalidValue")]
    [InlineData("POST", "Groups", """{"displayName":"New","members":["x"]}""", 400, "invalidValue")]
    [InlineData("POST", "Groups", """[1]""", 400, "invalidSyntax")]
    [InlineData("PATCH", "Groups/{id}", """{"Operations":[{"op":"replace","path":"displayName","value":"Other"},{"op":"add","path":"members","value":[{"value":"nobody"}]}]}""", 400, "invalidValue")]
    [InlineData("PATCH", "Groups/{id}", """{"Operations":[{"op":"replace","path":"displayName","value":"Other"},{"op":"jump","path":"members"}]}""", 400, "invalidValue")]
    [InlineData("PATCH", "Groups/{id}", """{"Operations":[{"op":"remove"}]}""", 400, "noTarget")]
    [InlineData("PATCH", "Groups/{id}", """{"Operations":[{"op":"replace","path":"owners","value":"x"}]}""", 400, "invalidPath")]
    [InlineData("PATCH", "Groups/{id}", """{"Operations":[{"op":"remove","path":"displayName"}]}""", 400, "invalidValue")]
    [InlineData("GET", "Groups?filter=members%20eq%20%22x%22", null, 400, "invalidFilter")]
    public async Task What_is_not_understood_is_refused_and_changes_nothing(string method, string path, string? body, int status, string kind)
    {
        await using var served = await ServedOrganization.StartAsync();
        var (client, directory) = await PushAsync(served);
        var id = await GroupAsync(client, "Audit", await PersonAsync(client, "ada@example.com"));

        var error = await SendAsync(client, HttpMethod.Parse(method), path.Replace("{id}", id, StringComparison.Ordinal), (HttpStatusCode)status, body);

        Assert.Equal(kind, (string?)error["scimType"]);
        var group = Assert.Single(Must(await served.Get<ManageDirectories>().GroupsAsync(directory, Operator, default)));
        Assert.Equal(("Audit", 1), (group.Name, group.Members));
    }

    [Theory, EveryEngine]
    public async Task Whoever_is_in_a_group_with_roles_has_an_account_until_they_are_in_none_or_leave(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine, settings: Settings);
        var (client, directory) = await PushAsync(served);
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        var (ada, bo) = (await PersonAsync(client, "ada@example.com"), await PersonAsync(client, "bo@example.com"));
        var audit = await GroupAsync(client, "audit", ada);
        await GroupAsync(client, "everybody", ada, bo);
        Assert.Single(await AccountsAsync(served));

        Must(await served.Get<ManageDirectories>().LetDecideAsync(directory, decides: true, Operator, default));
        Assert.Equal((AccountState.Invited, "Auditor ComplianceManager"), await StateAsync(served, "ada@example.com"));
        await PatchAsync(client, $"Groups/{audit}", $$"""{"op":"add","path":"members","value":[{{Values(bo)}}]}""");
        Assert.Equal((AccountState.Invited, "Auditor ComplianceManager"), await StateAsync(served, "bo@example.com"));

        await PatchAsync(client, $"Groups/{audit}", $$"""{"op":"remove","path":"members","value":[{{Values(ada)}}]}""");
        await PatchAsync(client, $"Users/{bo}", """{"op":"replace","path":"active","value":false}""");
        Assert.Equal((AccountState.Closed, AccountState.Closed), ((await StateAsync(served, "ada@example.com")).State, (await StateAsync(served, "bo@example.com")).State));

        await PatchAsync(client, $"Users/{bo}", """{"op":"replace","path":"active","value":true}""");
        await GroupAsync(client, "watchbill admins", ada);
        Assert.Equal((AccountState.Invited, "SuperAdministrator"), await StateAsync(served, "ada@example.com"));
        Assert.Equal((AccountState.Invited, "Auditor ComplianceManager"), await StateAsync(served, "bo@example.com"));

        await SendAsync(client, HttpMethod.Delete, $"Groups/{audit}", HttpStatusCode.NoContent);
        Assert.Equal(AccountState.Closed, (await StateAsync(served, "bo@example.com")).State);
        Assert.Equal((AccountState.Active, "SuperAdministrator"), await StateAsync(served, "root@example.com"));
    }

    [Fact]
    public async Task An_account_of_before_is_taken_over_its_sessions_and_tokens_end_with_it_and_the_last_administrator_stays()
    {
        await using var served = await ServedOrganization.StartAsync(settings: Settings);
        var (client, directory) = await PushAsync(served);
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        await served.JoinAsync("ada@example.com", "Ada", Role.Member);
        using var browser = served.Client();
        using var entered = await browser.SignInAsync("ada@example.com");
        var (root, ada) = (await PersonAsync(client, "root@example.com"), await PersonAsync(client, "ada@example.com"));
        Must(await served.Get<ManageDirectories>().LetDecideAsync(directory, decides: true, Operator, default));
        var audit = await GroupAsync(client, "audit", root, ada);
        Assert.Equal((AccountState.Active, "Auditor ComplianceManager"), await StateAsync(served, "ada@example.com"));
        Assert.Equal((AccountState.Active, "Auditor ComplianceManager SuperAdministrator"), await StateAsync(served, "root@example.com"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);

        await SendAsync(client, HttpMethod.Delete, $"Groups/{audit}", HttpStatusCode.NoContent);

        Assert.Equal(AccountState.Closed, (await StateAsync(served, "ada@example.com")).State);
        Assert.Equal((AccountState.Active, "Auditor ComplianceManager SuperAdministrator"), await StateAsync(served, "root@example.com"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account")).StatusCode);
        Assert.Single(await served.Get<AuditLog>().ListAsync(new AuditQuery(), default), static one => one.Action == "account-of-leaver-kept");
        Assert.Equal("Provider", Must(await served.Get<AccountQueries>().DirectoryOfAsync((await AccountsAsync(served)).Single(static one => one.Address == "ada@example.com").Id, Operator, default)));
    }

    [Fact]
    public async Task Whoever_is_deleted_and_pushed_anew_gets_their_account_back_and_an_address_that_changes_before_they_come_is_theirs()
    {
        await using var served = await ServedOrganization.StartAsync(settings: Settings);
        var (client, directory) = await PushAsync(served);
        Must(await served.Get<ManageDirectories>().LetDecideAsync(directory, decides: true, Operator, default));
        var ada = await PersonAsync(client, "ada@example.com");
        var audit = await GroupAsync(client, "audit", ada);
        await SendAsync(client, HttpMethod.Delete, $"Users/{ada}", HttpStatusCode.NoContent);
        Assert.Equal(AccountState.Closed, (await StateAsync(served, "ada@example.com")).State);

        var again = await PersonAsync(client, "ada@example.com");
        await PatchAsync(client, $"Groups/{audit}", $$"""{"op":"add","path":"members","value":[{{Values(again)}}]}""");
        Assert.Equal((AccountState.Invited, "Auditor ComplianceManager"), await StateAsync(served, "ada@example.com"));

        await PatchAsync(client, $"Users/{again}", """{"op":"replace","value":{"userName":"ada.new@example.com"}}""");
        Assert.Equal((AccountState.Invited, "Auditor ComplianceManager"), await StateAsync(served, "ada.new@example.com"));
        Assert.Single(await AccountsAsync(served));
    }

    [Fact]
    public async Task What_an_administrator_closed_stays_closed()
    {
        await using var served = await ServedOrganization.StartAsync(settings: Settings);
        var (client, directory) = await PushAsync(served);
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        var ada = (await served.JoinAsync("ada@example.com", "Ada", Role.Member)).Account;
        Must(await served.Get<ManageAccount>().CloseAsync(ada.Id, ada.Version, Operator, default));
        Must(await served.Get<ManageDirectories>().LetDecideAsync(directory, decides: true, Operator, default));

        await GroupAsync(client, "audit", await PersonAsync(client, "ada@example.com"));

        Assert.Equal((AccountState.Closed, "Member"), await StateAsync(served, "ada@example.com"));
        Assert.Null(Must(await served.Get<AccountQueries>().DirectoryOfAsync(ada.Id, Operator, default)));
    }

    [Fact]
    public async Task Only_who_manages_accounts_lets_a_directory_decide_and_makes_its_tokens_from_then_on()
    {
        await using var served = await ServedOrganization.StartAsync(settings: Settings);
        var (client, directory) = await PushAsync(served);
        var directories = served.Get<ManageDirectories>();
        var manager = new Caller(new Actor(ActorKind.Account, "7", null), [.. RoleRights.Of([Role.AccessManager])]);

        Assert.Equal("right-missing", (await directories.LetDecideAsync(directory, decides: true, manager, default)).Refusal?.Code);
        Assert.True((await directories.IssueTokenAsync(directory, manager, default)).Succeeded);
        Must(await directories.LetDecideAsync(directory, decides: true, Operator, default));
        Assert.Equal("right-missing", (await directories.IssueTokenAsync(directory, manager, default)).Refusal?.Code);
        Assert.Equal("right-missing", (await directories.LetDecideAsync(directory, decides: false, manager, default)).Refusal?.Code);
        Must(await directories.LetDecideAsync(directory, decides: false, Operator, default));
        Assert.True((await directories.IssueTokenAsync(directory, manager, default)).Succeeded);
        var file = Must(await directories.CreateAsync("File", DirectoryKind.File, Caller.System, default));
        Assert.Equal("directory-not-by-scim", (await directories.LetDecideAsync(file.Id, decides: true, Operator, default)).Refusal?.Code);
        client.Dispose();
    }

    [Fact]
    public async Task A_pushed_person_signs_in_at_the_provider_with_the_roles_of_their_groups()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(settings: provider.Settings(("OIDC_DEFAULT_ROLE", "none"), ("SCIM_GROUP_ROLES", "audit=Auditor")));
        var (client, directory) = await PushAsync(served);
        Must(await served.Get<ManageDirectories>().LetDecideAsync(directory, decides: true, Operator, default));
        await GroupAsync(client, "audit", await PersonAsync(client, "ada@example.com"));
        provider.Present = new Staff("1001", "ada@example.com") { Name = "Ada Example" };
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = served.Server.Listening };

        using var page = await browser.GetAsync("/sign-in/provider?return=%2Faccount");

        Assert.Equal("/account", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal((AccountState.Active, "Auditor"), await StateAsync(served, "ada@example.com"));
    }

    private static IEnumerable<string> Members(JsonNode group) => group["members"]!.AsArray().Select(static member => (string)member!["value"]!);

    private static async Task<IReadOnlyList<Account>> AccountsAsync(ServedOrganization served) => Must(await served.Get<AccountQueries>().ListAsync(new AccountFilter(), Operator, default)).Items;

    private static async Task<(AccountState State, string Roles)> StateAsync(ServedOrganization served, string address)
    {
        var account = (await AccountsAsync(served)).Single(one => one.Address == address);
        return (account.State, string.Join(' ', account.Roles.Order()));
    }
}
