using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Watchbill.Console.SignedIn;
using Watchbill.Contracts;
using Watchbill.Server.Web;

namespace Watchbill.Server.SignIn;

/// <summary>
/// Finds out who sends a request. Programs are told no with a status and a problem document; people are led to the sign-in page and back.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IEnumerable<ICallerSource> sources)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "watchbill";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            foreach (var source in sources)
            {
                if (await source.FindAsync(Context) is { } caller)
                {
                    Context.Features.Set(caller);
                    return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(caller), Scheme.Name));
                }
            }
        }
        catch (CallerUnknownException unknown)
        {
            return AuthenticateResult.Fail(unknown);
        }

        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Addresses.IsForPrograms(Context.Request))
        {
            Context.Response.Redirect(Addresses.SignIn(Context.Request));
            return Task.CompletedTask;
        }

        Context.Response.Headers.WWWAuthenticate = "Bearer";
        return Context.WriteProblemAsync(StatusCodes.Status401Unauthorized, ProblemCodes.NotSignedIn, "Nobody is signed in: send an API token as a bearer token.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Addresses.IsForPrograms(Context.Request))
        {
            return Context.WriteProblemAsync(StatusCodes.Status403Forbidden, ProblemCodes.RightMissing, "The caller lacks the right that this address needs.");
        }

        Context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>The rights become claims, so that the framework's own policies can ask for them.</summary>
    private static ClaimsPrincipal PrincipalOf(SignedInCaller caller)
    {
        var claims = caller.Caller.Rights.Select(static right => new Claim(RightClaims.Type, right.ToString()))
            .Append(new Claim(ClaimTypes.NameIdentifier, caller.Caller.Key))
            .Append(new Claim(ClaimTypes.Name, caller.DisplayName));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
    }
}
