using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Tests.Connectors;

/// <summary>When a connector is read by itself.</summary>
public sealed class SyncScheduleTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 27, 12, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData("daily-at-3", "2026-11-28T03:00:00Z")]
    [InlineData("live", "2026-11-27T12:01:00Z")]
    [InlineData("daily-at-13", "2026-11-27T13:00:00Z")]
    [InlineData("cron:0 3 * * 1-5", "2026-11-30T03:00:00Z")]
    [InlineData("cron:*/15 * * * *", "2026-11-27T12:15:00Z")]
    [InlineData("cron:0 0 29 2 *", "2028-02-29T00:00:00Z")]
    public void The_next_run_is_the_first_after_now(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), SyncSchedule.Parse(text).Value.NextAfter(Friday, new ConnectorId(7)));

    [Theory]
    [InlineData("hourly", 1)]
    [InlineData("every-6-hours", 6)]
    public void Intervals_are_even_and_connectors_do_not_all_run_in_one_minute(string text, int hours)
    {
        var schedule = SyncSchedule.Parse(text).Value;
        var first = schedule.NextAfter(Friday, new ConnectorId(1))!.Value;

        Assert.InRange(first - Friday, TimeSpan.Zero, TimeSpan.FromHours(hours));
        Assert.Equal(TimeSpan.FromHours(hours), schedule.NextAfter(first, new ConnectorId(1)) - first);
        Assert.True(Enumerable.Range(1, 20).Select(id => schedule.NextAfter(Friday, new ConnectorId(id))!.Value.Minute).Distinct().Count() > 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sometimes")]
    [InlineData("daily-at-")]
    [InlineData("daily-at-24")]
    [InlineData("daily-at--1")]
    [InlineData("cron:")]
    [InlineData("cron:* * *")]
    [InlineData("cron:61 * * * *")]
    [InlineData("cron:@daily")]
    [InlineData("cron:0 0 31 2 *")]
    [InlineData("cron:0 0 0 * * ?")]
    public void What_is_no_schedule_is_refused(string text) => Assert.Equal("schedule-invalid", SyncSchedule.Parse(text).Refusal?.Code);

    [Theory]
    [InlineData("cron:* * * * *")]
    [InlineData("cron:0,5 * * * *")]
    public void A_schedule_without_pauses_is_refused(string text) => Assert.Equal("schedule-too-dense", SyncSchedule.Parse(text).Refusal?.Code);

    [Fact]
    public void By_hand_means_never_by_itself() => Assert.Null(SyncSchedule.Manual.NextAfter(Friday, new ConnectorId(7)));
}
