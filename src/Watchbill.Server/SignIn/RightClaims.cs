using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Console.SignedIn;
using Watchbill.People;

namespace Watchbill.Server.SignIn;

/// <summary>One policy for each right; whatever names none needs somebody signed in.</summary>
internal static class RightClaims
{
    public const string Type = "watchbill:right";

    public static void AddRightPolicies(this IServiceCollection services)
    {
        var builder = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var right in Enum.GetValues<Right>())
        {
            builder.AddPolicy(NeedsAttribute.PolicyOf(right), policy => policy.RequireClaim(Type, right.ToString()));
        }
    }
}
