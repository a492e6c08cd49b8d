using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Watchbill.Server.Web;

/// <summary>Writes down who asked for something that they have no right to, so that somebody who tries doors is seen. Accounts stand as numbers, pages as patterns; where
/// somebody comes from is in the audit log only.</summary>
internal static partial class RefusalLog
{
    /// <summary>Looks at the status of each answer that passes.</summary>
    public static void UseRefusalLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusalLog).FullName!);
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode is StatusCodes.Status403Forbidden)
            {
                Lacking(log, context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody", context.Request.Method, PatternOf(context), Activity.Current?.Id);
            }
            else if (context.Response.StatusCode is StatusCodes.Status401Unauthorized && context.Request.Headers.ContainsKey("Authorization"))
            {
                Unknown(log, context.Request.Method, PatternOf(context), Activity.Current?.Id);
            }
        });
    }

    /// <summary>The address as the server knows it: what stands in its parts may be a secret or a name.</summary>
    private static string PatternOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an address that is not known";

    [LoggerMessage(EventId = 2030, Level = LogLevel.Warning, Message = "Refused: {Account} lacks the right for {Method} {Pattern} (trace {Trace})")]
    private static partial void Lacking(ILogger log, string account, string method, string pattern, string? trace);

    [LoggerMessage(EventId = 2031, Level = LogLevel.Warning, Message = "Refused: a token that is not known or does not work any more was sent for {Method} {Pattern} (trace {Trace})")]
    private static partial void Unknown(ILogger log, string method, string pattern, string? trace);
}
