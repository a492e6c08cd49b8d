using Microsoft.AspNetCore.Authorization;
using Watchbill.People;

namespace Watchbill.Console.SignedIn;

/// <summary>
/// The right that a page or endpoint needs. The use case behind it refuses as well; this one answers before anything is computed and
/// decides what navigation shows. What carries no attribute needs somebody signed in, and nothing more.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute : AuthorizeAttribute
{
    /// <summary>Needs this right.</summary>
    public NeedsAttribute(Right right)
        : base(PolicyOf(right)) => Right = right;

    /// <summary>The right.</summary>
    public Right Right { get; }

    /// <summary>The name of the policy that asks for a right.</summary>
    public static string PolicyOf(Right right) => RightPolicies.NameOf(right);
}
