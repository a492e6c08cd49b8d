using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.People.Identities.Scim;
using Watchbill.People.Passwords;
using Watchbill.People.SecondFactors;
using Watchbill.People.SingleSignOn;
using Watchbill.Server.SignIn;

namespace Watchbill.Server.People;

/// <summary>What a server needs so that people can sign in and get mail.</summary>
internal static class PeopleServices
{
    private const string TrustedProxies = "TRUSTED_PROXIES";

    /// <exception cref="SettingsException">Settings of mail, single sign-on, leavers, breached passwords, second factors or limits are wrong.</exception>
    public static void AddPeopleOfServer(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(MailOptions.Read(options.Settings));
        services.AddSingleSignOn(SingleSignOnSettings.Read(options.Settings));
        services.AddSingleton(LeaverOptions.Read(options.Settings));
        services.AddSingleton(BreachedPasswordOptions.Read(options.Settings));
        services.AddSingleton(SecondFactorOptions.Read(options.Settings));
        services.AddSingleton(provider => new PublicAddress(() => options.PublicAddress ?? Listening(provider) ?? options.Listen));
        services.AddSingleton<ICallerSource, SessionCallerSource>();
        services.AddSingleton<ICallerSource, ApiTokenCallerSource>();
        services.AddEntryLimits();
        services.AddCallerLimits(RequestLimitOptions.Read(options.Settings));
        services.AddWorker<PeopleWorker>();
    }

    /// <summary>
    /// Believes what the named proxies say about who asks and how; nobody else, because anybody could name any address. Setting <c>TRUSTED_PROXIES</c>:
    /// addresses or networks with a comma between.
    /// </summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, ServerOptions options)
    {
        if (options.Settings.Text(TrustedProxies) is not { } text)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            else if (IPAddress.TryParse(entry, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else
            {
                throw new ServerSettingsException($"{TrustedProxies} names addresses or networks with a comma between, for example 10.0.0.5,10.1.0.0/16; this is neither: {entry}");
            }
        }

        app.UseForwardedHeaders(forwarded);
    }

    private static Uri? Listening(IServiceProvider provider) =>
        provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address ? new Uri(address) : null;
}
