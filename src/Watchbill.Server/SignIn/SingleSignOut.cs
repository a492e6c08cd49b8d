using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Watchbill.People;
using Watchbill.People.SingleSignOn;
using Watchbill.Server.Web;

namespace Watchbill.Server.SignIn;

/// <summary>
/// Signing out at the identity provider, both ways: people are led to its address for that (OpenID Connect RP-Initiated Logout 1.0), and it says here when a session ended there
/// (OpenID Connect Back-Channel Logout 1.0).
/// </summary>
internal static partial class SingleSignOut
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>A token is made for being sent at once.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    /// <summary>Clocks of the provider and this machine differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Maps both below the address of signing in.</summary>
    public static void Map(IEndpointRouteBuilder routes, string start)
    {
        routes.MapGet($"{start}/leave", static (HttpContext context, ILogger<WatchbillServer> log) => LeaveAsync(context, log)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost($"{start}/ended", static (HttpContext context, ILogger<WatchbillServer> log) => EndedAsync(context, log)).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task LeaveAsync(HttpContext context, ILogger log)
    {
        var address = (await ConfigurationAsync(context, log))?.EndSessionEndpoint;
        if (string.IsNullOrEmpty(address))
        {
            context.Response.Redirect(Addresses.SignInPage + QueryString.Create("problem", PeopleRefusals.ProviderSignsNobodyOut().Code));
            return;
        }

        var query = QueryString.Create(new Dictionary<string, string?>
        {
            ["client_id"] = context.RequestServices.GetRequiredService<SingleSignOnOptions>().ClientId,
            ["post_logout_redirect_uri"] = context.RequestServices.GetRequiredService<PublicAddress>().Of(Addresses.SignInPage).AbsoluteUri,
        });
        context.Response.Redirect(address + (address.Contains('?', StringComparison.Ordinal) ? "&" + query.Value![1..] : query.Value));
    }

    /// <summary>Answers as the specification has it: 200 when the token was good, whether or not anything ended; 400 when it was not.</summary>
    private static async Task<IResult> EndedAsync(HttpContext context, ILogger log)
    {
        context.Response.Headers.CacheControl = "no-store";
        var token = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["logout_token"].ToString() : "";
        if (await ReadAsync(context, token, log) is not { } end)
        {
            return TypedResults.BadRequest(new Dictionary<string, string> { ["error"] = "invalid_request", ["error_description"] = "There is no logout_token that can be believed." });
        }

        await context.RequestServices.GetRequiredService<ProviderSignOut>().RunAsync(end, Visitors.Of(context), context.RequestAborted);
        return TypedResults.Ok();
    }

    /// <summary>What a token says; null when it is not the provider's, not for Watchbill, too old, or something else than a logout token.</summary>
    private static async Task<ProviderSessionEnd?> ReadAsync(HttpContext context, string token, ILogger log)
    {
        if (token.Length is 0 or > 16_384 || await ConfigurationAsync(context, log) is not { } provider)
        {
            return null;
        }

        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = context.RequestServices.GetRequiredService<SingleSignOnOptions>().ClientId,
            IssuerSigningKeys = provider.SigningKeys,

            // By the server's own clock, below.
            ValidateLifetime = false,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
        {
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                // The provider may have new keys since; it sends the token again.
                context.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(SingleSignOnEntry.Scheme).ConfigurationManager!.RequestRefresh();
            }

            NotBelieved(log, result.Exception?.GetType().Name ?? "unknown");
            return null;
        }

        var at = new DateTimeOffset(read.IssuedAt, TimeSpan.Zero);
        var (subject, session) = (Claim(read, "sub"), Claim(read, "sid"));
        var isLogout = read.TryGetPayloadValue<JsonElement>("events", out var events) && events.ValueKind is JsonValueKind.Object && events.TryGetProperty(Event, out _);
        if (!isLogout || read.TryGetClaim("nonce", out _) || (subject is null && session is null) || at < now - Oldest || at > now + Skew)
        {
            NotBelieved(log, "no logout token, or an old one");
            return null;
        }

        // Whole seconds are written down: a session of the same second began before.
        return new ProviderSessionEnd(provider.Issuer, subject, session, at.AddSeconds(1));
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetClaim(name, out var claim) && claim.Value.Length > 0 ? claim.Value : null;

    /// <summary>The provider's addresses and keys; null while it cannot be reached.</summary>
    private static async Task<OpenIdConnectConfiguration?> ConfigurationAsync(HttpContext context, ILogger log)
    {
        try
        {
            var protocol = context.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(SingleSignOnEntry.Scheme);
            return await protocol.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
        }
        catch (Exception exception) when (SingleSignOnEntry.IsUnreachable(exception, context))
        {
            NotBelieved(log, exception.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "Signing out by the identity provider failed: {Problem}")]
    private static partial void NotBelieved(ILogger log, string problem);
}
