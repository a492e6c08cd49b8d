namespace Watchbill.Connectors.Preflight;

/// <summary>What to probe.</summary>
/// <param name="Address">Where Sentry is, as a person typed it.</param>
/// <param name="OrganizationSlug">The organization's slug.</param>
/// <param name="Token">The token; used for the probes and forgotten.</param>
/// <param name="AllowPrivateNetworks">Whether loopback and private address ranges may be called.</param>
public sealed record PreflightRequest(string Address, string OrganizationSlug, string Token, bool AllowPrivateNetworks)
{
    /// <inheritdoc/>
    public override string ToString() => $"{OrganizationSlug} at {Address}";
}
