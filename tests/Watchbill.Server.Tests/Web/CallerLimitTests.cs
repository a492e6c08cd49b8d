using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Contracts;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Server.SignIn;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Web;

/// <summary>A program gone wild is told to wait, and nobody else is.</summary>
public sealed class CallerLimitTests
{
    [Fact]
    public async Task An_account_that_asks_too_much_is_told_to_wait_and_the_others_are_not()
    {
        await using var served = await ServedOrganization.StartAsync(
            settings: new Dictionary<string, string?> { ["REQUESTS_A_SECOND"] = "10" }, configure: static services => services.AddSingleton(ServedPeople.Quick));
        using var wild = served.Client(Role.Auditor);
        await served.JoinAsync("kim@example.com", "Kim", Role.Member);
        using var other = served.Client();
        using var signedIn = await other.SignInAsync("kim@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => wild.GetAsync("/api/v1/me")));

        Assert.InRange(answers.Count(static answer => answer.StatusCode is HttpStatusCode.OK), 100, 299);
        var refused = answers.First(static answer => answer.StatusCode is not HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(ProblemCodes.TooManyRequests, (await refused.Content.ReadFromJsonAsync<Problem>())!.Code);

        // The bucket is the account's, whichever of the two it asks for.
        var pages = await Task.WhenAll(Enumerable.Range(0, 90).Select(_ => wild.GetAsync("/account")));
        Assert.Contains(pages, static page => page.StatusCode is HttpStatusCode.TooManyRequests);
        using var answer = await other.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("10001")]
    [InlineData("many")]
    [InlineData("-100")]
    public void What_is_no_limit_is_refused(string text)
    {
        var wrong = Assert.ThrowsAny<SettingsException>(() => RequestLimitOptions.Read(new Dictionary<string, string?> { ["REQUESTS_A_SECOND"] = text }));
        Assert.Contains("REQUESTS_A_SECOND is a number from 10 to 10000", wrong.Message, StringComparison.Ordinal);
    }
}
