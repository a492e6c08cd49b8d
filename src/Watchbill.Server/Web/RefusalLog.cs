using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Watchbill.Server.Web;

/// <summary>Writes down who asked for something that they have no right to, or sent what cannot be taken, so that somebody who tries doors is seen. Accounts stand as numbers, pages as patterns; where
/// somebody comes from is in the audit log only.</summary>
internal static partial class RefusalLog
{
    /// <summary>Looks at the status of each answer that passes.</summary>
    public static void UseRefusalLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusalLog).FullName!);
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException bad)
            {
                Wrong(log, AccountOf(context), AskedFor(context), bad.StatusCode, Activity.Current?.Id);
                throw;
            }

            if (context.Response.StatusCode is StatusCodes.Status403Forbidden)
            {
                Lacking(log, AccountOf(context), AskedFor(context), Activity.Current?.Id);
            }
            else if (context.Response.StatusCode is StatusCodes.Status401Unauthorized && context.Request.Headers.ContainsKey("Authorization"))
            {
                Unknown(log, AskedFor(context), Activity.Current?.Id);
            }
            else if (context.Response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType
                or StatusCodes.Status422UnprocessableEntity or StatusCodes.Status429TooManyRequests)
            {
                Wrong(log, AccountOf(context), AskedFor(context), context.Response.StatusCode, Activity.Current?.Id);
            }
        });
    }

    private static string AccountOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody";

    /// <summary>The address as the server knows it: what stands in its parts may be a secret or a name.</summary>
    private static string AskedFor(HttpContext context) => $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an address that is not known"}";

    [LoggerMessage(EventId = 2030, Level = LogLevel.Warning, Message = "Refused: {Account} lacks the right for {Asked} (trace {Trace})")]
    private static partial void Lacking(ILogger log, string account, string asked, string? trace);

    [LoggerMessage(EventId = 2031, Level = LogLevel.Warning, Message = "Refused: a token that is not known or does not work any more was sent for {Asked} (trace {Trace})")]
    private static partial void Unknown(ILogger log, string asked, string? trace);

    [LoggerMessage(EventId = 2032, Level = LogLevel.Warning, Message = "Refused: {Account} sent for {Asked} what cannot be taken, or too much (status {Status}, trace {Trace})")]
    private static partial void Wrong(ILogger log, string account, string asked, int status, string? trace);
}
