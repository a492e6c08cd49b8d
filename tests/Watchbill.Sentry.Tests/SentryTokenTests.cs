using System.Text;
using System.Text.Json;

namespace Watchbill.Sentry.Tests;

public sealed class SentryTokenTests
{
    private static readonly string Hex = new('a', 60);

    [Theory]
    [InlineData("sntryu_", SentryTokenKind.Personal)]
    [InlineData("sntryi_", SentryTokenKind.InternalIntegration)]
    [InlineData("sntrya_", SentryTokenKind.App)]
    [InlineData("sntryag_", SentryTokenKind.Agent)]
    [InlineData("", SentryTokenKind.Unknown)]
    [InlineData("tok_", SentryTokenKind.Unknown)]
    public void Parse_WholeToken_KnowsItsKind(string prefix, SentryTokenKind kind)
    {
        var token = SentryToken.Parse($"  {prefix}{Hex}0a1b\r\n");

        Assert.Equal((kind, "0a1b", false), (token.Kind, token.LastFour, token.LooksTruncated));
        Assert.Equal($"{prefix}{Hex}0a1b", token.Reveal());
    }

    [Theory]
    [InlineData("sntryu_abcdef0123")]
    [InlineData("sntryi_")]
    [InlineData("sntrya_zzzz")]
    [InlineData("sntrys_")]
    [InlineData("sntrys_eyJvcmciOiJhY21lIn0")]
    [InlineData("sntrys_eyJvcmciOiJhY21lIn0_short")]
    [InlineData("sntrys_not-base64-json_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_PieceOfAToken_LooksTruncated(string text) => Assert.True(SentryToken.Parse(text).LooksTruncated);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("sntryu_ab cd")]
    [InlineData("sntryu_ab\tcd")]
    [InlineData("sntryu_ab\ncd")]
    [InlineData("sntryu_ab\u0007cd")]
    [InlineData("sntryu_ab\u00e9cd")]
    [InlineData("sntryu_ab\u200bcd")]
    public void Parse_WhatNoHeaderCarries_IsRefused(string text) => Assert.Throws<FormatException>(() => SentryToken.Parse(text));

    [Fact]
    public void Parse_LongestAllowed_IsReadAndOneMoreIsNot()
    {
        Assert.Equal(SentryTokenKind.Unknown, SentryToken.Parse(new string('x', 4096)).Kind);
        Assert.Throws<FormatException>(() => SentryToken.Parse(new string('x', 4097)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parse_OrganizationToken_TellsOrganizationAndRegion(bool padded)
    {
        var json = JsonSerializer.Serialize(new { iat = 1, url = "https://sentry.io", region_url = "https://de.sentry.io", org = "acme??>" });
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

        var token = SentryToken.Parse($"sntrys_{(padded ? body : body.TrimEnd('='))}_{new string('A', 43)}");

        Assert.Equal((SentryTokenKind.Organization, "acme??>", "https://de.sentry.io", false),
            (token.Kind, token.OrganizationSlug, token.RegionUrl, token.LooksTruncated));
    }

    [Fact]
    public void Parse_OrganizationTokenCutOff_StillTellsTheOrganization()
    {
        var body = Convert.ToBase64String("""{"org":"acme"}"""u8);

        var token = SentryToken.Parse($"sntrys_{body}");

        Assert.Equal(("acme", true), (token.OrganizationSlug, token.LooksTruncated));
    }

    [Fact]
    public void NothingPublic_ShowsTheSecret()
    {
        var token = SentryToken.Parse(Scene.Secret);

        Assert.DoesNotContain(Scene.Secret, $"{token} {JsonSerializer.Serialize(token)}");
        Assert.Contains("0a1b", token.ToString());
    }

    [Fact]
    public void LastFour_OfAShortToken_IsEmpty() => Assert.Equal("", SentryToken.Parse("abcdefgh").LastFour);
}
