using Microsoft.AspNetCore.Http;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class RetryTests
{
    private const string Index = """{"version":"0"}""";
    private readonly ImpatientClock _clock = new();

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task GatewayFailure_IsTriedAgainWithGrowingPauses(int status)
    {
        await using var scene = await StartAsync([Answer(status, ""), Answer(status, ""), Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();

        Assert.Equal([status, status, 200], scene.Exchanges.Select(exchange => exchange.Status!.Value));
        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 0.5, 0.75);
        Assert.InRange(scene.Exchanges[2].Waited.TotalSeconds, 1, 1.5);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task FinalFailure_IsNotTriedAgain(int status)
    {
        await using var scene = await StartAsync([Answer(status, """{"detail":"x"}""")]);

        await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task Attempts_AreCountedAndEnd()
    {
        await using var scene = await StartAsync([Answer(503, "")]);

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Equal(SentryFailureKind.ServerError, failure.Kind);
        Assert.Equal(4, scene.Server.Requests.Count);
        Assert.Equal((4, 3), (scene.Client.Statistics.Requests, scene.Client.Statistics.Retries));
    }

    [Fact]
    public async Task Refusal_WaitsUntilTheWindowEnds()
    {
        await using var scene = await StartAsync([Refused(TimeSpan.FromSeconds(9)), Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 9, 9.5);
        Assert.Equal(1, scene.Client.Statistics.RateLimited);
    }

    [Fact]
    public async Task Refusal_WithoutAnyFigure_WaitsASecond()
    {
        await using var scene = await StartAsync(
            [Answer(429, "", ("X-Sentry-Rate-Limit-Limit", "None"), ("X-Sentry-Rate-Limit-Reset", "None"), ("X-Sentry-Rate-Limit-Remaining", "None")), Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 1, 1.5);
        Assert.Null(scene.Client.Statistics.LastLimits);
    }

    [Fact]
    public async Task Refusal_WithRetryAfterOfAProxy_WaitsThatLong()
    {
        await using var scene = await StartAsync([Answer(429, "\"slow down\"", ("Retry-After", "7")), Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 7, 7.5);
    }

    [Fact]
    public async Task Refusal_WithRetryAfterAsADate_WaitsUntilThen()
    {
        await using var scene = await StartAsync([context =>
            {
                context.Response.Headers.Date = _clock.GetUtcNow().ToString("R");
                context.Response.Headers.RetryAfter = _clock.GetUtcNow().AddSeconds(12).ToString("R");
                return Answer(429, "{}")(context);
            }, Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 12, 12.5);
    }

    [Fact]
    public async Task Refusal_LongerThanTheDeadline_IsNotWaitedFor()
    {
        await using var scene = await StartAsync([Answer(429, "{}", ("Retry-After", "86400"))]);

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Equal((SentryFailureKind.RateLimited, TimeSpan.FromDays(1)), (failure.Kind, failure.RetryAfter));
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task Refusal_HoldsBackOtherRequestsToo()
    {
        await using var scene = await StartAsync([Answer(429, "{}", ("Retry-After", "9")), Answer(200, Index)], attempts: 1);

        await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());
        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 8.9, 9.1);
    }

    [Fact]
    public async Task NothingRemaining_WaitsBeforeTheNextRequest()
    {
        await using var scene = await StartAsync([WithLimits(200, Index, TimeSpan.FromSeconds(1), remaining: 0), Answer(200, Index)]);

        await scene.Client.Root.GetApiIndexAsync();
        await scene.Client.Root.GetApiIndexAsync();

        Assert.InRange(scene.Exchanges[1].Waited.TotalSeconds, 0.9, 1.1);
        Assert.Equal((40, 0, 25), (scene.Client.Statistics.LastLimits!.Limit, scene.Client.Statistics.LastLimits.Remaining, scene.Client.Statistics.LastLimits.ConcurrentLimit));
    }

    private Task<Scene> StartAsync(RequestDelegate[] answers, int attempts = 4) => Scene.StartAsync(answers, options => options with
    {
        Clock = _clock,
        MaxAttempts = attempts,
        RequestTimeout = TimeSpan.FromHours(1),
        RetryDeadline = TimeSpan.FromMinutes(5),
    });

    private RequestDelegate Refused(TimeSpan untilReset) =>
        WithLimits(429, """{"detail":"You are attempting ... Limit is 40 requests in 1 seconds"}""", untilReset, remaining: 0);

    /// <summary>An answer dated by the test's clock.</summary>
    private RequestDelegate WithLimits(int status, string body, TimeSpan untilReset, int remaining) => context =>
    {
        var now = _clock.GetUtcNow();
        context.Response.Headers.Date = now.ToString("R");
        return Answer(status, body,
            ("X-Sentry-Rate-Limit-Limit", "40"), ("X-Sentry-Rate-Limit-Remaining", $"{remaining}"), ("X-Sentry-Rate-Limit-ConcurrentLimit", "25"),
            ("X-Sentry-Rate-Limit-Reset", $"{(now + untilReset).ToUnixTimeSeconds()}"))(context);
    };
}
