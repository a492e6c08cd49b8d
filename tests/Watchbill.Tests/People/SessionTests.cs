using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class SessionTests
{
    [Theory, EveryEngine]
    public async Task A_token_stands_for_its_person_as_they_are_now(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);

        Assert.False((await scene.CallerAsync(kim)).May(Right.ManageConnectors));
        Must(await scene.Get<ManageAccount>().ChangeRolesAsync(
            kim.Account.Id, [Role.IntegrationAdministrator], kim.Account.Version, await scene.CallerAsync(root), default));

        var holder = await scene.Get<Sessions>().FindAsync(kim.Token, "203.0.113.9", default);
        Assert.True(holder!.Caller.May(Right.ManageConnectors));
        Assert.Equal(new Actor(ActorKind.Account, kim.Account.Id.ToString(), "203.0.113.9"), holder.Caller.Actor);
        Assert.Equal(kim.Account.Id, holder.Caller.Account);
        Assert.Equal("Firefox/140.0", holder.Session.UserAgent);
    }

    [Theory, EveryEngine]
    public async Task Tokens_that_are_none_stand_for_nobody(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        foreach (var token in (string?[])[null, "", "x", root.Token + "x", root.Token[..^1], new string('0', 43), new string('\'', 43)])
        {
            Assert.Null(await scene.Get<Sessions>().FindAsync(token, null, default));
        }
    }

    [Theory, EveryEngine]
    public async Task A_session_ends_when_it_is_not_used_and_after_seven_days_in_any_case(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var idle = await scene.SetUpAsync();
        var used = In(await scene.SignInAsync("root@example.com"));
        for (var hours = 0; hours < 12; hours += 4)
        {
            await scene.CallerAsync(used);
            await scene.Get<LastUses>().WriteAsync(default);
            scene.Clock.Advance(TimeSpan.FromHours(4));
        }

        // Looked at only now: looking is using.
        Assert.Null(await scene.Get<Sessions>().FindAsync(idle.Token, null, default));
        for (var hours = 12; hours < 7 * 24; hours += 4)
        {
            await scene.CallerAsync(used);
            await scene.Get<LastUses>().WriteAsync(default);
            scene.Clock.Advance(TimeSpan.FromHours(4));
        }

        Assert.Null(await scene.Get<Sessions>().FindAsync(used.Token, null, default));
        await scene.Get<SweepPeople>().RunAsync(default);
        Assert.Empty(Must(await scene.Get<Sessions>().ListAsync(used.Account.Id, Operator, default)));
    }

    [Theory, EveryEngine]
    public async Task The_last_use_is_known_to_the_minute(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var began = scene.Clock.GetUtcNow();
        scene.Clock.Advance(TimeSpan.FromSeconds(59));
        await scene.CallerAsync(root);
        await scene.Get<LastUses>().WriteAsync(default);
        Assert.Equal(began, (await scene.Get<Sessions>().FindAsync(root.Token, null, default))!.Session.LastSeenAt);

        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.CallerAsync(root);
        await scene.Get<LastUses>().WriteAsync(default);
        Assert.Equal(began.AddMinutes(1), (await scene.Get<Sessions>().FindAsync(root.Token, null, default))!.Session.LastSeenAt);
    }

    [Theory, EveryEngine]
    public async Task Everybody_ends_their_own_sessions_and_an_administrator_those_of_anybody(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var sessions = scene.Get<Sessions>();
        var root = await scene.SetUpAsync();
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var (rootCaller, kimCaller) = (await scene.CallerAsync(root), await scene.CallerAsync(kim));
        var second = In(await scene.SignInAsync("kim@example.com"));
        var third = In(await scene.SignInAsync("kim@example.com"));

        Assert.Equal("right-missing", (await sessions.EndAsync(root.Session.Id, root.Account.Id, kimCaller, default)).Refusal?.Code);
        Assert.Equal("session-not-found", (await sessions.EndAsync(root.Session.Id, kim.Account.Id, kimCaller, default)).Refusal?.Code);
        Assert.Equal("right-missing", (await sessions.EndAllAsync(root.Account.Id, null, kimCaller, default)).Refusal?.Code);
        Assert.Equal(3, Must(await sessions.ListAsync(kim.Account.Id, kimCaller, default)).Count);

        Must(await sessions.EndAsync(second.Session.Id, kim.Account.Id, kimCaller, default));
        Assert.Null(await sessions.FindAsync(second.Token, null, default));
        Assert.Equal("session-not-found", (await sessions.EndAsync(second.Session.Id, kim.Account.Id, kimCaller, default)).Refusal?.Code);

        Assert.Equal(1, Must(await sessions.EndAllAsync(kim.Account.Id, kim.Session.Id, kimCaller, default)));
        Assert.Null(await sessions.FindAsync(third.Token, null, default));
        Assert.NotNull(await sessions.FindAsync(kim.Token, null, default));

        Assert.Equal(1, Must(await sessions.EndAllAsync(kim.Account.Id, null, rootCaller, default)));
        Assert.Null(await sessions.FindAsync(kim.Token, null, default));
        Assert.NotNull(await sessions.FindAsync(root.Token, null, default));
    }

    [Theory, EveryEngine]
    public async Task A_browser_may_call_itself_anything(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();

        var signedIn = In(await scene.SignInAsync("root@example.com", visitor: new Visitor("192.0.2.7", "a\0b\u0007\n" + new string('x', 197) + "\U0001F600\U0001F600")));

        Assert.Equal("a b  " + new string('x', 195), signedIn.Session.UserAgent);
    }
}
