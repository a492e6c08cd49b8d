using System.Net;
using System.Net.Sockets;

namespace Watchbill.Sentry.Transport;

/// <summary>
/// Says which addresses may be talked to. A configured host name could point at the cloud's metadata service or at the inside of a network, and
/// an administrator of this product need not be one there.
/// </summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("255.255.255.255/32"), IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("240.0.0.0/4"), IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fec0::/10"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Allows(IPAddress address, bool allowPrivateNetworks)
    {
        var plain = Unwrap(address);
        return !Array.Exists(Never, network => network.Contains(plain))
            && (allowPrivateNetworks || !Array.Exists(Private, network => network.Contains(plain)));
    }

    /// <summary>An IPv4 address can hide inside an IPv6 one, mapped or translated.</summary>
    private static IPAddress Unwrap(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } when Translated.Contains(address) => new(address.GetAddressBytes().AsSpan(12)),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new(address.GetAddressBytes()),
        _ => address,
    };
}
