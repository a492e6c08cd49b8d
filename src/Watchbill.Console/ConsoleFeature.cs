using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Console.Assets;
using Watchbill.Console.Pages.Compliance;
using Watchbill.Console.Pages.Engagements;
using Watchbill.Console.Pages.Evidence;
using Watchbill.Console.Pages.Explore;
using Watchbill.Console.Pages.Requests;
using Watchbill.Console.Pages.Reviews;
using Watchbill.Console.Pages.People;
using Watchbill.Console.Pages.Sources;
using Watchbill.Console.SignedIn;
using Watchbill.People;

namespace Watchbill.Console;

/// <summary>The web console: pages rendered on the server, without circuits.</summary>
public static class ConsoleFeature
{
    /// <summary>Registers what pages need.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        return services
            .AddSingleton<ConsoleAssets>()
            .AddSingleton<SourceActions>()
            .AddScoped<Shared.LiveParts>()
            .AddScoped<SourceEvents>()
            .AddScoped<EvidenceEvents>()
            .AddScoped<Shared.ChosenConnector>()
            .AddScoped<Download>()
            .AddScoped<EvidenceFiles>()
            .AddScoped<CheckFiles>()
            .AddScoped<ActionFiles>()
            .AddScoped<RequestFiles>()
            .AddScoped<ChangeFiles>()
            .AddSingleton<SessionCookie>()
            .AddScoped<Entry>()
            .AddScoped<CurrentCaller>();
    }

    /// <summary>Reads, for whoever may see it, which organization a page is about. After authorization.</summary>
    public static void UseConsole(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.Features.Get<SignedInCaller>() is { } me && me.Caller.May(Right.ReadAccess) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            await context.RequestServices.GetRequiredService<Shared.ChosenConnector>().LoadAsync(context.RequestAborted);
        }

        await next(context);
    });

    /// <summary>Maps pages, files and downloads.</summary>
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapExploreDownloads();
        routes.MapReviewDownloads();
        routes.MapEvidenceFiles();
        routes.MapCheckFiles();
        routes.MapActionFiles();
        routes.MapFrameworkFiles();
        routes.MapPackFile();
        routes.MapEngagementFiles();
        routes.MapRequestFiles();
        routes.MapEvidenceEvents();
        routes.MapSources();
        routes.MapSignOut();
        routes.MapRazorComponents<App>();
    }
}
