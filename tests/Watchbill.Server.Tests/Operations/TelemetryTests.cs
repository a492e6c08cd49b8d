using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Operations;

/// <summary>What the server tells those who watch it, and what it never tells them.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_no_secret_of_a_link_nor_what_people_look_for()
    {
        await using var collector = await Collector.StartAsync();
        var settings = new Dictionary<string, string?> { ["OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTLP_PROTOCOL"] = "http", ["OTLP_HEADERS"] = "x-tenant=planted-tenant" };
        string secret;
        await using (var served = await ServedOrganization.StartAsync(settings: settings, configure: static services => services.AddSingleton(ServedPeople.Quick)))
        {
            await served.ConnectAsync();
            await served.ReadAsync();
            var link = ServedPeople.Must(await served.Get<SignInLink>().IssueAsync("Ada", "ada@example.com", ServedPeople.Operator, default)).Address;
            secret = ServedPeople.SecretOf(link);
            using var client = served.Client(Role.SuperAdministrator);
            using var signIn = await client.GetAsync(link.PathAndQuery);
            using var people = await client.GetAsync("/people?q=planted-search");
            Assert.Equal(HttpStatusCode.OK, people.StatusCode);
        }

        // Ending sends what was not sent yet.
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Bodies.Select(static body => body.Path).Distinct().Except(["/v1/logs"]).Append("/v1/logs").Order(StringComparer.Ordinal));
        var traces = string.Concat(collector.Bodies.Where(static body => body.Path == "/v1/traces").Select(static body => body.Text));
        Assert.Contains("/sign-in/link/{Secret}", traces, StringComparison.Ordinal);
        Assert.Contains("watchbill.source", traces, StringComparison.Ordinal);
        var all = string.Concat(collector.Bodies.Select(static body => body.Text));
        foreach (var planted in (string[])[secret, "planted-search", "ada@example.com"])
        {
            Assert.DoesNotContain(planted, all, StringComparison.Ordinal);
        }

        Assert.All(collector.Bodies, static body => Assert.Equal("planted-tenant", body.Tenant));
    }

    [Theory]
    [InlineData("METRICS_LISTEN", "https://0.0.0.0:9464")]
    [InlineData("METRICS_LISTEN", "9464")]
    [InlineData("OTLP_ENDPOINT", "collector")]
    [InlineData("OTLP_PROTOCOL", "carrier pigeon")]
    [InlineData("LOG_FORMAT", "xml")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string name, string value)
    {
        var problem = await Assert.ThrowsAsync<ServerSettingsException>(() => ServedOrganization.StartAsync(settings: new Dictionary<string, string?> { [name] = value }));

        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Takes what an OpenTelemetry collector takes over HTTP, and keeps it. Texts lie in its bodies as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public System.Collections.Concurrent.ConcurrentQueue<(string Path, string Tenant, string Text)> Bodies { get; } = new();

        public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._app.MapPost("/v1/{kind}", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                collector.Bodies.Enqueue((context.Request.Path, context.Request.Headers["x-tenant"].ToString(), Encoding.UTF8.GetString(body.ToArray())));
            });
            await collector._app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
