using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Watchbill.Console.Pages.Api;
using Watchbill.Console.SignedIn;
using Watchbill.Contracts;

namespace Watchbill.Server.Api;

/// <summary>Hosts the HTTP API: who calls, how answers are written, and the document that describes it.</summary>
internal static class ApiHosting
{
    public const string DocumentName = "v1";
    private const string DocumentAddress = WatchbillApi.Prefix + "/openapi.json";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddScoped(static provider => provider.GetRequiredService<CurrentCaller>().IfAny?.Caller!);
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
        });
        services.AddSingleton<IApiDescription, ApiDescription>();
        services.AddOpenApi(DocumentName, static document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            document.ShouldInclude = static description => description.RelativePath?.StartsWith(WatchbillApi.Prefix[1..], StringComparison.Ordinal) is true;
            document.AddDocumentTransformer<ApiDocument>();
            document.AddOperationTransformer<ApiOperation>();
            document.AddSchemaTransformer<ApiSchema>();
        });
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapWatchbillApi();
        routes.MapOpenApi(DocumentAddress).AllowAnonymous();
    }
}
