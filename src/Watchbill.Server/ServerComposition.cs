using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Watchbill.Compliance.Artifacts;
using Watchbill.Console;
using Watchbill.Kernel;
using Watchbill.Server.Api;
using Watchbill.Server.Assistants;
using Watchbill.Server.Operations;
using Watchbill.Server.People;
using Watchbill.Server.SignIn;
using Watchbill.Server.Syncing;
using Watchbill.Server.Web;
using Watchbill.Storage;

namespace Watchbill.Server;

/// <summary>Puts the server together: which services, and in which order a request passes what.</summary>
internal static class ServerComposition
{
    /// <summary>The largest body anybody may send. Uploads of files raise it for their own address.</summary>
    private const long MaxBody = 1024 * 1024;

    /// <summary>Requests and work under way get so long to end by themselves; what is cut off then is taken up by another process.</summary>
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(30);

    public static WebApplication Build(ServerOptions options, Action<IServiceCollection>? configure)
    {
        // Nothing is read from the folder that the server is started in: the usual builders look for settings there, and watch every folder below it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(options.Settings);
        var telemetry = TelemetryOptions.Read(options.Settings);
        ConfigureLog(builder.Logging, options, telemetry);
        builder.WebHost.UseUrls(telemetry.Metrics is { } metrics ? [options.Listen.AbsoluteUri, metrics.AbsoluteUri] : [options.Listen.AbsoluteUri]);
        builder.WebHost.ConfigureKestrel(static kestrel => Limit(kestrel));
        try
        {
            AddServices(builder.Services, options);
            builder.Services.AddTelemetry(telemetry);
            builder.Services.AddAuditForwarding(options.Settings);
        }
        catch (SettingsException wrong)
        {
            throw new ServerSettingsException(wrong.Message, wrong);
        }

        configure?.Invoke(builder.Services);
        var app = builder.Build();
        Pass(app, options, telemetry);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = LongestEnding);
        services.AddRouting();
        services.AddWatchbill(options.Database, options.KeyFolder);
        services.AddSingleton(VirusScanOptions.Read(options.Settings));
        services.AddSingleton<IDataProtectionProvider>(static provider => provider.GetRequiredService<SecretVault>().Provider);
        services.AddPeopleOfServer(options);
        services.AddConsole();
        services.AddApi();
        services.AddAssistants();
        services.AddForms();
        services.AddAuthentication(CallerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, configureOptions: null);
        services.AddRightPolicies();
        services.AddHealthProbes();
        if (options.Syncs)
        {
            services.AddSyncing(options);
        }
    }

    private static void Pass(WebApplication app, ServerOptions options, TelemetryOptions telemetry)
    {
        app.UseMetricsAddress(telemetry);
        app.UseTrustedProxies(options);
        app.UsePublicScheme();
        app.UseSecurityHeaders();
        app.UseFailureHandling();

        // Two worlds of addresses, so that whoever opens the first page after a start does not wait for the API to be built, which is most of a start.
        app.MapWhen(static context => Addresses.IsOfApi(context.Request), programs => Answer(programs, static routes =>
        {
            routes.MapApi();
            routes.MapAssistants();
        }));
        Answer(app, static routes =>
        {
            routes.MapHealthProbes();
            routes.MapSingleSignOn();
            routes.MapConsole();
        });
    }

    /// <summary>The way of a request from its address to its answer: who asks, what they may do, and only then what they asked for.</summary>
    private static void Answer(IApplicationBuilder app, Action<IEndpointRouteBuilder> map)
    {
        app.UseRouting();
        app.UseEntryLimits();
        app.UseAuthentication();
        app.UseRefusalLog();
        app.UseCallerLimits();
        app.UseAuthorization();
        app.UseFreshProof();
        app.UseAntiforgery();
        app.UseConsole();
        app.UseEndpoints(routes => routes.DataSources.Add(new EndpointsOnDemand(routes, map)));
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBody;
    }

    private static void ConfigureLog(ILoggingBuilder logging, ServerOptions options, TelemetryOptions telemetry)
    {
        logging.ClearProviders();
        if (options.LogToConsole && telemetry.LogsJson)
        {
            logging.AddJsonConsole(static console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else if (options.LogToConsole)
        {
            logging.AddSimpleConsole(static console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter(typeof(CallerAuthentication).FullName, LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
    }
}
