using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SingleSignOn;
using Watchbill.Server.Web;

namespace Watchbill.Server.SignIn;

/// <summary>
/// The way to the identity provider and back. The framework speaks OpenID Connect (code with PKCE, state, nonce, signatures); what comes of it is decided by
/// <see cref="EnterBySingleSignOn"/>, and ends in the same kind of session that a password begins.
/// </summary>
internal static partial class SingleSignOnEntry
{
    /// <summary>What the framework knows the provider by.</summary>
    public const string Scheme = "single-sign-on";

    private const string Start = Addresses.SignInPage + "/provider";
    private const string Again = "watchbill.again";
    private const string Answer = Start + "/answer";

    /// <summary>A proof that was asked for just now is not older.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    public static void AddSingleSignOn(this IServiceCollection services, SingleSignOnOptions options)
    {
        services.AddSingleton(options);
        if (options.IsConfigured)
        {
            services.AddAuthentication().AddOpenIdConnect(Scheme, protocol => Configure(protocol, options));
            services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<PublicAddress>(static (protocol, address) => ConfigureCookies(protocol, address));
        }
    }

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<SingleSignOnOptions>().IsConfigured)
        {
            routes.MapGet(Start, static (HttpContext context, ILogger<WatchbillServer> log) => GoAsync(context, log)).AllowAnonymous().ExcludeFromDescription();
            SingleSignOut.Map(routes, Start);
        }
    }

    private static void Configure(OpenIdConnectOptions protocol, SingleSignOnOptions options)
    {
        protocol.Authority = options.Issuer!.AbsoluteUri;
        protocol.RequireHttpsMetadata = !options.Issuer.IsLoopback;
        protocol.ClientId = options.ClientId;
        protocol.ClientSecret = options.ClientSecret;
        protocol.CallbackPath = Answer;
        protocol.ResponseType = OpenIdConnectResponseType.Code;
        protocol.ResponseMode = OpenIdConnectResponseMode.Query;
        protocol.BackchannelTimeout = TimeSpan.FromSeconds(15);
        protocol.GetClaimsFromUserInfoEndpoint = true;
        protocol.MapInboundClaims = false;
        protocol.Scope.Clear();
        foreach (var scope in options.Scopes)
        {
            protocol.Scope.Add(scope);
        }

        protocol.ClaimActions.Clear();
        foreach (var claim in (string[])["email", "email_verified", "name", options.GroupsClaim])
        {
            protocol.ClaimActions.MapJsonKey(claim, claim);
        }

        protocol.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = NameOurselvesAsync,
            OnTicketReceived = context => EnterAsync(context, options),
            OnRemoteFailure = FailAsync,
            OnAccessDenied = static context =>
            {
                context.HandleResponse();
                return Refuse(context.HttpContext, PeopleRefusals.ProviderSaidNo());
            },
        };
    }

    /// <summary>The provider leads back by a link, which brings cookies that other sites' forms do not.</summary>
    private static void ConfigureCookies(OpenIdConnectOptions protocol, PublicAddress address)
    {
        foreach (var cookie in (CookieBuilder[])[protocol.CorrelationCookie, protocol.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // Each is for one path only, which a name of the stricter kind would not allow.
            cookie.Name = address.IsHttps ? $"__Secure-{cookie.Name}" : cookie.Name;
        }
    }

    private static async Task GoAsync(HttpContext context, ILogger log)
    {
        var back = LocalAddress.Or(context.Request.Query["return"], "/");
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            // Nobody is signed in because another site has a link: they are asked to press the button themselves.
            context.Response.Redirect(Addresses.SignInPage + QueryString.Create("return", back));
            return;
        }

        try
        {
            var properties = new OpenIdConnectChallengeProperties { RedirectUri = back };
            if (context.Request.Query["again"] == "true")
            {
                // Whoever is signed in at the provider is asked all the same.
                properties.Prompt = OpenIdConnectPrompt.Login;
                properties.MaxAge = TimeSpan.Zero;
                properties.Items[Again] = "true";
            }

            await context.ChallengeAsync(Scheme, properties);
        }
        catch (Exception exception) when (IsUnreachable(exception, context))
        {
            // The discovery document could not be read.
            NotReached(log, exception.Message);
            await Refuse(context, PeopleRefusals.ProviderNotReached());
        }
    }

    /// <summary>Whether the provider could not be reached, or its discovery document not be read.</summary>
    public static bool IsUnreachable(Exception exception, HttpContext context) =>
        exception is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested;

    /// <summary>Behind a proxy the request may name another host than people do.</summary>
    private static Task NameOurselvesAsync(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = context.HttpContext.RequestServices.GetRequiredService<PublicAddress>().Of(Answer).AbsoluteUri;
        return Task.CompletedTask;
    }

    private static async Task EnterAsync(TicketReceivedContext context, SingleSignOnOptions options)
    {
        var services = context.HttpContext.RequestServices;
        var claims = context.Principal!;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var again = context.Properties?.Items.ContainsKey(Again) is true;
        DateTimeOffset? proved = long.TryParse(claims.FindFirst("auth_time")?.Value, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, now.ToUnixTimeSeconds())) : null;
        var groups = claims.FindAll(options.GroupsClaim).Select(static claim => claim.Value).ToList();
        var person = new ProviderPerson
        {
            Issuer = claims.FindFirst("iss")?.Value ?? options.Issuer!.AbsoluteUri,
            Subject = claims.FindFirst("sub")!.Value,
            Address = claims.FindFirst("email")?.Value,
            AddressIsVerified = bool.TryParse(claims.FindFirst("email_verified")?.Value, out var verified) && verified,
            Name = claims.FindFirst("name")?.Value,
            Session = claims.FindFirst("sid")?.Value,

            // A provider that does not say when, and was asked to ask them, has to be believed; one that was not asked is not.
            ProvedAt = proved ?? (again ? now : null),

            // Somebody in no group has no such claim either; a provider that had too many to send says where they are instead.
            Groups = groups.Count == 0 && claims.HasClaim(static claim => claim.Type is "_claim_names" or "hasgroups") ? null : groups,
        };
        if (again && proved is { } then && then < now - Recent)
        {
            context.HandleResponse();
            await Refuse(context.HttpContext, PeopleRefusals.ProviderSaidNo());
            return;
        }

        var entered = await services.GetRequiredService<EnterBySingleSignOn>().RunAsync(person, Visitors.Of(context.HttpContext), context.HttpContext.RequestAborted);
        context.HandleResponse();
        if (entered.Refusal is { } refusal)
        {
            await Refuse(context.HttpContext, refusal);
            return;
        }

        await services.GetRequiredService<SessionCookie>().WriteAsync(context.HttpContext, entered.Value, context.HttpContext.RequestAborted);
        context.Response.Redirect(LocalAddress.Or(context.ReturnUri, "/"));
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        NotReached(context.HttpContext.RequestServices.GetRequiredService<ILogger<WatchbillServer>>(), context.Failure?.Message ?? "unknown");
        context.HandleResponse();
        return Refuse(context.HttpContext, PeopleRefusals.ProviderNotReached());
    }

    /// <summary>Back to the sign-in page, which says why.</summary>
    private static Task Refuse(HttpContext context, Refusal refusal)
    {
        context.Response.Redirect(Addresses.SignInPage + QueryString.Create("problem", refusal.Code));
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 2010, Level = LogLevel.Warning, Message = "Signing in by the identity provider failed: {Problem}")]
    private static partial void NotReached(ILogger log, string problem);
}
