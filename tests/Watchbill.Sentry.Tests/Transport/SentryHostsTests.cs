using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class SentryHostsTests
{
    private static readonly SentryRequest Members = SentryRequest.ToCell("acme", "members/");
    private static readonly SentryRequest AuditLogs = SentryRequest.ToControl("acme", "audit-logs/");
    private static readonly SentryRequest AuthProvider = SentryRequest.ToControlOrCell("acme", "auth-provider/");

    [Theory]
    [InlineData("https://sentry.io/", "https://de.sentry.io")]
    [InlineData("https://us.sentry.io/", "https://de.sentry.io/")]
    [InlineData("https://sentry.io/", "https://us2.sentry.io")]
    public void Adopt_RegionOfSentryCloud_TakesTheOrganizationsData(string configured, string region)
    {
        var hosts = new SentryHosts(new(configured));

        var (address, warning) = hosts.Adopt("acme", region);

        Assert.Null(warning);
        Assert.Equal(address, Assert.Single(hosts.For(Members)));
        Assert.Equal(new Uri(configured), hosts.For(AuditLogs)[0]);
        Assert.Equal(address, hosts.For(AuthProvider)[^1]);
        Assert.Equal(new Uri(configured), Assert.Single(hosts.For(SentryRequest.ToCell("other", "members/"))));
    }

    [Theory]
    [InlineData("https://sentry.io/", "http://de.sentry.io")]
    [InlineData("https://sentry.io/", "https://de.sentry.io:8443")]
    [InlineData("https://sentry.io/", "https://user@de.sentry.io")]
    [InlineData("https://sentry.io/", "https://sentry.io.example.org")]
    [InlineData("https://sentry.io/", "https://evilsentry.io")]
    [InlineData("https://sentry.io/", "not an address")]
    [InlineData("https://sentry.example.org/", "https://de.sentry.io")]
    [InlineData("https://sentry.example.org/", "https://other.example.org")]
    [InlineData("https://de.sentry.io.example.org/", "https://us.sentry.io")]
    public void Adopt_RegionTheTokenMustNotGoTo_IsIgnoredWithAWarning(string configured, string region)
    {
        var hosts = new SentryHosts(new(configured));

        var (address, warning) = hosts.Adopt("acme", region);

        Assert.NotNull(warning);
        Assert.Equal(new Uri(configured), address);
        Assert.Equal(new Uri(configured), Assert.Single(hosts.For(Members)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://sentry.example.org")]
    public void Adopt_NoOtherHost_ChangesNothing(string? region) =>
        Assert.Equal((new Uri("https://sentry.example.org/sub/"), null), new SentryHosts(new("https://sentry.example.org/sub/")).Adopt("acme", region));

    [Fact]
    public void For_ControlPathOnARegionHost_FallsBackToTheApex() =>
        Assert.Equal([new("https://de.sentry.io/"), new Uri("https://sentry.io/")], new SentryHosts(new("https://de.sentry.io/")).For(AuditLogs));

    [Fact]
    public void On_BaseWithASubPath_Appends() =>
        Assert.Equal("https://tools.example.org/sentry/api/0/organizations/acme/members/", Members.On(new("https://tools.example.org/sentry/")).AbsoluteUri);
}
