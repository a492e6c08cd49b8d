using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;

namespace Watchbill.Server.Web;

/// <summary>
/// Where people come by https, a proxy ends it and asks this server by http. Whoever is told the public address knows that much without the proxy's word: cookies are
/// for https only, and no page is made for http.
/// </summary>
internal static class PublicScheme
{
    public static void UsePublicScheme(this IApplicationBuilder app)
    {
        var address = app.ApplicationServices.GetRequiredService<PublicAddress>();
        app.Use((context, next) =>
        {
            if (address.IsHttps)
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
            }

            return next(context);
        });
    }
}
