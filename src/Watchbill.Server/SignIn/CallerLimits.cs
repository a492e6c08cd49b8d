using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Server.SignIn;

/// <summary>
/// A limit on what one account may ask of this server, by pages and programs together, so that a program gone wild leaves the server to others. It is far above what
/// a person reads or a program needs that goes through everything once.
/// </summary>
internal static class CallerLimits
{
    private const int SecondsAtOnce = 10;

    /// <summary>Whoever is known by now is counted; whoever is not has to pass <see cref="EntryLimits"/>.</summary>
    public static void UseCallerLimits(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<RequestLimitOptions>();
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.PerSecond * SecondsAtOnce,
            TokensPerPeriod = options.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };
        app.UseRateLimiter(new RateLimiterOptions
        {
            RejectionStatusCode = StatusCodes.Status429TooManyRequests,
            GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account
                ? RateLimitPartition.GetTokenBucketLimiter(account, _ => bucket)
                : RateLimitPartition.GetNoLimiter("")),
            OnRejected = static (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                    ? Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)
                    : "1";
                return ValueTask.CompletedTask;
            },
        });
    }
}
