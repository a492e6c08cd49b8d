using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Control;
using Watchbill.Sentry.Simulator.Generation;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator;

/// <summary>
/// A running simulated Sentry on 127.0.0.1. Answers the REST API under <c>/api/0/</c>, and <c>/_simulator/</c> for those who want to look
/// behind it or spoil it from another process.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly Simulation simulation;
    private readonly List<WebApplication> applications = [];

    private SimulatorServer(SimulatorOptions options) => simulation = new Simulation(options);

    /// <summary>Where clients connect, sub path included. With regions this is the control host.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Base addresses of the regions by name; empty where one host serves everything.</summary>
    public IReadOnlyDictionary<string, Uri> Regions { get; private set; } = new Dictionary<string, Uri>();

    /// <summary>The simulated state. A reset replaces it.</summary>
    public World World => simulation.World;

    public Faults Faults => simulation.Faults;

    public RequestLog RequestLog => simulation.Log;

    /// <summary>The limits in force; may be changed while running.</summary>
    public RateLimit? RateLimit
    {
        get => simulation.Limiter.Limit;
        set => simulation.Limiter.Limit = value;
    }

    /// <summary>The least time of an answer; may be changed while running.</summary>
    public TimeSpan Latency
    {
        get => simulation.Latency;
        set => simulation.Latency = value;
    }

    /// <summary>Generates the world and listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        var server = new SimulatorServer(options);
        var control = await server.ListenAsync(null, options.Port, cancellationToken);
        server.simulation.World.ControlUrl = control;
        server.BaseAddress = new Uri(control + options.SubPath.TrimEnd('/') + "/");
        if (options.Mode == SimulatorMode.MultiRegion)
        {
            await server.ListenForRegionsAsync(cancellationToken);
        }

        return server;
    }

    /// <summary>Goes back to the generated world, without faults and with an empty log.</summary>
    public void Reset() => simulation.Reset();

    public async ValueTask DisposeAsync()
    {
        foreach (var application in applications)
        {
            await application.DisposeAsync();
        }
    }

    private async Task ListenForRegionsAsync(CancellationToken cancellationToken)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var region in (string[])[WorldGenerator.FirstRegion, WorldGenerator.SecondRegion])
        {
            urls[region] = await ListenAsync(region, 0, cancellationToken);
        }

        simulation.World.RegionUrls = urls;
        Regions = urls.ToDictionary(pair => pair.Key, pair => new Uri(pair.Value + "/"), StringComparer.Ordinal);
    }

    private async Task<string> ListenAsync(string? region, int port, CancellationToken cancellationToken)
    {
        // The usual builders read settings from the working directory and watch it: nothing here has any, and a process has few such watches.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // On a machine under load a caller may be slow for seconds; only faults may cut a connection.
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        applications.Add(application);

        // The address is known only once it listens; no request can come earlier than somebody learns it.
        RequestDelegate handle = _ => Task.CompletedTask;
        application.Run(context => handle(context));
        await application.StartAsync(cancellationToken);
        var url = application.Urls.Single().TrimEnd('/');
        handle = Handler(new Host(region, url));
        return url;
    }

    private RequestDelegate Handler(Host host)
    {
        var pipeline = new RequestPipeline(simulation, host);
        var control = new ControlPlane(simulation);
        return context => context.Request.Path.StartsWithSegments("/_simulator", out var rest)
            ? control.HandleAsync(context, rest)
            : pipeline.HandleAsync(context);
    }
}
