namespace Watchbill.Sentry.Tests.Pacing;

/// <summary>Clients of one organization in different processes, as two nodes are: each would take seven tenths of the limit, and together they may not.</summary>
public sealed class SeparateBudgetsTests
{
    [Fact]
    public async Task TwoProcesses_ThatKnowNothingOfEachOther_FitIntoOneLimit()
    {
        await using var server = await LimitedSentry.StartAsync();
        using var one = LimitedSentry.ClientOf(server, new SentryBudget(share: 0.7));
        using var other = LimitedSentry.ClientOf(server, new SentryBudget(share: 0.7));
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
}
