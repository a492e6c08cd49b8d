using System.Net;
using System.Text.Json;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Changes in Sentry over HTTP, with a server that makes them.</summary>
public sealed class ProvisioningApiTests
{
    private static readonly string[] EveryScope =
        ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];

    [Theory]
    [EveryEngine]
    public async Task A_server_makes_and_proves_what_is_asked_for(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine, syncs: true);
        await served.ConnectAsync();
        await served.ReadAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var member = acme.Members.First(static one => one is { Role.Id: "member", IsListed: true, IsPending: false });
        using var administrator = await served.ProgramAsync(Role.IntegrationAdministrator);
        using var manager = await served.ProgramAsync(Role.AccessManager);
        var address = $"/api/v1/connectors/{served.Connector!.Id}";
        var change = new { kind = "remove-member", member = $"{member.Id}", reason = "Left the company" };

        using var off = await manager.SendAsync(HttpMethod.Post, $"{address}/provisioning", change);
        Assert.Equal("writing-off", await off.CodeOfAsync(HttpStatusCode.Conflict));
        using var on = await administrator.SendAsync(HttpMethod.Put, $"{address}/writing", new { token = acme.OwnerToken(EveryScope) });
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        Assert.All((await manager.GetOkAsync($"{address}/writing")).GetProperty("abilities").EnumerateArray(), static one => Assert.Equal(JsonValueKind.Null, one.GetProperty("refusalCode").ValueKind));

        using var planned = await manager.SendAsync(HttpMethod.Post, $"{address}/provisioning/plan", change);
        Assert.Equal(HttpStatusCode.OK, planned.StatusCode);
        using var asked = await manager.SendAsync(HttpMethod.Post, $"{address}/provisioning", change);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var task = await EndedAsync(manager, asked.Headers.Location!.OriginalString);

        Assert.Equal("proven", task.GetProperty("state").GetString());
        Assert.Equal("Sentry has no such member.", task.GetProperty("readBack").GetProperty("description").GetString());
        Assert.DoesNotContain(acme.Members, one => one.Id == member.Id);
        Assert.Single(await manager.AllAsync($"{address}/provisioning?state=proven&limit=1"));
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);
        var address = $"/api/v1/connectors/{served.Connector!.Id}";

        using var kind = await program.SendAsync(HttpMethod.Post, $"{address}/provisioning/plan", new { kind = "promote" });
        Assert.Equal("change-kind-unknown", await kind.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        using var incomplete = await program.SendAsync(HttpMethod.Post, $"{address}/provisioning/plan", new { kind = "join-team", member = "1" });
        Assert.Equal("change-incomplete", await incomplete.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        using var state = await program.GetAsync(new Uri($"{address}/provisioning?state=done", UriKind.Relative));
        Assert.Equal("provisioning-state-unknown", await state.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        using var task = await program.GetAsync(new Uri($"{address}/provisioning/1", UriKind.Relative));
        Assert.Equal("provisioning-task-not-found", await task.CodeOfAsync(HttpStatusCode.NotFound));
        using var token = await program.SendAsync(HttpMethod.Put, $"{address}/writing", new { token = "two words" });
        Assert.Equal("token-invalid", await token.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        using var reader = await program.SendAsync(HttpMethod.Put, $"{address}/writing", new { });
        Assert.Equal("needs-person", await reader.CodeOfAsync(HttpStatusCode.Conflict));
    }

    /// <summary>Waits, by asking, until the change ended.</summary>
    private static async Task<JsonElement> EndedAsync(HttpClient program, string address)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        for (var turn = 0; turn < 150; turn++)
        {
            var task = await program.GetOkAsync(address);
            if (task.GetProperty("endedAt").ValueKind is not JsonValueKind.Null)
            {
                return task;
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{address} did not end.");
    }
}
