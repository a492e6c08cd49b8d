using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Assistants;
using Watchbill.Contracts.Client;
using Watchbill.Server.Web;

namespace Watchbill.Server.Assistants;

/// <summary>
/// Assistants over HTTP. What they ask goes to this server's own API with the token that they came with: their rights, the refusals and what the audit log notes are those of
/// any other program with that token, and there is no second way in.
/// </summary>
internal static class AssistantHosting
{
    public static void AddAssistants(this IServiceCollection services)
    {
        services.AddSingleton<OwnApi>();
        services.AddScoped(static provider => provider.GetRequiredService<OwnApi>().As(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        services.AddAssistantServer().WithHttpTransport(static transport => transport.Stateless = true);
    }

    public static void MapAssistants(this IEndpointRouteBuilder routes) => routes.MapMcp(Addresses.Assistants).RequireAuthorization().ExcludeFromDescription();

    /// <summary>This server's API, as it is reached from here.</summary>
    private sealed class OwnApi(IServer server) : IDisposable
    {
        private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

        /// <summary>As whoever sent a request: by its token, and by nothing else that a browser sends along.</summary>
        public WatchbillClient As(HttpContext context)
        {
            var client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = Address() };
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
            return new WatchbillClient(client);
        }

        public void Dispose() => _handler.Dispose();

        /// <summary>Whoever listens everywhere is reached at this machine.</summary>
        private Uri Address()
        {
            var address = new UriBuilder(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            {
                address.Host = ip.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]";
            }

            return address.Uri;
        }
    }
}
