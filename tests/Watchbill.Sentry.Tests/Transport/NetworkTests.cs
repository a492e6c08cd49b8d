using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class NetworkTests
{
    [Fact]
    public async Task SlowDrip_EndsAtTheTimeout()
    {
        await using var scene = await Scene.StartAsync(DripAsync, options => options with { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.Timeout, failure.Kind);
    }

    [Fact]
    public async Task SilentServer_EndsAtTheTimeout()
    {
        await using var scene = await Scene.StartAsync(
            context => Forever(context.RequestAborted), options => options with { RequestTimeout = TimeSpan.FromMilliseconds(200) });

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Equal(SentryFailureKind.Timeout, failure.Kind);
    }

    [Fact]
    public async Task Cancellation_PassesThroughAsSuch()
    {
        using var stop = new CancellationTokenSource();
        await using var scene = await Scene.StartAsync(async context =>
        {
            await stop.CancelAsync();
            await Forever(context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Client.Root.GetApiIndexAsync(stop.Token));
    }

    [Fact]
    public async Task BodyThatBreaksInTheMiddle_IsReadAgain()
    {
        await using var scene = await Scene.StartAsync(
            [BreakAsync, Answer(200, """[{"id":"1"},{"id":"2"}]""")],
            options => options with { MaxAttempts = 2, Clock = new ImpatientClock(), RequestTimeout = TimeSpan.FromHours(1) });

        var members = await scene.Client.Members.List("acme").ToListAsync();

        Assert.Equal(["1", "2"], members.Select(member => member.Id));
        Assert.Equal([SentryFailureKind.Network, null], scene.Exchanges.Select(exchange => exchange.Failure));
        Assert.Equal(1, scene.Client.Statistics.Retries);
    }

    [Fact]
    public async Task BodyThatAlwaysBreaks_IsANetworkFailure()
    {
        await using var scene = await Scene.StartAsync(BreakAsync);

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.Network, failure.Kind);
    }

    [Fact]
    public async Task NothingListens_IsConnectionRefused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal(SentryFailureKind.ConnectionRefused, await FailureOfAsync($"http://127.0.0.1:{port}"));
    }

    [Fact]
    public async Task NameThatDoesNotExist_IsNameNotResolved() =>
        Assert.Equal(SentryFailureKind.NameNotResolved, await FailureOfAsync("http://no-such-host.invalid"));

    [Fact]
    public async Task TlsToAServerWithoutIt_IsATlsFailure()
    {
        await using var scene = await Scene.StartAsync(Answer(200, "{}"));

        Assert.Equal(SentryFailureKind.Tls, await FailureOfAsync($"https://127.0.0.1:{scene.Server.Address.Port}"));
    }

    private static async Task<SentryFailureKind> FailureOfAsync(string address)
    {
        using var client = Scene.ClientAt(address);
        return (await Assert.ThrowsAsync<SentryException>(() => client.Root.GetApiIndexAsync())).Kind;
    }

    private static async Task BreakAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("""[{"id":"1"},{"id":""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task DripAsync(HttpContext context)
    {
        await context.Response.WriteAsync("[");
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task Forever(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        await using (cancellationToken.Register(never.SetResult))
        {
            await never.Task;
        }
    }
}
