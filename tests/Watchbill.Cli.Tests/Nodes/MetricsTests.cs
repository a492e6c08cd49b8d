using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>What a process tells Prometheus. Meters are the process's, so it is one of its own.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Prometheus_finds_every_series_of_the_dashboard_at_an_address_of_its_own()
    {
        var port = FreePort();
        await using var cluster = await Cluster.StartAsync(nodes: 1, ("WATCHBILL_METRICS_LISTEN", $"http://127.0.0.1:{port}"));
        await cluster.ConnectAsync();
        cluster.Sentries[0].RateLimit = new RateLimit(400, TimeSpan.FromSeconds(1), 100);
        await cluster.ReadAndOpenAsync();
        var leaver = cluster.Sentries[0].World.Organization("acme").Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        ServedPeople.Must(await cluster.Product.GetRequiredService<RequestChange>().RunAsync(
            new ConnectorId(1), new IntendedChange(ChangeKind.RemoveMember) { Member = $"{leaver.Id}" }, "Left", Caller.System, default));
        await cluster.AskForSyncsAsync();
        var link = ServedPeople.Must(await cluster.Product.GetRequiredService<SignInLink>().IssueAsync("Ada", "ada@example.com", ServedPeople.Operator, default)).Address;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = cluster.Nodes[0].Address };
        using var signedIn = await Forms.PostAsync(browser, link.PathAndQuery, "sign-in-link", new Dictionary<string, string>());
        using var prometheus = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var dashboard = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "deploy", "grafana-dashboard.json"));
        var wanted = Series().Matches(dashboard).Select(static match => match.Value).Distinct().ToList();
        Assert.InRange(wanted.Count, 12, 40);
        var found = "";
        for (var tries = 0; wanted.Where(series => !found.Contains(series, StringComparison.Ordinal)).ToList() is { Count: > 0 } missing; tries++)
        {
            Assert.True(tries < 600, $"Missing: {string.Join(' ', missing)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            found = await prometheus.GetStringAsync("/metrics");
        }

        Assert.DoesNotContain("ada@", found, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", found, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await prometheus.GetAsync("/sign-in")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/metrics")).StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\b(?:watchbill|http_server)_[a-z_]+")]
    private static partial Regex Series();
}
