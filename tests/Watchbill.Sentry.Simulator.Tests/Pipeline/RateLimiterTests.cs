using System.Globalization;
using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Pipeline;

public sealed class RateLimiterTests : Simulated
{
    protected override SimulatorOptions Options => base.Options with { RateLimit = new RateLimit(3, TimeSpan.FromSeconds(10), 2) };

    [Fact]
    public async Task Window_Full_Refuses_AndNextEpochAlignedWindowAllows()
    {
        var caller = AsOwner();
        Clock.Advance(TimeSpan.FromSeconds(8));
        for (var remaining = 2; remaining >= 0; remaining--)
        {
            var allowed = await caller.Get(O);
            Assert.Equal(HttpStatusCode.OK, allowed.Status);
            Assert.Equal($"{remaining}", allowed.Headers["X-Sentry-Rate-Limit-Remaining"]);
        }

        var refused = await caller.Get(O);
        refused.Is(HttpStatusCode.TooManyRequests, """{"detail":"You are attempting to use this endpoint too frequently. Limit is 3 requests in 10 seconds"}""");
        Assert.StartsWith("text/html", refused.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.False(refused.Headers.ContainsKey("Retry-After"));

        // 09:30:08 lies in the window that ends at 09:30:10, wherever the first request was.
        Assert.Equal(Clock.GetUtcNow().AddSeconds(2).ToUnixTimeSeconds(), long.Parse(refused.Headers["X-Sentry-Rate-Limit-Reset"], CultureInfo.InvariantCulture));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await caller.Get(O)).Status);
        Assert.Equal(1, Server.RequestLog.TooManyRequests);
    }

    [Fact]
    public async Task EveryAnswer_CarriesAllFiveHeaders()
    {
        foreach (var reply in (Reply[])[await AsOwner().Get(O), await With("sntryu_bad").Get(O), await AsOwner("project:read").Get(O)])
        {
            Assert.Equal("3", reply.Headers["X-Sentry-Rate-Limit-Limit"]);
            Assert.Equal("2", reply.Headers["X-Sentry-Rate-Limit-ConcurrentLimit"]);
            Assert.Equal("1", reply.Headers["X-Sentry-Rate-Limit-ConcurrentRemaining"]);
            Assert.True(reply.Headers.ContainsKey("X-Sentry-Rate-Limit-Remaining") && reply.Headers.ContainsKey("X-Sentry-Rate-Limit-Reset"));
        }
    }

    [Fact]
    public async Task Bucket_IsSharedByAllIntegrationsOfTheOrganization()
    {
        await AsIntegration("org:read").Get(O);

        Assert.Equal("1", (await AsIntegration("org:read").Get(O + "teams/")).Headers["X-Sentry-Rate-Limit-Remaining"]);
    }

    [Fact]
    public async Task Bucket_IsSeparateForUsersMethodsAndTheMemberList()
    {
        var owner = AsOwner();
        await owner.Get(O);
        await owner.Get(O + "teams/");

        Assert.Equal("2", (await owner.Get(O + "members/")).Headers["X-Sentry-Rate-Limit-Remaining"]);
        Assert.Equal("2", (await owner.Put(O, "{}")).Headers["X-Sentry-Rate-Limit-Remaining"]);
        Assert.Equal("2", (await As(Fixtures.Manager!, "org:read").Get(O)).Headers["X-Sentry-Rate-Limit-Remaining"]);
        Assert.Equal("0", (await owner.Get(O + "projects/")).Headers["X-Sentry-Rate-Limit-Remaining"]);
    }

    [Fact]
    public async Task MemberList_NeverAllowsMoreThan40()
    {
        Server.RateLimit = new RateLimit(1000, TimeSpan.FromSeconds(1), 10);

        Assert.Equal("40", (await AsOwner().Get(O + "members/")).Headers["X-Sentry-Rate-Limit-Limit"]);
        Assert.Equal("1000", (await AsOwner().Get(O + "teams/")).Headers["X-Sentry-Rate-Limit-Limit"]);
    }

    [Fact]
    public async Task Concurrency_Exceeded_RefusesTheThird()
    {
        // Latency on a clock that stands still: the requests stay under way until the server stops.
        Server.Latency = TimeSpan.FromHours(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        var token = Acme.IssueToken(TokenKind.Personal, null, "org:read");
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var requests = Enumerable.Range(0, 3).Select(_ => http.GetAsync(O, stop.Token)).ToList();

        var first = await Task.WhenAny(requests);
        using var refused = await first;
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("above the allowed concurrency", await refused.Content.ReadAsStringAsync(stop.Token), StringComparison.Ordinal);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(requests));
    }
}

public sealed class RateLimiterFormTests : Simulated
{
    protected override SimulatorOptions Options => base.Options with { RateLimit = new RateLimit(0, TimeSpan.FromSeconds(1), 2), BareStringRateLimitBody = true };

    [Fact]
    public async Task OlderBuilds_AnswerABareString() => (await AsOwner().Get(O)).Is(
        HttpStatusCode.TooManyRequests, "\"You are attempting to use this endpoint too frequently. Limit is 0 requests in 1 seconds\"");
}

public sealed class SelfHostedTests : Simulated
{
    protected override SimulatorOptions Options => base.Options with { Mode = SimulatorMode.SelfHosted, RateLimit = RateLimit.Observed, SubPath = "/sentry" };

    [Fact]
    public async Task SelfHosted_HasNeitherLimitHeadersNorBillingRole()
    {
        var reply = await AsOwner().Get(O);

        Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("X-Sentry", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("billing", reply["orgRoleList"].EnumerateArray().Select(role => role.GetProperty("id").GetString()));
        Assert.Null(Fixtures.Billing);
    }

    [Fact]
    public async Task SubPath_IsServedButMissingInLinks()
    {
        Assert.EndsWith("/sentry/", Server.BaseAddress.ToString(), StringComparison.Ordinal);

        var reply = await AsOwner().Get(O + "members/?per_page=2");

        Assert.DoesNotContain("/sentry/", reply.Link, StringComparison.Ordinal);
        using var outside = new Caller(new Uri(Server.BaseAddress, "/"));
        Assert.Equal(HttpStatusCode.NotFound, (await outside.Get("/api/0/")).Status);
    }
}
