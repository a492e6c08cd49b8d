using Watchbill.Storage;

namespace Watchbill.Tests.Storage;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("sqlite:data/watchbill.db", "sqlite:data/watchbill.db")]
    [InlineData("SQLITE:data/watchbill.db", "sqlite:data/watchbill.db")]
    [InlineData("data/watch bill;x.db", "sqlite:data/watch bill;x.db")]
    [InlineData("postgres:Host=db.example.com;Database=watchbill;Username=me;Password=secret", "postgres:db.example.com/watchbill")]
    [InlineData("postgresql:Host=db.example.com;Database=watchbill", "postgres:db.example.com/watchbill")]
    public void Parse_ThenToString_NamesTheDatabaseWithoutCredentials(string text, string shown) => Assert.Equal(shown, DatabaseAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    [InlineData("sqlite: ")]
    [InlineData("postgres:Host=db.example.com")]
    [InlineData("postgres:Database=watchbill")]
    [InlineData("postgres:Host=db;Database=w;Port=secret-word")]
    [InlineData("postgres:secret-word")]
    [InlineData("data/\0watchbill.db")]
    public void Parse_NotAnAddress_SaysWhatIsAcceptedAndRepeatsNothing(string text)
    {
        var exception = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(text));

        Assert.DoesNotContain("secret-word", exception.Message, StringComparison.Ordinal);
    }
}
