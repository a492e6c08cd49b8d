using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Walks every address with every role. What it finds is docs/reference/rights.md: whoever changes who may do what changes that page in the same review.</summary>
public sealed class RightsMatrixTests
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Order()];

    [Fact]
    public async Task Every_address_lets_in_exactly_the_roles_that_the_reference_names()
    {
        // Asked thousands of times a second, as no person is.
        await using var served = await ServedOrganization.StartAsync(settings: new Dictionary<string, string?> { ["REQUESTS_A_SECOND"] = "10000" });
        using var nobody = served.Client();
        var programs = new Dictionary<Role, HttpClient>();
        var sessions = new Dictionary<Role, HttpClient>();
        foreach (var role in Roles)
        {
            programs[role] = await served.ProgramAsync(role);
            sessions[role] = served.Client(role);
        }

        var page = new StringBuilder(Head);
        foreach (var route in RouteTable.Of(served))
        {
            var clients = route.IsApi || route.IsScim ? programs : sessions;
            var everybody = await MayAsync(nobody, route);
            Assert.True(everybody == route.IsOpen, $"{route.Method} {route.Pattern} answers nobody as if they had signed in.");
            page.Append(CultureInfoInvariant, $"| {route.Method} | `{route.Pattern}` | {(everybody ? "yes" : "")} |");
            foreach (var role in Roles)
            {
                page.Append(CultureInfoInvariant, $" {(await MayAsync(clients[role], route) ? "yes" : "")} |");
            }

            page.AppendLine();
        }

        foreach (var client in programs.Values.Concat(sessions.Values))
        {
            client.Dispose();
        }

        Reference.Check("docs/reference/rights.md", page.ToString());
    }

    [Fact]
    public async Task A_browsers_session_changes_nothing_through_the_API()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var session = served.Client(Role.SuperAdministrator);
        var writes = RouteTable.Of(served).Where(static route => route is { IsWrite: true, IsApi: true, IsOpen: false }).ToList();
        Assert.NotEmpty(writes);

        foreach (var route in writes)
        {
            using var answer = await session.SendAsync(new HttpMethod(route.Method), route.Path, new { });
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{route.Method} {route.Pattern}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task No_form_is_accepted_without_its_antiforgery_token()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var session = served.Client(Role.SuperAdministrator);
        var pages = RouteTable.Of(served).Where(static route => route is { IsWrite: true, IsApi: false, IsScim: false }).ToList();
        Assert.NotEmpty(pages);

        foreach (var route in pages)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "any" });
            using var answer = await session.SendAsync(new HttpRequestMessage(new HttpMethod(route.Method), route.Path) { Content = form });
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnsupportedMediaType, $"{route.Method} {route.Pattern}: {answer.StatusCode}");
        }
    }

    private static readonly IFormatProvider CultureInfoInvariant = System.Globalization.CultureInfo.InvariantCulture;

    private static string Head => $"""
        # Who may call what

        Made by a test that calls every address with every role; it fails when this page is not true. "Anybody" means without signing in. Pages are called with a
        browser's session, the API with an API token; what identity providers push to (`/scim`) takes tokens of directories only, so no role may call it. A page that is listed for everybody who signed in may still show less: use cases ask for rights as well.

        | | Address | Anybody | {string.Join(" | ", Roles.Select(Words))} |
        |---|---|---|{string.Concat(Roles.Select(static _ => "---|"))}

        """.ReplaceLineEndings("\n");

    private static string Words(Role role) => string.Concat(role.ToString().Select(static (letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    /// <summary>Whether the border lets them in: what it says to things that do not exist does not matter.</summary>
    private static async Task<bool> MayAsync(HttpClient client, RouteTable route)
    {
        using var answer = await client.SendAsync(new HttpMethod(route.Method), route.Path, route is { IsWrite: true, IsApi: true } ? new { } : null);
        Assert.True((int)answer.StatusCode is < StatusCodes.Status500InternalServerError, $"{route.Method} {route.Pattern} failed: {answer.StatusCode}");

        // Whoever tries to sign in is counted by network, which this is too many of for that.
        Assert.True(answer.StatusCode is not HttpStatusCode.TooManyRequests || route.IsOpen, $"{route.Method} {route.Pattern} was refused for asking too often.");
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            && answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) is not true;
    }
}
