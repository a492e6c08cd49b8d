using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchbill.Console.SignedIn;
using Watchbill.People;

namespace Watchbill.Server.SignIn;

/// <summary>One policy for each right; whatever names none needs somebody signed in.</summary>
internal static class RightClaims
{
    public const string Type = "watchbill:right";

    public static void AddRightPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationPolicyProvider, Policies>();
        var builder = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var right in Enum.GetValues<Right>())
        {
            builder.AddPolicy(NeedsAttribute.PolicyOf(right), policy => policy.RequireClaim(Type, right.ToString()));
        }
    }

    /// <summary>The framework's cache of combined policies asks for every endpoint when a server starts; putting a few claims together for each request costs less than a microsecond.</summary>
    private sealed class Policies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override bool AllowsCachingPolicies => false;
    }
}
