using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Watchbill.Storage;

namespace Watchbill.Server.Web;

/// <summary>
/// What balancers and orchestrators ask. <c>/health/live</c>: the process answers; a database that is gone is no reason to kill it. <c>/health/startup</c>: it has begun to
/// answer. <c>/health/ready</c>, also <c>/health</c>: send people here: the database answers, has this version's schema, and the server is not about to end. Nothing of the
/// insides is told: whoever may know reads the log and the status page.
/// </summary>
internal static class HealthProbes
{
    private const string Ready = "ready";

    public static void AddHealthProbes(this IServiceCollection services)
    {
        services.AddSingleton<Drain>();
        services.AddHealthChecks().AddCheck<DrainCheck>("draining", tags: [Ready]).AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
    }

    public static void MapHealthProbes(this IEndpointRouteBuilder routes)
    {
        Map("/health/live", static _ => false);
        Map("/health/startup", static _ => false);
        Map("/health/ready", static check => check.Tags.Contains(Ready));
        Map("/health", static check => check.Tags.Contains(Ready));

        void Map(string path, Func<HealthCheckRegistration, bool> asks) => routes.MapHealthChecks(path, new HealthCheckOptions { Predicate = asks }).AllowAnonymous();
    }

    private sealed class DrainCheck(Drain drain) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            Task.FromResult(drain.HasBegun ? HealthCheckResult.Unhealthy("The server is about to end.") : HealthCheckResult.Healthy());
    }

    private sealed class DatabaseCheck(DatabaseHealth database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            await database.ExplainAsync(cancellationToken) is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
    }
}

/// <summary>The time between being told to end and ending: the balancer is told first, so that nobody is sent here who would not be answered.</summary>
internal sealed class Drain(ServerOptions options, TimeProvider clock)
{
    private volatile bool _hasBegun;

    /// <summary>Whether the server is about to end.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Says so to whoever asks, and goes on answering for as long as a balancer needs to notice.</summary>
    public Task BeginAsync()
    {
        _hasBegun = true;
        return Task.Delay(options.Drain, clock);
    }
}
