using System.Net;
using System.Text.Json;
using Watchbill.Api;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Changes that are sent twice are carried out once.</summary>
public sealed class IdempotencyTests
{
    private const string Key = "5d3a0f1c-55aa-4c7e-9b1d-000000000001";
    private static readonly object Invitation = new { address = "ann@example.com", name = "Ann Example", roles = (string[])["auditor"] };

    [Theory]
    [EveryEngine]
    public async Task The_same_key_gives_the_same_answer_and_does_nothing_again(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine);
        using var program = await served.ProgramAsync(Role.SuperAdministrator);

        using var first = await program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation, ("Idempotency-Key", Key));
        using var second = await program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation, ("Idempotency-Key", Key));
        using var without = await program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("account-exists", await without.CodeOfAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_key_is_refused_for_another_request_and_free_for_another_caller()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);
        using var other = await served.ProgramAsync(Role.SuperAdministrator);
        (await program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation, ("Idempotency-Key", Key))).Dispose();
        var another = new { address = "bob@example.com", roles = (string[])["member"] };

        using var reused = await program.SendAsync(HttpMethod.Post, "/api/v1/people", another, ("Idempotency-Key", Key));
        using var free = await other.SendAsync(HttpMethod.Post, "/api/v1/people", another, ("Idempotency-Key", Key));
        using var bad = await program.SendAsync(HttpMethod.Post, "/api/v1/people", another, ("Idempotency-Key", "with space"));

        Assert.Equal("idempotency-key-reused", await reused.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
        Assert.Equal("bad-idempotency-key", await bad.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [EveryEngine]
    public async Task Of_a_request_that_was_never_answered_nobody_claims_to_know(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine);
        var keys = served.Get<IdempotencyKeys>();

        var taken = await keys.ClaimAsync("somebody", Key, "digest", default);
        var again = await keys.ClaimAsync("somebody", Key, "digest", default);
        await keys.ReleaseAsync(taken.Value, default);
        var free = await keys.ClaimAsync("somebody", Key, "digest", default);

        Assert.Null(taken.Value.Answer);
        Assert.Equal("idempotency-key-pending", again.Refusal?.Code);
        Assert.True(free.Succeeded);
    }

    [Fact]
    public async Task Many_at_once_are_carried_out_once()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation, ("Idempotency-Key", Key))));

        Assert.All(answers, static answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, answer.StatusCode.ToString()));
        Assert.Single(answers, static answer => answer.StatusCode is HttpStatusCode.Created && !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Single((await program.GetOkAsync("/api/v1/people?text=ann@example.com")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_link_in_a_kept_answer_is_not_stored_in_clear()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var program = await served.ProgramAsync(Role.SuperAdministrator);
        using var answer = await program.SendAsync(HttpMethod.Post, "/api/v1/people", Invitation, ("Idempotency-Key", Key));
        var link = new Uri((await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.GetProperty("link").GetProperty("address").GetString()!);

        await using var session = served.Get<Database>().OpenRead();
        var row = await IdempotencyStore.FindAsync(session, (await CallerOfAsync(program))!, Key, default);

        Assert.NotNull(row?.ProtectedAnswer);
        Assert.DoesNotContain(ServedPeople.SecretOf(link), row.ProtectedAnswer, StringComparison.Ordinal);
    }

    private static async Task<string?> CallerOfAsync(HttpClient program)
    {
        var tokens = await program.GetOkAsync("/api/v1/me/tokens");
        return tokens.ValueKind is JsonValueKind.Array ? $"ApiToken:{tokens[0].GetProperty("id").GetInt64()}" : null;
    }
}
