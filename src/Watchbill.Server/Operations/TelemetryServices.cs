using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Watchbill.Kernel;
using Watchbill.Operations;
using Watchbill.Operations.AuditExport;

namespace Watchbill.Server.Operations;

/// <summary>
/// Traces, metrics and logs by OpenTelemetry, to whoever was named. No address, no name and no secret of a link goes out: of an address only its pattern. Requests that the server
/// sends are counted and not traced: addresses of channels are secrets.
/// </summary>
internal static class TelemetryServices
{
    private const string Scrape = "/metrics";

    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "System.Net.Http", "Npgsql"];

    public static void AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<StatusGauges>();
        services.AddWorker<NodeWorker>();
        if (!options.Measures)
        {
            return;
        }

        var all = services.AddOpenTelemetry().ConfigureResource(static resource => resource.AddService("watchbill", serviceVersion: NodeBook.ThisVersion));
        all.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            if (options.Metrics is not null)
            {
                metrics.AddPrometheusExporter();
            }

            if (options.Collector is not null)
            {
                metrics.AddOtlpExporter(exporter => Configure(exporter, options, "v1/metrics"));
            }
        });
        if (options.Collector is not null)
        {
            all.WithTracing(traces => traces
                .AddSource(Telemetry.Name)
                .AddAspNetCoreInstrumentation(static web =>
                {
                    web.Filter = static context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/assets");
                    web.EnrichWithHttpRequest = static (activity, _) => Hide(activity, "?");
                    web.EnrichWithHttpResponse = static (activity, response) => Hide(activity, (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "?");
                })
                .AddOtlpExporter(exporter => Configure(exporter, options, "v1/traces")));
            services.AddLogging(logging => logging.AddOpenTelemetry(log =>
            {
                log.IncludeFormattedMessage = true;
                log.AddOtlpExporter(exporter => Configure(exporter, options, "v1/logs"));
            }));
        }
    }

    /// <summary>Hands audit events on, where somebody said where to.</summary>
    /// <exception cref="SettingsException">Where to is wrong.</exception>
    public static void AddAuditForwarding(this IServiceCollection services, IReadOnlyDictionary<string, string?> settings)
    {
        var options = AuditOutletOptions.Read(settings);
        services.AddSingleton(options);
        if (options.IsConfigured)
        {
            services.AddWorker<AuditForwardWorker>();
        }
    }

    /// <summary>Metrics are at their own address and nowhere else, and there is nothing else at it.</summary>
    public static void UseMetricsAddress(this WebApplication app, TelemetryOptions options)
    {
        if (options.Metrics is not { } address)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Connection.LocalPort != address.Port || context.Request.Path == Scrape)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Connection.LocalPort == address.Port && context.Request.Path == Scrape);
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = options.OverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = options.OverHttp ? new Uri($"{options.Collector!.AbsoluteUri.TrimEnd('/')}/{path}") : options.Collector!;
        exporter.Headers = options.Headers;
    }

    /// <summary>Addresses hold secrets of one-time links and what people look for.</summary>
    private static void Hide(Activity activity, string pattern)
    {
        activity.SetTag("url.path", pattern);
        activity.SetTag("url.query", null);
        activity.SetTag("user_agent.original", null);
        activity.SetTag("client.address", null);
    }
}
