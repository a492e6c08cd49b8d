using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Routes;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator;

/// <summary>What all listening addresses of one simulator share.</summary>
internal sealed class Simulation
{
    public Simulation(SimulatorOptions options)
    {
        Options = options;
        World = World.Generate(options);
        Limiter = new RateLimiter(options.Clock) { BareStringBody = options.BareStringRateLimitBody };
        Restore();
    }

    public SimulatorOptions Options { get; }

    public World World { get; private set; }

    public Faults Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public RateLimiter Limiter { get; }

    public RouteTree Routes { get; } = new(RouteTable.All);

    public TimeSpan Latency { get; set; }

    public TimeSpan Jitter { get; set; }

    /// <summary>Goes back to the start: the generated world, no faults, an empty log, the options' limits.</summary>
    public void Reset()
    {
        var (control, regions) = (World.ControlUrl, World.RegionUrls);
        World = World.Generate(Options);
        (World.ControlUrl, World.RegionUrls) = (control, regions);
        Faults.Clear();
        Log.Clear();
        Limiter.Reset();
        Restore();
    }

    private void Restore()
    {
        (Latency, Jitter) = (Options.Latency, Options.Jitter);
        Limiter.Limit = Options.Mode == SimulatorMode.SelfHosted ? null : Options.RateLimit;
    }
}
