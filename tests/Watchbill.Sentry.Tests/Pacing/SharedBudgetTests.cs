using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Tests.Pacing;

/// <summary>Several clients of one organization under one limit of Sentry, which counts them together.</summary>
public sealed class SharedBudgetTests
{
    [Fact]
    public async Task TwoClients_WithOneBudget_AreNeverRefused()
    {
        await using var server = await StartAsync();
        var budget = new SentryBudget(share: 0.7);
        using var one = ClientOf(server, budget);
        using var other = ClientOf(server, budget);

        await Task.WhenAll(AskAsync(one, 60), AskAsync(other, 60));

        Assert.Equal(0, server.RequestLog.TooManyRequests);
    }

    /// <summary>As two nodes would: each would take seven tenths of the limit, and together they may not.</summary>
    [Fact]
    public async Task TwoProcesses_ThatKnowNothingOfEachOther_FitIntoOneLimit()
    {
        await using var server = await StartAsync();
        using var one = ClientOf(server, new SentryBudget(share: 0.7));
        using var other = ClientOf(server, new SentryBudget(share: 0.7));
        var refused = 0;

        await Task.WhenAll(AskPatientlyAsync(one), AskPatientlyAsync(other));

        // Whoever is told that nothing is left of the window waits for the next one; a few are under way by then.
        Assert.InRange(refused, 0, 12);

        async Task AskPatientlyAsync(SentryClient client)
        {
            for (var batch = 0; batch < 4; batch++)
            {
                var asked = Enumerable.Range(0, 40).Select(async _ =>
                {
                    try
                    {
                        await client.Organizations.GetAsync("acme", TestContext.Current.CancellationToken);
                    }
                    catch (SentryException failure) when (failure.Kind is SentryFailureKind.RateLimited)
                    {
                        Interlocked.Increment(ref refused);
                    }
                });
                await Task.WhenAll(asked);
            }
        }
    }

    [Fact]
    public async Task WhoGoesFirst_IsAnsweredWhileOthersAreStillInLine()
    {
        await using var server = await StartAsync();
        var budget = new SentryBudget(share: 0.7);
        using var bulk = ClientOf(server, budget);
        using var person = ClientOf(server, budget, goesFirst: true);
        await AskAsync(bulk, 1);
        var many = AskAsync(bulk, 120);

        await AskAsync(person, 5);

        Assert.False(many.IsCompleted, "Whoever goes first waited for all the others.");
        await many;
        Assert.Equal(0, server.RequestLog.TooManyRequests);
    }

    private static Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(new SimulatorOptions
    {
        Size = OrganizationSize.Small,
        RateLimit = RateLimit.Observed,
    });

    private static SentryClient ClientOf(SimulatorServer server, SentryBudget budget, bool goesFirst = false)
    {
        var acme = server.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Reader", Simulator.Permissions.ScopeSet.Of(["org:read"])));
        return new SentryClient(new SentryClientOptions
        {
            BaseAddress = server.BaseAddress,
            Token = SentryToken.Parse(token),
            Budget = budget,
            GoesFirst = goesFirst,
            AllowPrivateNetworks = true,
            MaxAttempts = 1,
        });
    }

    private static Task AskAsync(SentryClient client, int times) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(_ => client.Organizations.GetAsync("acme", TestContext.Current.CancellationToken)));
}
