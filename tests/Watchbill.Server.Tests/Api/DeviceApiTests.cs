using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>How a program without a browser gets its token.</summary>
public sealed class DeviceApiTests
{
    [Fact]
    public async Task A_device_that_was_let_in_gets_its_token_once()
    {
        await using var served = await ServedOrganization.StartAsync(configure: static services => services.AddSingleton(ServedPeople.Quick with { DevicePollPause = TimeSpan.Zero }));
        using var device = served.Client();
        var started = await PostAsync(device, "/api/v1/device", new { client = "watchbill on build-7" });
        var secret = new { deviceCode = started.GetProperty("deviceCode").GetString() };

        using var early = await device.SendAsync(HttpMethod.Post, "/api/v1/device/token", secret);
        Assert.Equal("device-login-pending", await early.CodeOfAsync(HttpStatusCode.Conflict));

        var signedIn = await served.JoinAsync("ann@example.com", "Ann Example", Role.Auditor);
        var holder = await served.Get<Sessions>().FindAsync(signedIn.Token, "127.0.0.1", default);
        ServedPeople.Must(await served.Get<DeviceLogins>().ApproveAsync(started.GetProperty("userCode").GetString(), [Right.ReadAccess], days: 1, holder!.Caller, default));
        var collected = await PostAsync(device, "/api/v1/device/token", secret);
        using var again = await device.SendAsync(HttpMethod.Post, "/api/v1/device/token", secret);

        device.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", collected.GetProperty("text").GetString());
        Assert.Equal(["read-access"], (await device.GetOkAsync("/api/v1/me")).GetProperty("rights").EnumerateArray().Select(static right => right.GetString()));
        Assert.Equal("device-code-not-good", await again.CodeOfAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_refused()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var device = served.Client();

        using var answer = await device.SendAsync(HttpMethod.Post, "/api/v1/device/token", new { deviceCode = "guess" });

        Assert.Equal("device-code-not-good", await answer.CodeOfAsync(HttpStatusCode.NotFound));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
