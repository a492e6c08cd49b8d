namespace Watchbill.Sentry.Tests;

public sealed class SentryAddressTests
{
    [Theory]
    [InlineData("sentry.io", "https://sentry.io/")]
    [InlineData("  de.sentry.io/ ", "https://de.sentry.io/")]
    [InlineData("https://de.sentry.io", "https://de.sentry.io/")]
    [InlineData("https://SENTRY.IO/api/0/", "https://sentry.io/")]
    [InlineData("http://sentry.example.org:9000", "http://sentry.example.org:9000/")]
    [InlineData("localhost:9000", "https://localhost:9000/")]
    [InlineData("https://tools.example.org/sentry", "https://tools.example.org/sentry/")]
    [InlineData("https://tools.example.org/sentry/api/0", "https://tools.example.org/sentry/")]
    [InlineData("http://[::1]:9000/", "http://[::1]:9000/")]
    public void Parse_WhatPeopleType_IsAnAddress(string text, string expected) => Assert.Equal(expected, SentryAddress.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ftp://sentry.io")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript://sentry.io")]
    [InlineData("https://user:secret@sentry.example.org")]
    [InlineData("https://sentry.io@evil.example.org")]
    [InlineData("https://sentry.example.org/?next=1")]
    [InlineData("https://sentry.example.org/#x")]
    [InlineData("https://sentry.io/organizations/acme/")]
    [InlineData("http://sentry.io")]
    [InlineData("sentry io")]
    [InlineData("https://sentry.io\\@evil.example.org")]
    [InlineData("https://")]
    public void Parse_WhatIsNoBaseAddress_IsRefused(string text) => Assert.Throws<FormatException>(() => SentryAddress.Parse(text));

    [Fact]
    public void Client_ChecksAnAddressMadeByHand()
    {
        var options = new SentryClientOptions { BaseAddress = new("https://user@sentry.example.org/"), Token = SentryToken.Parse(Scene.Secret) };

        Assert.Throws<FormatException>(() => new SentryClient(options).Dispose());
    }
}
