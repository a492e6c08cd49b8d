using Microsoft.AspNetCore.Builder;
using Watchbill.People;

namespace Watchbill;

/// <summary>
/// Names the policy by which a host asks for a right before an endpoint or page runs. The use case behind it refuses as well; this answers before
/// anything is read, and can be looked up for every address.
/// </summary>
public static class RightPolicies
{
    /// <summary>The policy's name.</summary>
    public static string NameOf(Right right) => $"right:{right}";

    /// <summary>Lets only callers with the right through.</summary>
    internal static TBuilder Needs<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(NameOf(right));
}
