namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>Where an endpoint lives when Sentry runs in several regions.</summary>
internal enum Silo
{
    /// <summary>In the region that holds the organization. The control host passes calls on.</summary>
    Cell,

    /// <summary>On the control host only; a cell answers 404 without a body.</summary>
    Control,

    /// <summary>Everywhere, with the answer of that place.</summary>
    All,
}

/// <summary>One listening address of the simulator.</summary>
/// <param name="Region">Name of the region for a cell; null for the control host, and for the only host when there are no regions.</param>
/// <param name="Url">Without trailing slash.</param>
internal sealed record Host(string? Region, string Url);
