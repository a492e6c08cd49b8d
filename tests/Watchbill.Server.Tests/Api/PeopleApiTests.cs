using System.Net;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Accounts and tokens through the API.</summary>
public sealed class PeopleApiTests
{
    [Fact]
    public async Task Somebody_is_invited_given_other_roles_closed_and_opened_again()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);
        var ann = await served.JoinAsync("ann@example.com", "Ann Example", Role.Member);
        var address = $"/api/v1/people/{ann.Account.Id}";
        var version = await VersionAsync(program, address);

        using var changed = await program.SendAsync(HttpMethod.Put, $"{address}/roles", new { roles = (string[])["auditor", "access-manager"] }, ("If-Match", version));
        using var stale = await program.SendAsync(HttpMethod.Put, $"{address}/name", new { name = "Ann Other" }, ("If-Match", version));
        using var blind = await program.SendAsync(HttpMethod.Post, $"{address}/close");
        using var unknown = await program.SendAsync(HttpMethod.Put, $"{address}/roles", new { roles = (string[])["king"] }, ("If-Match", await VersionAsync(program, address)));
        using var closed = await program.SendAsync(HttpMethod.Post, $"{address}/close", null, ("If-Match", await VersionAsync(program, address)));
        using var opened = await program.SendAsync(HttpMethod.Post, $"{address}/reopen", null, ("If-Match", closed.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("if-match-failed", await stale.CodeOfAsync(HttpStatusCode.PreconditionFailed));
        Assert.Equal("if-match-missing", await blind.CodeOfAsync(HttpStatusCode.PreconditionRequired));
        Assert.Equal("roles-invalid", await unknown.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(["auditor", "access-manager"], (await program.GetOkAsync(address)).GetProperty("roles").EnumerateArray().Select(static role => role.GetString()!).Order().Reverse());
    }

    [Fact]
    public async Task Everybody_sees_and_revokes_their_own_tokens_and_nobody_elses()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var ann = await served.ProgramAsync(Role.Member);
        using var bob = await served.ProgramAsync(Role.Member);
        var token = (await ann.GetOkAsync("/api/v1/me/tokens"))[0].GetProperty("id").GetInt64();

        using var strange = await bob.SendAsync(HttpMethod.Delete, $"/api/v1/tokens/{token}");
        using var own = await ann.SendAsync(HttpMethod.Delete, $"/api/v1/tokens/{token}");
        using var after = await ann.GetAsync(new Uri("/api/v1/me", UriKind.Relative));

        Assert.Equal("api-token-not-found", await strange.CodeOfAsync(HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
        Assert.Equal("not-signed-in", await after.CodeOfAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Accounts_and_audit_events_are_read_part_by_part()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);
        foreach (var number in Enumerable.Range(0, 5))
        {
            await served.InviteAsync($"person-{number}@example.com", null, Role.Member);
        }

        Assert.Equal(6, (await program.AllAsync("/api/v1/people?limit=2&sort=-address")).Select(static account => account.GetProperty("id").GetInt64()).Distinct().Count());
        var events = (await program.AllAsync("/api/v1/audit?limit=3")).Select(static item => item.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(events.OrderDescending(), events);
        Assert.Equal(events.Count, events.Distinct().Count());
        Assert.Equal(5, (await program.AllAsync("/api/v1/people?state=invited")).Count);
    }

    private static async Task<string> VersionAsync(HttpClient program, string address)
    {
        using var answer = await program.GetAsync(new Uri(address, UriKind.Relative));
        return answer.Headers.ETag!.ToString();
    }
}
