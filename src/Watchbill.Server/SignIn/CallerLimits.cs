using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Watchbill.Server.SignIn;

/// <summary>
/// A limit on what one account may ask of this server, by pages and programs together, so that a program gone wild leaves the server to others. It is far above what
/// a person reads or a program needs that goes through everything once.
/// </summary>
internal static class CallerLimits
{
    private const string Name = "callers";
    private const int SecondsAtOnce = 10;

    /// <summary>One set of buckets for the server: the API and the console each have a pipeline of their own.</summary>
    public static void AddCallerLimits(this IServiceCollection services, RequestLimitOptions limit)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.PerSecond * SecondsAtOnce,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };
        services.AddOptions<RateLimiterOptions>(Name).Configure(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account
                ? RateLimitPartition.GetTokenBucketLimiter(account, _ => bucket)
                : RateLimitPartition.GetNoLimiter(""));
            limits.OnRejected = static (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                    ? Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)
                    : "1";
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>Whoever is known by now is counted; whoever is not has to pass <see cref="EntryLimits"/>.</summary>
    public static void UseCallerLimits(this IApplicationBuilder app) =>
        app.UseRateLimiter(app.ApplicationServices.GetRequiredService<IOptionsMonitor<RateLimiterOptions>>().Get(Name));
}
