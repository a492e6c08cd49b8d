using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Server.Web;
using Watchbill.Storage;

namespace Watchbill.Server;

/// <summary>A running server: console, API, schedules, on one database.</summary>
public sealed class WatchbillServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WatchbillServer(WebApplication app, Uri listening, Uri address)
    {
        _app = app;
        Listening = listening;
        Address = address;
    }

    /// <summary>Where it listens, with the real port.</summary>
    public Uri Listening { get; }

    /// <summary>Where people reach it.</summary>
    public Uri Address { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Brings the database up to date and begins to answer.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="configure">More services, added last; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be used; the message says why.</exception>
    public static async Task<WatchbillServer> StartAsync(ServerOptions options, Action<IServiceCollection>? configure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        WatchbillServices.Model.Prepare();
        Migrator.Migrate(options.Database);
        var app = ServerComposition.Build(options, configure);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var listening = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new WatchbillServer(app, listening, options.PublicAddress ?? listening);
    }

    /// <summary>Answers until the process is told to end, or <paramref name="cancellationToken"/> says so, and <see cref="ServerOptions.Drain"/> longer.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = cancellationToken.Register(() => ended.TrySetResult());
        await using var stopping = _app.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
        await _app.Services.GetRequiredService<Drain>().BeginAsync();
    }

    /// <summary>Finishes the requests under way and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
