using Watchbill.People;
using Watchbill.People.Tokens;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class DeviceLoginTests
{
    [Theory, EveryEngine]
    public async Task An_approved_device_gets_one_token_however_often_it_asks(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var caller = await scene.CallerAsync(kim);
        var logins = scene.Get<DeviceLogins>();
        var started = await StartLoginAsync(scene);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", started.UserCode);
        Assert.Equal("https://watchbill.example.com/device", started.Page.AbsoluteUri);
        Assert.Equal("device-login-pending", (await logins.CollectAsync(started.DeviceCode, default)).Refusal?.Code);
        Assert.Equal("device-login-slow-down", (await logins.CollectAsync(started.DeviceCode, default)).Refusal?.Code);

        var typed = started.UserCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        Assert.Equal("laptop.example.com", Must(await logins.LookAsync(typed, caller, default)).Client);
        Must(await logins.ApproveAsync(typed, [Right.ReadAccess], days: null, caller, default));
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => logins.CollectAsync(started.DeviceCode, default))));

        var token = Assert.Single(results, static result => result.Succeeded).Value;
        var holder = await scene.Get<ApiTokens>().FindAsync(token.Text, null, default);
        Assert.Equal([Right.ReadAccess], holder!.Caller.Rights);
        Assert.Equal(kim.Account.Id, holder.Owner.Id);
        Assert.Equal("laptop.example.com", holder.Token.Name);
        Assert.Single(Must(await scene.Get<ApiTokens>().ListAsync(kim.Account.Id, caller, default)));
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("device-code-not-good", (await logins.CollectAsync(started.DeviceCode, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Of_two_who_decide_at_once_one_does(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.CallerAsync(await scene.JoinAsync("kim@example.com", Role.Auditor));
        var lee = await scene.CallerAsync(await scene.JoinAsync("lee@example.com", Role.Auditor));
        var started = await StartLoginAsync(scene);
        var logins = scene.Get<DeviceLogins>();

        var results = await Task.WhenAll(
            Task.Run(() => logins.ApproveAsync(started.UserCode, null, null, kim, default)),
            Task.Run(() => logins.DenyAsync(started.UserCode, lee, default)));

        Assert.Single(results, static result => result.Succeeded);
    }

    [Theory, EveryEngine]
    public async Task A_login_that_is_denied_or_ten_minutes_old_gives_nothing(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.CallerAsync(await scene.JoinAsync("kim@example.com", Role.Auditor));
        var logins = scene.Get<DeviceLogins>();
        var denied = await StartLoginAsync(scene);
        var late = await StartLoginAsync(scene);

        Must(await logins.DenyAsync(denied.UserCode, kim, default));
        Assert.Equal("device-login-denied", (await logins.CollectAsync(denied.DeviceCode, default)).Refusal?.Code);
        Must(await logins.ApproveAsync(late.UserCode, null, null, kim, default));
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("device-code-not-good", (await logins.CollectAsync(late.DeviceCode, default)).Refusal?.Code);
        Assert.Equal("device-code-not-good", (await logins.CollectAsync("nonsense", default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Nobody_tries_codes_for_ever_nor_starts_logins_without_end(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.CallerAsync(await scene.JoinAsync("kim@example.com", Role.Auditor));
        var logins = scene.Get<DeviceLogins>();
        var started = await StartLoginAsync(scene);
        foreach (var typed in (string?[])[null, "", "AAAA-AAAA", "BCDF-GHJK", new string('B', 5000)])
        {
            Assert.Equal("device-code-not-good", (await logins.LookAsync(typed, kim, default)).Refusal?.Code);
        }

        Assert.Equal("too-many-attempts", (await logins.LookAsync(started.UserCode, kim, default)).Refusal?.Code);
        for (var number = 1; number < 20; number++)
        {
            await StartLoginAsync(scene);
        }

        Assert.Equal("too-many-attempts", (await logins.StartAsync("laptop.example.com", Here, default)).Refusal?.Code);
        Assert.Equal("device-client-invalid", (await logins.StartAsync("a\u001bb", Here, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Whoever_lost_their_account_in_between_gives_nothing(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var started = await StartLoginAsync(scene);
        Must(await scene.Get<DeviceLogins>().ApproveAsync(started.UserCode, null, null, await scene.CallerAsync(kim), default));
        Must(await scene.Get<ManageAccount>().CloseAsync(kim.Account.Id, kim.Account.Version, Operator, default));

        Assert.Equal("device-code-not-good", (await scene.Get<DeviceLogins>().CollectAsync(started.DeviceCode, default)).Refusal?.Code);
    }

    private static async Task<StartedDeviceLogin> StartLoginAsync(PeopleScene scene) =>
        Must(await scene.Get<DeviceLogins>().StartAsync("laptop.example.com", Here, default));
}
