using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Every address that a server answers, found where it routes: none can be forgotten.</summary>
internal sealed record RouteTable(string Method, string Pattern)
{
    /// <summary>A path that fits, about things that do not exist.</summary>
    public string Path => "/" + string.Join('/', Pattern.Trim('/').Split('/').Select(Filled));

    public bool IsWrite => Method is not ("GET" or "HEAD");

    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>For identity providers, with the token of a directory: the endpoints look at it themselves, and let nobody else in.</summary>
    public bool IsScim => Pattern.StartsWith("/scim/", StringComparison.Ordinal);

    /// <summary>Anybody may call it.</summary>
    public required bool IsOpen { get; init; }

    public static IReadOnlyList<RouteTable> Of(ServedOrganization served) =>
    [
        .. served.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Routes).Distinct()
            .OrderBy(static route => route.Pattern, StringComparer.Ordinal).ThenBy(static route => route.Method, StringComparer.Ordinal),
    ];

    /// <summary>A step with something in the place of its parameter; what stands behind it stays, as in <c>{connector:long}.zip</c>.</summary>
    private static string Filled(string step) =>
        step is not ['{', ..] || step.IndexOf('}') is not (> 0 and var end) ? step
        : (step[..end].Contains(":long", StringComparison.Ordinal) || step[..end].Contains(":int", StringComparison.Ordinal) ? "999999" : "nothing") + step[(end + 1)..];

    private static IEnumerable<RouteTable> Routes(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        var pattern = string.Create(CultureInfo.InvariantCulture, $"/{endpoint.RoutePattern.RawText?.Trim('/')}");
        return methods.Where(static method => method is not "HEAD").Select(method => new RouteTable(method, pattern) { IsOpen = !pattern.StartsWith("/scim/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null });
    }
}
