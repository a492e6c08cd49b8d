using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Connections to addresses that somebody typed in, under the rules that connections to Sentry are under.</summary>
internal static class GuardedConnections
{
    /// <summary>Follows no redirect, keeps no cookie, sends no trace, and connects only to allowed addresses.</summary>
    /// <param name="allowPrivateNetworks">Whether private networks are allowed. Addresses that give out a machine's credentials never are.</param>
    public static HttpMessageHandler HandlerFor(bool allowPrivateNetworks) => GuardedHandler.Create(allowPrivateNetworks);
}
