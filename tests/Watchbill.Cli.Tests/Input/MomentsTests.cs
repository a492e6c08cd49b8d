using Watchbill.Cli.Input;

namespace Watchbill.Cli.Tests.Input;

public sealed class MomentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-01", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T12:30", "2026-11-01T12:30:00Z")]
    [InlineData("2026-11-01 12:30:15", "2026-11-01T12:30:15Z")]
    [InlineData("2026-11-01T12:30Z", "2026-11-01T12:30:00Z")]
    [InlineData("2026-11-01T12:30:00+02:00", "2026-11-01T10:30:00Z")]
    [InlineData("3d", "2026-11-20T08:00:00Z")]
    [InlineData("12h", "2026-11-22T20:00:00Z")]
    [InlineData("0m", "2026-11-23T08:00:00Z")]
    public void TryParse_understands_dates_and_ages(string text, string expected)
    {
        Assert.True(Moments.TryParse(text, Now, out var moment));
        Assert.Equal(DateTimeOffset.Parse(expected), moment);
        Assert.Equal(TimeSpan.Zero, moment.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-24")]
    [InlineData("3 d")]
    [InlineData("999999d")]
    [InlineData("-3d")]
    public void TryParse_refuses_the_rest(string text) => Assert.False(Moments.TryParse(text, Now, out _));
}
