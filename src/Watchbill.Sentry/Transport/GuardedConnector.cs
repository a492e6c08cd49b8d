using System.Net;
using System.Net.Sockets;

namespace Watchbill.Sentry.Transport;

/// <summary>
/// Opens connections only to allowed addresses. It judges the address it then connects to, so a name that changes its answer in between gains nothing.
/// </summary>
internal sealed class GuardedConnector(bool allowPrivateNetworks)
{
    /// <summary>A handler that cannot be led elsewhere: no redirects, no cookies, no tracing headers, connections only to allowed addresses.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = ConnectAsync,
    };

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var allowed = await ResolveAsync(context, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Refuses an address written into the URL itself, also when a proxy would connect to it.</summary>
    public void CheckLiteral(Uri target)
    {
        if (IPAddress.TryParse(target.IdnHost, out var address) && !AddressGuard.Allows(address, allowPrivateNetworks))
        {
            throw new ForbiddenAddressException(target.Host);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var mayBePrivate = allowPrivateNetworks || IsProxy(context);
        var allowed = Array.FindAll(addresses, address => AddressGuard.Allows(address, mayBePrivate));
        return allowed.Length > 0 ? allowed : throw new ForbiddenAddressException(host);
    }

    /// <summary>The operator names the proxy, and proxies live in private networks.</summary>
    private static bool IsProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.RequestUri is { } target
        && (!target.IdnHost.Equals(context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase) || target.Port != context.DnsEndPoint.Port);
}

/// <summary>The host leads to an address this client does not talk to.</summary>
internal sealed class ForbiddenAddressException(string host) : IOException($"{host} leads to an address that is not allowed.");
