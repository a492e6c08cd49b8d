using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Server.SignIn;

namespace Watchbill.Server.Testing;

/// <summary>
/// Lets a test be whoever it says it is: a cookie or header names roles, separated by dots. Only servers that tests start know it. Tests of
/// signing in use the real ways.
/// </summary>
internal sealed class TestCallerSource : ICallerSource
{
    public const string Name = "test-roles";

    public Task<SignedInCaller?> FindAsync(HttpContext context)
    {
        var roles = context.Request.Headers[Name].FirstOrDefault() ?? context.Request.Cookies[Name];
        return Task.FromResult(roles is null ? null : CallerOf(roles.Split('.').Select(Enum.Parse<Role>)));
    }

    private static SignedInCaller CallerOf(IEnumerable<Role> roles) =>
        new(new Caller(new Actor(ActorKind.Account, "test", "127.0.0.1"), RoleRights.Of(roles)), "Robin Tester", "robin@example.com");
}
