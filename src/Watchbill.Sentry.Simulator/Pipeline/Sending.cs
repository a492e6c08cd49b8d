using Microsoft.AspNetCore.Http;
using Watchbill.Sentry.Simulator.Chaos;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>Writes an answer to the connection, or breaks the connection where a fault says so.</summary>
internal static class Sending
{
    public static async Task SendAsync(HttpContext context, Answer answer, IReadOnlyList<FaultRule> rules, TimeProvider clock)
    {
        if (rules.Any(rule => rule.Action == FaultAction.ResetConnection))
        {
            context.Abort();
            return;
        }

        WriteHead(context.Response, answer);
        if (rules.FirstOrDefault(rule => rule.Action == FaultAction.TruncateBody) is { } cut && cut.Bytes < answer.Body.Length)
        {
            await context.Response.Body.WriteAsync(answer.Body[..cut.Bytes], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (rules.FirstOrDefault(rule => rule.Action == FaultAction.SlowDrip) is { } drip)
        {
            await DripAsync(context, answer, drip, clock);
            return;
        }

        // Even writing nothing is an error for Kestrel after a 204, and would end the connection.
        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>Answers a crash; when a part of another answer is out already, all that is left is to cut the connection.</summary>
    public static Task SendCrashAsync(HttpContext context, Answer answer, TimeProvider clock)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            return SendAsync(context, answer, [], clock);
        }

        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task DripAsync(HttpContext context, Answer answer, FaultRule drip, TimeProvider clock)
    {
        for (var sent = 0; sent < answer.Body.Length; sent += drip.Bytes)
        {
            await context.Response.Body.WriteAsync(answer.Body[sent..Math.Min(sent + drip.Bytes, answer.Body.Length)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(drip.Delay, clock, context.RequestAborted);
        }
    }

    private static void WriteHead(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        if (answer.Status is not 204)
        {
            response.ContentLength = answer.Body.Length;
        }
    }
}
