using Watchbill.Cli.Output;

namespace Watchbill.Cli.Tests.Output;

public sealed class TableLayoutTests
{
    private static readonly TableColumnText Address = new("Address", ["ada.lovering@example.com"], IsWhole: true, IsOptional: false);
    private static readonly TableColumnText Why = new("Why", ["via team payments and via open membership"], IsWhole: false, IsOptional: false);
    private static readonly TableColumnText Since = new("Since", ["2026-11-01 12:00"], IsWhole: false, IsOptional: true);

    [Fact]
    public void Fit_with_room_keeps_natural_widths() =>
        Assert.Equal([(0, 24), (1, 41), (2, 16)], TableLayout.Fit([Address, Why, Since], 200));

    [Fact]
    public void Fit_narrows_sentences_before_anything_is_left_out()
    {
        var layout = TableLayout.Fit([Address, Why, Since], 60);
        Assert.Equal([0, 1, 2], layout.Select(place => place.Index));
        Assert.Equal(24, layout[0].Width);
        Assert.True(layout[1].Width < 41);
    }

    [Fact]
    public void Fit_leaves_optional_columns_out_rather_than_break_words() =>
        Assert.Equal([0, 1], TableLayout.Fit([Address, Why, Since], 46).Select(place => place.Index));

    [Fact]
    public void Fit_without_any_room_keeps_what_is_needed_whole() =>
        Assert.Equal([(0, 24), (1, 10)], TableLayout.Fit([Address, Why, Since], 10));
}
