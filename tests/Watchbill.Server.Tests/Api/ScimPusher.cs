using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>An identity provider that pushes into a directory of its own.</summary>
internal static class ScimPusher
{
    public static async Task<(HttpClient Client, DirectoryId Directory)> PushAsync(ServedOrganization served)
    {
        var directory = ServedPeople.Must(await served.Get<ManageDirectories>().CreateAsync("Provider", DirectoryKind.Scim, Caller.System, default));
        var issued = ServedPeople.Must(await served.Get<ManageDirectories>().IssueTokenAsync(directory.Id, Caller.System, default));
        var client = served.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Token);
        return (client, directory.Id);
    }

    public static Task<JsonNode> GetAsync(HttpClient client, string path) => SendAsync(client, HttpMethod.Get, path, HttpStatusCode.OK);

    public static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, HttpStatusCode expected, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/scim/v2/{path}", UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/scim+json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode} {text}");
        Assert.True(expected is HttpStatusCode.NoContent || response.Content.Headers.ContentType?.MediaType == "application/scim+json", response.Content.Headers.ContentType?.ToString());
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Pushes somebody.</summary>
    /// <returns>The id that SCIM knows them by.</returns>
    public static async Task<string> PersonAsync(HttpClient client, string address) =>
        (string)(await SendAsync(client, HttpMethod.Post, "Users", HttpStatusCode.Created, $$"""{"userName":"{{address}}","displayName":"{{address.Split('@')[0]}} example","active":true}"""))["id"]!;

    /// <summary>Pushes a group with some people in it.</summary>
    /// <returns>The id that SCIM knows it by.</returns>
    public static async Task<string> GroupAsync(HttpClient client, string name, params string[] members) =>
        (string)(await SendAsync(client, HttpMethod.Post, "Groups", HttpStatusCode.Created, $$"""{"displayName":"{{name}}","members":[{{Values(members)}}]}"""))["id"]!;

    public static string Values(params string[] members) => string.Join(',', members.Select(static member => $$"""{"value":"{{member}}"}"""));

    public static Task<JsonNode> PatchAsync(HttpClient client, string path, string operations, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(client, HttpMethod.Patch, path, expected, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""");
}
