using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Web;

/// <summary>Whoever asks for what they have no right to is seen by the operator.</summary>
public sealed class RefusalLogTests
{
    [Fact]
    public async Task Who_tries_doors_is_in_the_log_and_what_they_sent_is_not()
    {
        using var log = new KeptLog();
        await using var served = await ServedOrganization.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(log));
        using var member = served.Client(Role.Member);
        using var stranger = served.Client();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wbt_planted-secret-of-nobody");

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/people?q=planted-name")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/api/v1/people?q=planted-name")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/people?q=planted-name")).StatusCode);
        using var program = served.Client(Role.SuperAdministrator);
        using var unreadable = new StringContent("{\"planted-name\":", Encoding.UTF8, "application/json");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", "planted-name")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.PostAsync("/api/v1/people", unreadable)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await member.PostAsync("/account", form)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/account")).StatusCode);

        var refused = log.Lines.Where(static line => line.StartsWith("Refused", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, refused.Count);
        Assert.Contains("lacks the right for GET /people", refused[0], StringComparison.Ordinal);
        Assert.Contains("lacks the right for GET /api/v1/people", refused[1], StringComparison.Ordinal);
        Assert.Contains("does not work any more was sent for GET /api/v1/people", refused[2], StringComparison.Ordinal);
        Assert.Matches("sent for POST /api/v1/people.* what cannot be taken, or too much \\(status 400", refused[3]);
        Assert.Matches("sent for POST /account what cannot be taken, or too much \\(status 400", refused[4]);
        Assert.All(log.Lines, static line => Assert.DoesNotContain("planted", line, StringComparison.Ordinal));
    }
}
