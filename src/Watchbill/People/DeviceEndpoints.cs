using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.People;
using Watchbill.People.Tokens;

namespace Watchbill.People;

/// <summary>How a program without a browser gets an API token: it shows a code, somebody signed in lets it in on the console's page, it collects.</summary>
internal static class DeviceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/device").AllowAnonymous().WithTags("Signing in");
        group.MapPost("", (NewDevice input, DeviceLogins logins, HttpContext http, CancellationToken cancellationToken) =>
                Answers.Ok(logins.StartAsync(input.Client, Visitors.Of(http), cancellationToken), PeopleContracts.Of))
            .WithName("startDeviceLogin").WithSummary("Begins; the answer says what to show to the person");
        group.MapPost("/token", (DeviceCollection input, DeviceLogins logins, CancellationToken cancellationToken) =>
                Answers.Ok(logins.CollectAsync(input.DeviceCode, cancellationToken), PeopleContracts.Of))
            .WithName("collectDeviceToken").WithSummary("Collects the token once somebody has let the device in; until then it says that it waits");
    }
}
