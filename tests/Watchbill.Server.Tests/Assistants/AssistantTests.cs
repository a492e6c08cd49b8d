using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Watchbill.Compliance.Runs;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Role = Watchbill.People.Role;

namespace Watchbill.Server.Tests.Assistants;

/// <summary>What assistants may ask, by the protocol's own client over HTTP.</summary>
public sealed class AssistantTests
{
    [Fact]
    public async Task An_assistant_asks_in_the_rights_of_the_token_that_it_came_with()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        ServedPeople.Must(await served.Get<RunChecks>().RunAsync(served.Connector!.Id, Caller.System, default));
        await using var client = await ConnectAsync(served, Role.Auditor);
        var project = served.Sentry.World.Organization(ServedOrganization.Slug).Projects[0].Slug;
        var member = served.Sentry.World.Organization(ServedOrganization.Slug).Members.First(static one => one is { Role.Id: "owner", IsPending: false }).Email;

        Assert.Contains("\"name\":\"Acme\"", await CallAsync(client, "list_sources"), StringComparison.Ordinal);
        Assert.Contains("\"items\":[{", await CallAsync(client, "who_can_reach", ("project", project)), StringComparison.Ordinal);
        Assert.Contains(project, await CallAsync(client, "what_can_reach", ("member", member)), StringComparison.Ordinal);
        Assert.Contains("paths", await CallAsync(client, "why", ("member", member), ("project", project)), StringComparison.Ordinal);
        Assert.Contains("\"kind\"", await CallAsync(client, "search", ("text", project)), StringComparison.Ordinal);
        Assert.Contains("\"items\":[", await CallAsync(client, "what_changed", ("since", "2020-01-01T00:00:00Z")), StringComparison.Ordinal);
        Assert.Contains("fail", await CallAsync(client, "latest_checks", ("source", "acme")), StringComparison.Ordinal);
        Assert.Contains("\"items\":[", await CallAsync(client, "check_results", ("outcome", "fail")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_read_only_tool_is_marked_so_and_one_alone_changes_anything()
    {
        await using var served = await ServedOrganization.StartAsync();
        await using var client = await ConnectAsync(served, Role.Auditor);

        var tools = await client.ListToolsAsync();

        Assert.Equal("ask_for_access", Assert.Single(tools, static tool => tool.ProtocolTool.Annotations?.ReadOnlyHint is not true).Name);
        Assert.All(tools, static tool => Assert.False(string.IsNullOrWhiteSpace(tool.Description)));
        Assert.Equal(["draft_review_decisions", "explain_failures"], (await client.ListPromptsAsync()).Select(static prompt => prompt.Name).Order(StringComparer.Ordinal));
        Assert.Contains("never", client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_token_may_not_the_assistant_may_not_and_a_refusal_is_told()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await using var member = await ConnectAsync(served, Role.Member);
        await using var auditor = await ConnectAsync(served, Role.Auditor);

        Assert.Contains("right-missing", await FailAsync(member, "list_sources"), StringComparison.Ordinal);
        Assert.Contains("'elsewhere'", await FailAsync(auditor, "who_can_reach", ("project", "x"), ("source", "elsewhere")), StringComparison.Ordinal);
        var wish = new Dictionary<string, object?> { ["source"] = 1, ["kind"] = "org-role", ["role"] = "manager", ["reason"] = "Because", ["minutes"] = 60 };
        Assert.Contains("Nobody", await FailAsync(member, "ask_for_access", ("wish", wish)), StringComparison.Ordinal);
        Assert.Contains("not-found", await FailAsync(auditor, "who_can_reach", ("project", "no-such-project")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wbt_0000000000000000000000000000000000000000000")]
    public async Task Nobody_comes_in_without_a_good_token_nor_by_a_browsers_session(string? authorization)
    {
        await using var served = await ServedOrganization.StartAsync();
        using var client = served.Client();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        using var call = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_sources"}}""", Encoding.UTF8, "application/json");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await client.PostAsync("/mcp", call);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<McpClient> ConnectAsync(ServedOrganization served, Role role)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(served.Server.Listening, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {await served.TokenAsync(role)}" },
        });
        return await McpClient.CreateAsync(transport);
    }

    private static async Task<string> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(static one => one.Name, static one => one.Value));
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
        Assert.False(result.IsError is true, text);
        return text;
    }

    private static async Task<string> FailAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(static one => one.Name, static one => one.Value));
        Assert.True(result.IsError);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
    }
}
