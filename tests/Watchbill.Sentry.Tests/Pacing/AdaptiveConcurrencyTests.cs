using Watchbill.Sentry.Pacing;

namespace Watchbill.Sentry.Tests.Pacing;

public sealed class AdaptiveConcurrencyTests
{
    [Fact]
    public void SlowAnswers_LetFewerIn_AndQuickOnesMoreAgain()
    {
        var adaptive = new AdaptiveConcurrency(25);
        Note(adaptive, 200, "members", 200);
        var before = adaptive.Allowed;
        Note(adaptive, 100, "members", 2000);
        var slow = adaptive.Allowed;
        Note(adaptive, 300, "members", 200);

        Assert.InRange(before, 15, 25);
        Assert.InRange(slow, 1, 4);
        Assert.InRange(adaptive.Allowed, slow + 5, 25);
    }

    [Fact]
    public void WhatTakesLongByNature_IsNotSlow()
    {
        var adaptive = new AdaptiveConcurrency(25);
        for (var turn = 0; turn < 200; turn++)
        {
            Note(adaptive, 1, "members", 60);
            Note(adaptive, 1, "projects", 4000);
        }

        Assert.True(adaptive.Allowed > 15, $"Only {adaptive.Allowed} are let in.");
    }

    [Fact]
    public void OneOverload_CountsOnce_HoweverManyWereUnderWay()
    {
        var adaptive = new AdaptiveConcurrency(25);
        Note(adaptive, 400, "members", 100);
        for (var refused = 0; refused < 12; refused++)
        {
            adaptive.Note("members", TimeSpan.FromMilliseconds(20), isOverload: true);
        }

        Assert.Equal(12, adaptive.Allowed);
    }

    private static void Note(AdaptiveConcurrency adaptive, int times, string kind, int milliseconds)
    {
        for (var number = 0; number < times; number++)
        {
            adaptive.Note(kind, TimeSpan.FromMilliseconds(milliseconds), isOverload: false);
        }
    }
}
