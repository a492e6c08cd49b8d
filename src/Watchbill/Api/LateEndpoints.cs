using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Watchbill.Api;

/// <summary>
/// Addresses in a group whose handlers are compiled when the first request comes to each. The framework's own methods of these names compile the reading of every parameter of
/// every address at once, most of a second for this API; for a group these are chosen before them. What a description says of an address is known from the beginning.
/// </summary>
internal static class LateEndpoints
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Put = [HttpMethods.Put];
    private static readonly string[] Patch = [HttpMethods.Patch];
    private static readonly string[] Delete = [HttpMethods.Delete];

    public static RouteHandlerBuilder MapGet(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, Get, handler);

    public static RouteHandlerBuilder MapPost(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, Post, handler);

    public static RouteHandlerBuilder MapPut(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, Put, handler);

    public static RouteHandlerBuilder MapPatch(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, Patch, handler);

    public static RouteHandlerBuilder MapDelete(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, Delete, handler);

    private static RouteHandlerBuilder Map(RouteGroupBuilder group, string pattern, string[] methods, Delegate handler) =>
        RouteHandlerServices.Map(group, pattern, handler, methods, RequestDelegateFactory.InferMetadata, CompileLate);

    private static RequestDelegateResult CompileLate(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? metadata)
    {
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new RequestDelegateResult(context => compiled.Value(context), metadata?.EndpointMetadata ?? []);
    }
}
