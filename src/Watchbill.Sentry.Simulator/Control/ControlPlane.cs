using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Watchbill.Sentry.Simulator.Control;

/// <summary>
/// <c>/_simulator/*</c>: GET truth, GET requests, PUT faults, PUT limits, PUT latency, POST operations, POST reset. Outside of the API, without
/// credentials: it must never listen anywhere but on loopback.
/// </summary>
internal sealed class ControlPlane(Simulation simulation)
{
    public Task HandleAsync(HttpContext context, PathString path) => (context.Request.Method, path.Value?.TrimEnd('/')) switch
    {
        ("GET", "/truth") => WriteAsync(context, simulation.World.Truth(), ControlJson.Default.Truth),
        ("GET", "/requests") => WriteAsync(context, RequestSummary.Of(simulation.Log), ControlJson.Default.RequestSummary),
        ("PUT", "/faults") => ReadAsync(context, ControlJson.Default.FaultRuleArray, rules => simulation.Faults.Set(rules)),
        ("PUT", "/limits") => ReadAsync(context, ControlJson.Default.LimitsChange, change => simulation.Limiter.Limit = change.ToRateLimit()),
        ("PUT", "/latency") => ReadAsync(context, ControlJson.Default.LatencyChange, change => change.Apply(simulation)),
        ("POST", "/operations") => OperateAsync(context),
        ("POST", "/reset") => ResetAsync(context),
        _ => Respond(context, 404),
    };

    private static async Task ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, Action<T> apply)
    {
        try
        {
            apply((await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted))!);
            context.Response.StatusCode = 204;
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    private static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    private static Task Respond(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private async Task OperateAsync(HttpContext context)
    {
        try
        {
            var operation = (await JsonSerializer.DeserializeAsync(context.Request.Body, ControlJson.Default.Operation, context.RequestAborted))!;
            await WriteAsync(context, operation.Apply(simulation.World), ControlJson.Default.OperationResult);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    private Task ResetAsync(HttpContext context)
    {
        simulation.Reset();
        return Respond(context, 204);
    }
}
