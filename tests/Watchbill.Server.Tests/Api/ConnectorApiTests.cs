using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>A connector's whole life through the API.</summary>
public sealed class ConnectorApiTests
{
    [Theory]
    [EveryEngine]
    public async Task A_connector_is_made_read_changed_and_removed(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine, syncs: true);
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);

        var preflight = await ReadAsync(await program.SendAsync(HttpMethod.Post, "/api/v1/preflight", Place(served)), HttpStatusCode.OK);
        Assert.True(preflight.GetProperty("canConnect").GetBoolean());

        using var created = await program.SendAsync(HttpMethod.Post, "/api/v1/connectors", Settings(served, "Acme", served.Token));
        var saved = await ReadAsync(created, HttpStatusCode.Created);
        Assert.True(saved.GetProperty("preflight").GetProperty("canConnect").GetBoolean());
        var address = created.Headers.Location!.ToString();

        Assert.Equal(HttpStatusCode.Accepted, (await program.SendAsync(HttpMethod.Post, $"{address}/sync")).StatusCode);
        var run = await FinishedRunAsync(program, address);
        Assert.Equal("succeeded", run.GetProperty("state").GetString());
        Assert.Equal(run.GetProperty("id").GetInt64(), (await program.AllAsync($"{address}/runs?limit=1"))[0].GetProperty("id").GetInt64());
        Assert.Contains((await program.GetOkAsync($"/api/v1/runs/{run.GetProperty("id")}/scopes")).EnumerateArray(), static scope => scope.GetProperty("scope").GetString() == "members");

        Assert.Equal("paused", (await ReadAsync(await program.SendAsync(HttpMethod.Post, $"{address}/pause"), HttpStatusCode.OK)).GetProperty("state").GetString());
        Assert.Equal("not-connected", (await ReadAsync(await program.SendAsync(HttpMethod.Post, $"{address}/resume"), HttpStatusCode.OK)).GetProperty("state").GetString());
        var rotated = await ReadAsync(await program.SendAsync(HttpMethod.Post, $"{address}/token", new { token = served.Token }), HttpStatusCode.OK);
        Assert.Equal(served.Token[^4..], rotated.GetProperty("connector").GetProperty("tokenLastFour").GetString());

        Assert.Equal("removal-not-confirmed", await (await program.SendAsync(HttpMethod.Delete, $"{address}?confirm=acme")).CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.NoContent, (await program.SendAsync(HttpMethod.Delete, $"{address}?confirm=Acme")).StatusCode);
        Assert.Equal("connector-not-found", await (await program.GetAsync(new Uri(address, UriKind.Relative))).CodeOfAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Of_two_people_who_edit_the_second_is_told()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);
        var address = $"/api/v1/connectors/{served.Connector!.Id}";
        using var read = await program.GetAsync(new Uri(address, UriKind.Relative));
        var version = read.Headers.ETag!.ToString();

        using var blind = await program.SendAsync(HttpMethod.Put, address, Settings(served, "Acme one"));
        using var first = await program.SendAsync(HttpMethod.Put, address, Settings(served, "Acme one"), ("If-Match", version));
        using var second = await program.SendAsync(HttpMethod.Put, address, Settings(served, "Acme two"), ("If-Match", version));

        Assert.Equal("if-match-missing", await blind.CodeOfAsync(HttpStatusCode.PreconditionRequired));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(version, first.Headers.ETag!.ToString());
        Assert.Equal("if-match-failed", await second.CodeOfAsync(HttpStatusCode.PreconditionFailed));
        Assert.Equal("Acme one", (await program.GetOkAsync(address)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_connector_can_be_saved_before_anybody_has_a_token()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);

        var saved = await ReadAsync(await program.SendAsync(HttpMethod.Post, "/api/v1/connectors", Settings(served, "Later")), HttpStatusCode.Created);

        Assert.Equal("not-connected", saved.GetProperty("connector").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, saved.GetProperty("preflight").ValueKind);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("not json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("[]", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("""{"name":"A","address":"sentry.io","organization":"acme","tokn":"x"}""", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("""{"name":"A","address":"sentry.io","organization":"acme","budgetShare":7}""", HttpStatusCode.UnprocessableEntity, "bad-fields")]
    [InlineData("""{"name":"","address":"sentry.io","organization":"acme"}""", HttpStatusCode.UnprocessableEntity, "bad-fields")]
    [InlineData("""{"name":"A","address":"ftp://sentry.io","organization":"acme","token":"abc"}""", HttpStatusCode.UnprocessableEntity, "address-invalid")]
    [InlineData("""{"name":"A","address":"sentry.io","organization":"acme","schedule":"sometimes"}""", HttpStatusCode.UnprocessableEntity, "schedule-invalid")]
    public async Task Hostile_bodies_are_refused_and_nothing_is_saved(string body, HttpStatusCode status, string code)
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await program.PostAsync(new Uri("/api/v1/connectors", UriKind.Relative), content);

        Assert.Equal(code, await answer.CodeOfAsync(status));
        Assert.Empty((await program.GetOkAsync("/api/v1/connectors")).EnumerateArray());
    }

    [Fact]
    public async Task No_answer_holds_the_token()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);

        using var created = await program.SendAsync(HttpMethod.Post, "/api/v1/connectors", Settings(served, "Acme", served.Token), ("Idempotency-Key", "one"));
        using var again = await program.SendAsync(HttpMethod.Post, "/api/v1/connectors", Settings(served, "Acme", served.Token));
        using var broken = await program.SendAsync(HttpMethod.Post, "/api/v1/connectors", new { name = "x", token = served.Token, unknown = served.Token });

        string[] answers =
        [
            await created.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync(), await broken.Content.ReadAsStringAsync(),
            (await program.GetOkAsync("/api/v1/connectors")).GetRawText(), (await program.GetOkAsync("/api/v1/audit")).GetRawText(),
        ];
        Assert.All(answers, answer => Assert.DoesNotContain(served.Token, answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mass_loss_is_shown_and_decided()
    {
        await using var served = await ServedOrganization.StartReadAsync(new OrganizationSize(Members: 90, Teams: 10, Projects: 5, AuditRows: 10));
        Lose(served, 60);
        var held = await served.ReadAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);

        Assert.Equal(SyncRunState.NeedsConfirmation, held.State);
        Assert.NotEqual(0, (await program.GetOkAsync($"/api/v1/runs/{held.Id}/difference")).GetProperty("lines").EnumerateArray().Sum(static line => line.GetProperty("closing").GetInt64()));
        Assert.Contains(
            (await program.GetOkAsync($"/api/v1/runs/{held.Id}/difference/facts?limit=3")).EnumerateArray(),
            static fact => fact.GetProperty("change").GetString() == "closing" && fact.GetProperty("kind").GetString() == "member" && fact.GetProperty("name").GetString()!.Contains('@'));
        Assert.Equal("bad-fields", await (await program.SendAsync(HttpMethod.Post, $"/api/v1/runs/{held.Id}/reject", new { reason = "" })).CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        var rejected = await ReadAsync(await program.SendAsync(HttpMethod.Post, $"/api/v1/runs/{held.Id}/reject", new { reason = "A mistake." }), HttpStatusCode.OK);
        Assert.Equal("rejected", rejected.GetProperty("state").GetString());
    }

    private static void Lose(ServedOrganization served, int members)
    {
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        foreach (var member in acme.Members.Where(static member => member.IsListed && member.Role.Id is "member").Take(members).ToList())
        {
            acme.RemoveMember(member);
        }
    }

    /// <summary>Follows the stream of events until the first run has ended.</summary>
    private static async Task<JsonElement> FinishedRunAsync(HttpClient program, string address)
    {
        await using var stream = await program.GetStreamAsync(new Uri($"{address}/events", UriKind.Relative));
        await foreach (var item in SseParser.Create(stream, static (_, data) => JsonDocument.Parse(data.ToArray()).RootElement).EnumerateAsync())
        {
            if (item.Data.GetProperty("lastRun") is { ValueKind: JsonValueKind.Object } run && run.GetProperty("finishedAt").ValueKind is not JsonValueKind.Null)
            {
                return run;
            }
        }

        throw new InvalidOperationException("The stream ended before the run did.");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static object Place(ServedOrganization served) =>
        new { address = served.Sentry.BaseAddress.AbsoluteUri, organization = ServedOrganization.Slug, token = served.Token, allowPrivateNetworks = true };

    private static Dictionary<string, object> Settings(ServedOrganization served, string name, string? token = null)
    {
        Dictionary<string, object> settings = new()
        {
            ["name"] = name,
            ["address"] = served.Sentry.BaseAddress.AbsoluteUri,
            ["organization"] = ServedOrganization.Slug,
            ["allowPrivateNetworks"] = true,
            ["budgetShare"] = 1,
        };
        if (token is not null)
        {
            settings["token"] = token;
        }

        return settings;
    }
}
