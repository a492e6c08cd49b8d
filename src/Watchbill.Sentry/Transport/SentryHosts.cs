using System.Collections.Concurrent;

namespace Watchbill.Sentry.Transport;

/// <summary>The hosts the token may be sent to: the configured one, and on sentry.io the regions and the apex.</summary>
internal sealed class SentryHosts(Uri baseAddress)
{
    private static readonly Uri Apex = new("https://sentry.io/");

    private readonly ConcurrentDictionary<string, Uri> _regions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where to send a request, in order; a later host is asked only when an earlier one does not serve the path.</summary>
    public IReadOnlyList<Uri> For(SentryRequest request)
    {
        var region = request.Org is not null && _regions.TryGetValue(request.Org, out var known) ? known : null;
        Uri[] hosts = request.Silo switch
        {
            Silo.Cell => [region ?? baseAddress],
            Silo.ControlOrCell when region is not null => [.. ControlHosts(), region],
            _ => ControlHosts(),
        };
        return hosts.Length > 1 ? [.. hosts.Distinct()] : hosts;
    }

    /// <summary>Takes the region Sentry names for an organization, if the token may go there.</summary>
    public (Uri Address, string? Warning) Adopt(string org, string? regionUrl)
    {
        if (string.IsNullOrEmpty(regionUrl))
        {
            return (baseAddress, null);
        }
        if (!Uri.TryCreate(regionUrl, UriKind.Absolute, out var region))
        {
            return (baseAddress, "Sentry names a region that is no address; all requests stay on the configured host.");
        }
        if (region.Host.Equals(baseAddress.Host, StringComparison.OrdinalIgnoreCase))
        {
            return (baseAddress, null);
        }
        if (!MayHoldToken(region))
        {
            return (baseAddress, $"Sentry names the region {region.Host}, which is not under the configured host; all requests stay on {baseAddress.Host}.");
        }
        var address = new Uri($"https://{region.Host}/");
        _regions[org] = address;
        return (address, null);
    }

    /// <summary>Regions of sentry.io answer paths of the control part with an empty 404; the apex serves them.</summary>
    private Uri[] ControlHosts() => SentryAddress.IsSentryCloud(baseAddress.Host) && baseAddress != Apex ? [baseAddress, Apex] : [baseAddress];

    private bool MayHoldToken(Uri region) =>
        region is { Scheme: "https", IsDefaultPort: true, UserInfo.Length: 0 }
        && SentryAddress.IsSentryCloud(region.Host) && SentryAddress.IsSentryCloud(baseAddress.Host);
}
