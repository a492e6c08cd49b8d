using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Watchbill.Server.Web;

/// <summary>
/// Endpoints that are mapped and built when the first request comes to one of them, and stay what they are. The framework's own sources build theirs anew each
/// time they are asked, and compile the reading of every parameter of every address.
/// </summary>
/// <param name="routes">Where they are to be found.</param>
/// <param name="map">Maps them; called once.</param>
internal sealed class EndpointsOnDemand(IEndpointRouteBuilder routes, Action<IEndpointRouteBuilder> map) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() =>
    {
        var mapped = new Mapped(routes);
        map(mapped);
        return [.. mapped.DataSources.SelectMany(static source => source.Endpoints)];
    });

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>They never change.</summary>
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Collects what is mapped.</summary>
    private sealed class Mapped(IEndpointRouteBuilder routes) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => routes.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => routes.CreateApplicationBuilder();
    }
}
