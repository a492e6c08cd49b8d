namespace Watchbill.Sentry.Simulator;

/// <summary>Which deployment of Sentry is simulated.</summary>
public enum SimulatorMode
{
    /// <summary>One host that behaves like the hosted service without regions: rate limits apply, the billing role exists.</summary>
    Single,

    /// <summary>A control host that is also the gateway, and one cell per region on an own port.</summary>
    MultiRegion,

    /// <summary>One host, no rate limiting, no billing role.</summary>
    SelfHosted,
}
