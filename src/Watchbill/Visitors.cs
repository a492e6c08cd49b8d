using Microsoft.AspNetCore.Http;
using Watchbill.People;

namespace Watchbill;

/// <summary>Where requests come from.</summary>
public static class Visitors
{
    /// <summary>Where this one comes from. Behind a proxy that is trusted, the address that the proxy names.</summary>
    public static Visitor Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Visitor(AddressOf(context), context.Request.Headers.UserAgent.ToString());
    }

    /// <summary>The IP address; null when not known.</summary>
    public static string? AddressOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = context.Connection.RemoteIpAddress;
        return address is null ? null : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
