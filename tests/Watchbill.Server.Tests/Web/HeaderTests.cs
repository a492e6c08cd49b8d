using System.Net;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Web;

/// <summary>What every answer says to browsers and programs.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/nothing-here")]
    [InlineData("/api/v1/nothing-here")]
    public async Task Every_answer_forbids_inline_script_frames_and_other_origins(string path)
    {
        await using var served = await ServedOrganization.StartAsync();
        using var client = served.Client(Role.SuperAdministrator);

        using var answer = await client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var client = served.Client();

        using var answer = await client.GetAsync("/not-found?a=1&b=2");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2Fnot-found%3Fa%3D1%26b%3D2", answer.Headers.Location!.OriginalString);
    }
}
