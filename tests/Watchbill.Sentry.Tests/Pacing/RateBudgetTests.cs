using Watchbill.Sentry.Pacing;

namespace Watchbill.Sentry.Tests.Pacing;

public sealed class RateBudgetTests
{
    private readonly ImpatientClock _clock = new();

    [Theory]
    [InlineData(1.0, 40, 0.90)]
    [InlineData(0.7, 40, 0.65)]
    [InlineData(0.05, 40, 0.04)]
    [InlineData(1.0, 3, 0.90)]
    public async Task Enter_InFixedWindows_UsesTheShareAndNeverMoreThanTheLimit(double share, int limit, double leastShare)
    {
        var budget = new RateBudget(share, 25, _clock);
        budget.Learn(Limits(limit), null);
        var perSecond = new Dictionary<long, int>();
        for (var number = 0; number < limit * 20; number++)
        {
            await budget.EnterAsync(goesFirst: false, CancellationToken.None);
            budget.Leave();
            var second = _clock.GetUtcNow().ToUnixTimeSeconds();
            perSecond[second] = perSecond.GetValueOrDefault(second) + 1;
        }

        Assert.All(perSecond.Values, count => Assert.InRange(count, 0, limit));
        var seconds = perSecond.Keys.Max() - perSecond.Keys.Min() + 1;
        Assert.InRange(limit * 20.0 / seconds / limit, leastShare, share);
    }

    [Fact]
    public void Concurrency_BeforeAnyAnswer_IsFour() => Assert.Equal(4, new RateBudget(1, 25, _clock).Concurrency);

    [Fact]
    public void Concurrency_WithoutAnyLimit_GrowsWhileAnswersAreQuickAndShrinksWhenTheyAreNot()
    {
        var budget = new RateBudget(1, 25, _clock);
        for (var answer = 0; answer < 400; answer++)
        {
            budget.Note("members", TimeSpan.FromMilliseconds(100), isOverload: false);
        }

        Assert.Equal(25, budget.Concurrency);
        budget.Note("members", TimeSpan.FromMilliseconds(100), isOverload: true);
        Assert.Equal(12, budget.Concurrency);
    }

    [Fact]
    public void Concurrency_WithALimit_IsNotChangedByHowItWent()
    {
        var budget = new RateBudget(1, 25, _clock);
        budget.Learn(Limits(40) with { ConcurrentLimit = 20 }, null);
        budget.Note("members", TimeSpan.FromSeconds(30), isOverload: true);

        Assert.Equal(20, budget.Concurrency);
    }

    [Fact]
    public async Task Enter_WhoGoesFirst_DoesNotWaitForThePaceOfTheOthers()
    {
        var budget = new RateBudget(1, 25, _clock);
        budget.Learn(Limits(1), null);
        await PassAsync(budget, 2);
        var start = _clock.GetUtcNow();

        await budget.EnterAsync(goesFirst: true, CancellationToken.None);
        budget.Leave();
        Assert.Equal(start, _clock.GetUtcNow());

        await PassAsync(budget, 1);
        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 1.5, 2.5);
    }

    [Theory]
    [InlineData(1.0, 25, 25, 25)]
    [InlineData(0.7, 25, 25, 17)]
    [InlineData(1.0, 25, 10, 10)]
    [InlineData(0.05, 4, 25, 1)]
    public void Concurrency_WithAConcurrentLimit_IsItsShare(double share, int concurrentLimit, int max, int expected)
    {
        var budget = new RateBudget(share, max, _clock);
        budget.Learn(Limits(40) with { ConcurrentLimit = concurrentLimit }, null);

        Assert.Equal(expected, budget.Concurrency);
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_GivesItsPlaceBack()
    {
        var budget = new RateBudget(1, 1, _clock);
        await budget.EnterAsync(goesFirst: false, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = budget.EnterAsync(goesFirst: false, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        budget.Leave();

        Assert.True(budget.EnterAsync(goesFirst: false, CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Learn_LowerLimitOfOneEndpoint_HoldsForAWhile()
    {
        var budget = new RateBudget(1, 25, _clock);
        budget.Learn(Limits(10), null);
        budget.Learn(Limits(1000), null);
        await PassAsync(budget, 1);
        var start = _clock.GetUtcNow();

        await PassAsync(budget, 10);

        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 0.9, 1.2);
    }

    [Fact]
    public async Task Learn_LongerWindow_SlowsDown()
    {
        var budget = new RateBudget(1, 25, _clock);
        budget.Learn(Limits(60) with { Reset = _clock.GetUtcNow().AddSeconds(60) }, _clock.GetUtcNow());
        await PassAsync(budget, 1);
        var start = _clock.GetUtcNow();

        await PassAsync(budget, 5);

        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 5, 5.5);
    }

    [Fact]
    public void UntilReset_WhenTheClocksDiffer_ComparesOnlySentrysOwn()
    {
        var budget = new RateBudget(1, 25, _clock);
        var theirs = _clock.GetUtcNow().AddHours(5);

        Assert.Equal(TimeSpan.FromSeconds(8), budget.UntilReset(theirs.AddSeconds(8), theirs));
        Assert.Equal(TimeSpan.FromMinutes(2), budget.UntilReset(DateTimeOffset.MaxValue, theirs));
        Assert.Equal(TimeSpan.Zero, budget.UntilReset(theirs.AddSeconds(-8), theirs));
    }

    private static SentryLimits Limits(int limit) => new(limit, null, null, 25, null);

    private static async Task PassAsync(RateBudget budget, int times)
    {
        for (var number = 0; number < times; number++)
        {
            await budget.EnterAsync(goesFirst: false, CancellationToken.None);
            budget.Leave();
        }
    }
}
