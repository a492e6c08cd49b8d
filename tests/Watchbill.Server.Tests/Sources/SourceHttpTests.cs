using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Sources;

/// <summary>The pages of sources over HTTP: who may, what cannot be right, what is never told.</summary>
public sealed class SourceHttpTests(SourceHttpTests.Read read) : IClassFixture<SourceHttpTests.Read>
{
    [Theory]
    [InlineData("/sources", Role.Member)]
    [InlineData("/sources/1", Role.Member)]
    [InlineData("/sources/1/runs/1", Role.Member)]
    [InlineData("/events/connectors/1", Role.Member)]
    [InlineData("/sources/new", Role.Auditor)]
    [InlineData("/sources/new/sentry", Role.Auditor)]
    [InlineData("/sources/1/edit", Role.AccessManager)]
    [InlineData("/sources/1/token", Role.ComplianceManager)]
    [InlineData("/sources/1/remove", Role.Auditor)]
    public async Task Whoever_lacks_the_right_is_refused(string address, Role role)
    {
        using var client = read.Served.Client(role);

        using var answer = await client.GetAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_reader_sees_no_button_and_a_form_of_theirs_is_refused_by_the_use_case()
    {
        using var client = read.Served.Client(Role.Auditor);
        using var shown = await client.GetAsync("/sources/1");
        var page = await Forms.ReadAsync(shown);
        Assert.Empty(page.QuerySelectorAll("main form"));

        // The proof of another form of the page (signing out) is good for any form of this person.
        using var answer = await Forms.PostAsync(client, "/sources/1", "act", new Dictionary<string, string> { ["then"] = "pause" });

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(ConnectorState.Connected, (await read.Served.Get<ConnectorQueries>().FindAsync("Acme", Caller.System, default)).Value.State);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var client = read.Served.Client(Role.IntegrationAdministrator);
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "act", ["then"] = "pause" });

        using var answer = await client.PostAsync("/sources/1", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sources/abc", 404)]
    [InlineData("/sources/0", 404)]
    [InlineData("/sources/-1", 404)]
    [InlineData("/sources/99999999999999999999999", 404)]
    [InlineData("/sources/1/runs/99", 404)]
    [InlineData("/sources/1/runs/x", 404)]
    [InlineData("/sources/2/runs/1", 404)]
    [InlineData("/sources/1?all=perhaps&page=x", 200)]
    [InlineData("/sources/1/runs/1?page=-5&outcome=%3Cscript%3E&scope=%00%01", 200)]
    [InlineData("/sources/1/runs/1?page=99999999999999&outcome=7", 200)]
    [InlineData("/sources/new/sentry?draft=%00", 200)]
    [InlineData("/sources/new/sentry?draft=aaaaaaaaaaaaaaaaaaaaaaaa", 200)]
    [InlineData("/sources/new/sentry/x", 404)]
    [InlineData("/sources/new/sentry/aaaaaaaaaaaaaaaaaaaaaaaa", 404)]
    [InlineData("/sources/1/token/..%2f..%2f", 404)]
    [InlineData("/sources/9/edit", 404)]
    [InlineData("/sources/9/token", 404)]
    [InlineData("/sources/9/remove", 404)]
    [InlineData("/events/connectors/x", 404)]
    public async Task What_cannot_be_right_is_answered_with_a_page(string address, int status)
    {
        using var client = read.Served.Client(Role.SuperAdministrator);

        using var answer = await client.GetAsync(address);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_part_is_sent_as_a_stream_and_a_page_that_is_over_is_loaded_anew()
    {
        using var client = read.Served.Client(Role.Auditor);

        await using var stream = await client.GetStreamAsync(new Uri("/events/connectors/1", UriKind.Relative));
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync();
        var over = await client.GetStringAsync("/events/connectors/1?seen=Syncing-1");
        var gone = await client.GetStringAsync("/events/connectors/77");

        Assert.StartsWith("data: ", first, StringComparison.Ordinal);
        Assert.Contains("event: reload", over, StringComparison.Ordinal);
        Assert.Contains("event: reload", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_in_no_page_and_no_line_of_the_log()
    {
        using var log = new KeptLog();
        await using var served = await ServedOrganization.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(log).Configure<LoggerFilterOptions>(static filter =>
        {
            filter.Rules.Clear();
            filter.MinLevel = LogLevel.Trace;
        }));
        using var client = served.Client(Role.IntegrationAdministrator);
        var fields = new Dictionary<string, string>
        {
            ["name"] = "Acme",
            ["place"] = "self-hosted",
            ["own-address"] = served.Sentry.BaseAddress.AbsoluteUri,
            ["slug"] = "acme",
            ["token"] = served.Token,
            ["schedule"] = "hourly",
            ["share"] = "100",
            ["private-networks"] = "yes",
            ["then"] = "try",
        };

        using var tried = await Forms.PostAsync(client, "/sources/new/sentry", "connect", fields);
        var address = tried.Headers.Location!.OriginalString;
        var probes = await client.GetStringAsync(address);
        var corrected = await client.GetStringAsync($"/sources/new/sentry?draft={address.Split('/')[^1]}");
        using var saved = await Forms.PostAsync(client, address, "preflight", new Dictionary<string, string> { ["then"] = "save" });
        var page = await client.GetStringAsync(saved.Headers.Location);

        Assert.Contains(served.Token[^4..], probes, StringComparison.Ordinal);
        Assert.All((string[])[probes, corrected, page, address, .. log.Lines], text => Assert.DoesNotContain(served.Token, text, StringComparison.Ordinal));
        Assert.NotEmpty(log.Lines);
    }

    /// <summary>A source that was read once.</summary>
    public sealed class Read : IAsyncLifetime
    {
        public ServedOrganization Served { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Served = await ServedOrganization.StartReadAsync();

        public ValueTask DisposeAsync() => Served.DisposeAsync();
    }
}
