using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Watchbill.Server.Testing;

/// <summary>Somebody whom the identity provider knows.</summary>
/// <param name="Subject">Their number there.</param>
/// <param name="Email">Their address.</param>
public sealed record Staff(string Subject, string Email)
{
    /// <summary>Whether the provider says that it verified the address.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>What they are called.</summary>
    public string Name { get; init; } = "Staff";

    /// <summary>Their groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Their session there; null when the provider names none.</summary>
    public string? Session { get; init; }

    /// <summary>Whether the provider names where the groups are, instead of them.</summary>
    public bool TooManyGroups { get; init; }
}

/// <summary>A real OpenID Connect server (OpenIddict) on a port of loopback. Whoever comes is who <see cref="Present"/> says, without a page.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>How it knows Watchbill.</summary>
    public const string ClientId = "watchbill";

    /// <summary>What Watchbill proves itself with.</summary>
    public const string ClientSecret = "planted-client-secret-of-watchbill";

    /// <summary>One for all providers of this process: making one takes half a second of a processor.</summary>
    private static readonly RSAParameters SigningKey = MakeKey();

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key;

    private IdentityProvider(WebApplication app, RsaSecurityKey key)
    {
        _app = app;
        _key = key;
    }

    /// <summary>Who is signed in there; null when they say no to Watchbill.</summary>
    public Staff? Present { get; set; }

    /// <summary>Its issuer's address.</summary>
    public Uri Issuer => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Settings of a server that lets people in by this provider.</summary>
    /// <param name="more">More settings, or other values.</param>
    public Dictionary<string, string?> Settings(params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["OIDC_ISSUER"] = Issuer.AbsoluteUri,
            ["OIDC_CLIENT_ID"] = ClientId,
            ["OIDC_CLIENT_SECRET"] = ClientSecret,
            ["OIDC_NAME"] = "Example Staff",
        };
        foreach (var (name, value) in more ?? [])
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>What it sends where a session ended (OpenID Connect Back-Channel Logout 1.0, 2.4).</summary>
    /// <param name="change">Makes another token of it; null changes nothing.</param>
    public string LogoutToken(Action<SecurityTokenDescriptor>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer.AbsoluteUri,
            Audience = ClientId,
            IssuedAt = now,
            Expires = now.AddMinutes(2),
            TokenType = "logout+jwt",
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object> { ["jti"] = "1", ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() } },
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>Starts one.</summary>
    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        IdentityProvider? self = null;
        var key = new RsaSecurityKey(SigningKey) { KeyId = "of-this-provider" };
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/logout");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile, Scopes.Email);
            server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32))).AddSigningKey(key).EnableDegradedMode();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(static handler => handler.UseInlineHandler(static context => Check(context, context.ClientId)));
            server.AddEventHandler<ValidateTokenRequestContext>(static handler => handler.UseInlineHandler(static context =>
                Check(context, context.ClientSecret == ClientSecret ? context.ClientId : null)));
            server.AddEventHandler<ValidateEndSessionRequestContext>(static handler => handler.UseInlineHandler(static context => Check(context, context.ClientId)));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => Answer(context, self!.Present)));
        });
        var app = builder.Build();
        app.UseAuthentication();
        self = new IdentityProvider(app, key);
        await app.StartAsync();
        return self;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RSAParameters MakeKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static ValueTask Check(BaseValidatingContext context, string? client)
    {
        if (client != ClientId)
        {
            context.Reject(Errors.InvalidClient, "Not the client that this provider knows.");
        }

        return default;
    }

    private static ValueTask Answer(HandleAuthorizationRequestContext context, Staff? present)
    {
        if (present is null)
        {
            context.Reject(Errors.AccessDenied, "They said no.");
            return default;
        }

        List<Claim> claims =
        [
            new(Claims.Subject, present.Subject), new(Claims.Email, present.Email), new(Claims.Name, present.Name),
            new(Claims.EmailVerified, present.Verified ? "true" : "false", ClaimValueTypes.Boolean),
            .. present.Groups.Select(static group => new Claim("groups", group)),
        ];
        if (present.Session is { } session)
        {
            claims.Add(new Claim("sid", session));
        }

        if (present.TooManyGroups)
        {
            claims.Add(new Claim("hasgroups", "true", ClaimValueTypes.Boolean));
        }

        var identity = new ClaimsIdentity(claims, "staff", Claims.Name, Claims.Role);
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        context.Principal = new ClaimsPrincipal(identity).SetScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email);
        return default;
    }
}
