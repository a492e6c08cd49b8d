using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class ApiTokenTests
{
    [Theory, EveryEngine]
    public async Task A_token_may_at_most_what_its_owner_may_now(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var token = await MakeAsync(scene, kim, Right.ReadAccess, Right.ReadAudit);

        Assert.Matches("^wbt_[0-9A-Za-z]{43}$", token.Text);
        Assert.Equal(token.Text[^4..], token.Token.LastFour);
        Assert.DoesNotContain(token.Text, token.ToString(), StringComparison.Ordinal);
        var holder = await FindAsync(scene, token);
        Assert.Equal([Right.ReadAccess, Right.ReadAudit], holder!.Caller.Rights.Order());
        Assert.Equal(new Actor(ActorKind.ApiToken, token.Token.Id.ToString(), "192.0.2.8"), holder.Caller.Actor);

        Must(await scene.Get<ManageAccount>().ChangeRolesAsync(kim.Account.Id, [Role.IntegrationAdministrator], kim.Account.Version, root, default));
        Assert.Equal([Right.ReadAccess], (await FindAsync(scene, token))!.Caller.Rights);
    }

    [Theory, EveryEngine]
    public async Task A_token_ends_when_it_expires_or_is_revoked(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var lasting = await MakeAsync(scene, kim, Right.ReadAccess);
        var revoked = await MakeAsync(scene, kim, Right.ReadAccess);
        var caller = await scene.CallerAsync(kim);

        Must(await scene.Get<ApiTokens>().RevokeAsync(revoked.Token.Id, caller, default));
        Assert.Null(await FindAsync(scene, revoked));
        Assert.Equal("api-token-not-found", (await scene.Get<ApiTokens>().RevokeAsync(revoked.Token.Id, caller, default)).Refusal?.Code);
        Assert.NotNull(await FindAsync(scene, lasting));
        await scene.Get<LastUses>().WriteAsync(default);

        var listed = Must(await scene.Get<ApiTokens>().ListAsync(kim.Account.Id, caller, default));
        Assert.Equal([revoked.Token.Id, lasting.Token.Id], listed.Select(static owned => owned.Token.Id));
        Assert.Equal(scene.Clock.GetUtcNow(), listed[0].Token.RevokedAt);
        Assert.Equal(scene.Clock.GetUtcNow(), listed[1].Token.LastUsedAt);

        scene.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await FindAsync(scene, lasting));
    }

    [Theory, EveryEngine]
    public async Task Only_its_owner_and_administrators_revoke_a_token(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var lee = await scene.CallerAsync(await scene.JoinAsync("lee@example.com", Role.Auditor));
        var token = await MakeAsync(scene, kim, Right.ReadAccess);

        Assert.Equal("api-token-not-found", (await scene.Get<ApiTokens>().RevokeAsync(token.Token.Id, lee, default)).Refusal?.Code);
        Assert.Contains(Must(await scene.Get<ApiTokens>().ListAllAsync(lee, default)), owned => owned.Token.Id == token.Token.Id && owned.Owner.Id == kim.Account.Id);
        Assert.True((await scene.Get<ApiTokens>().RevokeAsync(token.Token.Id, root, default)).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task What_cannot_be_a_token_is_refused(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var caller = await scene.CallerAsync(kim);
        var now = scene.Clock.GetUtcNow();
        var tokens = scene.Get<ApiTokens>();

        string?[] codes =
        [
            (await tokens.CreateAsync(new ApiTokenInput("", [Right.ReadAccess], now.AddDays(1)), caller, default)).Refusal?.Code,
            (await tokens.CreateAsync(new ApiTokenInput("a\u0007", [Right.ReadAccess], now.AddDays(1)), caller, default)).Refusal?.Code,
            (await tokens.CreateAsync(new ApiTokenInput("a", [], now.AddDays(1)), caller, default)).Refusal?.Code,
            (await tokens.CreateAsync(new ApiTokenInput("a", [Right.ManagePeople], now.AddDays(1)), caller, default)).Refusal?.Code,
            (await tokens.CreateAsync(new ApiTokenInput("a", [Right.ReadAccess], now), caller, default)).Refusal?.Code,
            (await tokens.CreateAsync(new ApiTokenInput("a", [Right.ReadAccess], now.AddDays(367)), caller, default)).Refusal?.Code,
        ];

        Assert.Equal(
            ["api-token-name-invalid", "api-token-name-invalid", "api-token-rights-invalid", "api-token-beyond-own-rights", "api-token-expiry-invalid", "api-token-expiry-invalid"],
            codes);
        foreach (var text in (string?[])[null, "", "wbt_", "Bearer x", "wbt_" + new string('\'', 43), "wbt_" + new string('A', 43), new string('A', 47)])
        {
            Assert.Null(await tokens.FindAsync(text, null, default));
        }
    }

    [Theory, EveryEngine]
    public async Task Nobody_collects_tokens_without_end(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        for (var number = 0; number < ApiToken.MostPerAccount; number++)
        {
            await MakeAsync(scene, kim, Right.ReadAccess);
        }

        var input = new ApiTokenInput("one more", [Right.ReadAccess], scene.Clock.GetUtcNow().AddDays(1));
        Assert.Equal("api-tokens-exhausted", (await scene.Get<ApiTokens>().CreateAsync(input, await scene.CallerAsync(kim), default)).Refusal?.Code);
        scene.Clock.Advance(TimeSpan.FromDays(30));
        var again = In(await scene.SignInAsync("kim@example.com"));
        Assert.True((await scene.Get<ApiTokens>().CreateAsync(input with { ExpiresAt = scene.Clock.GetUtcNow().AddDays(1) }, await scene.CallerAsync(again), default)).Succeeded);
    }

    private static async Task<IssuedApiToken> MakeAsync(PeopleScene scene, SignedIn owner, params Right[] rights) => Must(await scene.Get<ApiTokens>().CreateAsync(
        new ApiTokenInput("nightly export", rights, scene.Clock.GetUtcNow().AddDays(30)), await scene.CallerAsync(owner), default));

    private static Task<ApiTokenHolder?> FindAsync(PeopleScene scene, IssuedApiToken token) => scene.Get<ApiTokens>().FindAsync(token.Text, "192.0.2.8", default);
}
