using Watchbill.Cli.Output;

namespace Watchbill.Cli.Tests.Output;

public sealed class TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zoë Ångström 東京 🙂", "Zoë Ångström 東京 🙂")]
    [InlineData("a\u001b[2Jb", @"a\u001b[2Jb")]
    [InlineData("a\r\nb\tc", @"a\u000d\u000ab\u0009c")]
    [InlineData("\u202egnp.exe", @"\u202egnp.exe")]
    [InlineData("a\u009bb\u2028c\u200bd", @"a\u009bb\u2028c\u200bd")]
    public void Of_shows_what_would_steer_a_terminal(string text, string shown) => Assert.Equal(shown, PrintableText.Of(text));

    [Fact]
    public void Block_keeps_lines_and_nothing_else() => Assert.Equal("a\n" + @"b\u001b", PrintableText.Block("a\nb\u001b"));

    [Theory]
    [InlineData("acess", "access")]
    [InlineData("conect", "connect")]
    [InlineData("zzzzzz", null)]
    [InlineData("", null)]
    public void To_finds_what_may_have_been_meant(string word, string? meant) => Assert.Equal(meant, Nearest.To(word, ["access", "connect", "sync"]));

    [Fact]
    public void Wrap_breaks_at_spaces_and_keeps_long_words_whole() =>
        Assert.Equal(["one two", "three", "fourteenletters", "x"], Wrapping.Wrap("one two three fourteenletters x", 8));

    [Theory]
    [InlineData(1, "1 team")]
    [InlineData(0, "0 teams")]
    [InlineData(1204, "1,204 teams")]
    public void Count_agrees(int count, string words) => Assert.Equal(words, Listing.Count(count, "team"));

    [Fact]
    public void And_joins_as_people_do() => Assert.Equal(["", "a", "a and b", "a, b and c"], [Listing.And([]), Listing.And(["a"]), Listing.And(["a", "b"]), Listing.And(["a", "b", "c"])]);
}
