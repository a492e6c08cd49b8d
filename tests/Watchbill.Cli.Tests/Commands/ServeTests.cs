using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>The server as a process: it says where it is, ends when told to, and goes on after it was killed.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("watchbill.db");

    [Fact]
    public async Task It_says_where_it_answers_and_ends_when_told_to()
    {
        using var serve = Start();
        var address = await AddressAsync(serve);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
        using var page = await client.GetAsync("/sources");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);

        using var term = Process.Start("kill", ["-TERM", $"{serve.Id}"]);
        await serve.WaitForExitAsync();
        Assert.Equal(0, serve.ExitCode);
    }

    [Fact]
    public async Task A_killed_server_goes_on_with_its_run_at_the_next_start()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = new OrganizationSize(Members: 240, Teams: 60, Projects: 40, AuditRows: 10) });
        await using var product = Compose();
        var connector = await ConnectAsync(sentry, product);
        sentry.Latency = TimeSpan.FromMilliseconds(150);
        Assert.True((await product.GetRequiredService<RequestSync>().RunAsync(connector, mode: null, Caller.System, default)).Succeeded);
        var standings = product.GetRequiredService<ConnectorStandings>();
        using (var serve = Start())
        {
            await AddressAsync(serve);
            await UntilAsync(async () => await StateAsync(standings, connector) is ConnectorState.Syncing && sentry.RequestLog.Total > 20);
            serve.Kill();
            await serve.WaitForExitAsync();
        }

        Assert.Equal(ConnectorState.Syncing, await StateAsync(standings, connector));
        sentry.Latency = TimeSpan.Zero;
        using var next = Start();
        await AddressAsync(next);
        await UntilAsync(async () => await StateAsync(standings, connector) is ConnectorState.Connected);

        var runs = (await product.GetRequiredService<ConnectorQueries>().RunsAsync(connector, 10, Caller.System, default)).Value;
        Assert.Equal([SyncRunState.Succeeded, SyncRunState.Interrupted], runs.Select(static run => run.State));
        next.Kill();
    }

    [Theory]
    [InlineData("https://127.0.0.1:8484", "reverse proxy")]
    [InlineData("sentry", "no address to listen at")]
    [InlineData("http://watchbill.example.com", "is a name")]
    [InlineData("http://127.0.0.1:8484/path", "no address to listen at")]
    public async Task An_address_that_cannot_be_listened_at_is_explained(string address, string sentence)
    {
        using var line = new CommandLine();

        var finished = await line.RunAsync("serve", "--listen", address);

        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains(sentence, finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_explained()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var line = new CommandLine();

        var finished = await line.RunAsync("serve", "--listen", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains("is taken by another program", finished.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ServiceProvider Compose()
    {
        var address = DatabaseAddress.Sqlite(Database);
        Migrator.Migrate(address);
        return new ServiceCollection().AddWatchbill(address, Path.ChangeExtension(Database, ".keys")).BuildServiceProvider();
    }

    private static async Task<ConnectorId> ConnectAsync(SimulatorServer sentry, ServiceProvider product)
    {
        var acme = sentry.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read"])));
        var input = new ConnectInput
        {
            Name = "Acme",
            Address = sentry.BaseAddress.AbsoluteUri,
            OrganizationSlug = "acme",
            Token = token,
            BudgetShare = 1,
            AllowPrivateNetworks = true,
        };
        return (await product.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, default)).Value.Connector.Id;
    }

    private static async Task<ConnectorState> StateAsync(ConnectorStandings standings, ConnectorId connector) =>
        (await standings.WatchAsync(connector, Caller.System, default)).Value.Connector.State;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Moment.PassAsync();
        }
    }

    private static async Task<Uri> AddressAsync(Process serve)
    {
        var line = await serve.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await serve.StandardError.ReadToEndAsync());

        // Log lines follow; somebody must read them, or the pipe fills up.
        _ = serve.StandardOutput.ReadToEndAsync();
        _ = serve.StandardError.ReadToEndAsync();
        return new Uri(line.Split(' ')[3]);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Watchbill.Cli.dll"), "serve", "--listen", "http://127.0.0.1:0", "--database", $"sqlite:{Database}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
