using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Server.SignIn;

/// <summary>
/// A limit on what can be posted before anybody has proved who they are, by network. It spares the processor and the database; guessing itself is
/// slowed down in the use cases, for all servers together.
/// </summary>
internal static class EntryLimits
{
    private const int PostsPerMinute = 60;

    private static readonly PathString[] Entries = ["/sign-in", "/set-up", "/invitation", "/new-password", "/forgot-password", "/answer", "/api/v1/device"];

    public static void AddEntryLimits(this IServiceCollection services) => services.AddRateLimiter(static options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static context => IsEntry(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(
                Visitors.AddressOf(context) ?? "",
                static _ => new FixedWindowRateLimiterOptions { PermitLimit = PostsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));
    });

    public static void UseEntryLimits(this IApplicationBuilder app) => app.UseRateLimiter();

    private static bool IsEntry(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && Entries.Any(entry => request.Path.StartsWithSegments(entry));
}
