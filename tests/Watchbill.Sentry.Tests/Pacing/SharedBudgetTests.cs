namespace Watchbill.Sentry.Tests.Pacing;

/// <summary>Several clients of one process under one limit of Sentry, which counts them together.</summary>
public sealed class SharedBudgetTests
{
    [Fact]
    public async Task TwoClients_WithOneBudget_AreNeverRefused()
    {
        await using var server = await LimitedSentry.StartAsync();
        var budget = new SentryBudget(share: 0.7);
        using var one = LimitedSentry.ClientOf(server, budget);
        using var other = LimitedSentry.ClientOf(server, budget);

        await Task.WhenAll(AskAsync(one, 60), AskAsync(other, 60));

        Assert.Equal(0, server.RequestLog.TooManyRequests);
    }

    [Fact]
    public async Task WhoGoesFirst_IsAnsweredWhileOthersAreStillInLine()
    {
        await using var server = await LimitedSentry.StartAsync();
        var budget = new SentryBudget(share: 0.7);
        using var bulk = LimitedSentry.ClientOf(server, budget);
        using var person = LimitedSentry.ClientOf(server, budget, goesFirst: true);
        await AskAsync(bulk, 1);
        var many = AskAsync(bulk, 120);

        await AskAsync(person, 5);

        Assert.False(many.IsCompleted, "Whoever goes first waited for all the others.");
        await many;
        Assert.Equal(0, server.RequestLog.TooManyRequests);
    }

    private static Task AskAsync(SentryClient client, int times) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(_ => client.Organizations.GetAsync("acme", TestContext.Current.CancellationToken)));
}
