using LinqToDB.Data;
using Watchbill.Audit;
using Watchbill.People;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class SignInTests
{
    [Theory, EveryEngine]
    public async Task Nobody_learns_who_has_an_account(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var left = await scene.JoinAsync("left@example.com", Role.Auditor);
        Must(await scene.Get<ManageAccount>().CloseAsync(left.Account.Id, left.Account.Version, await scene.CallerAsync(root), default));

        string[] answers =
        [
            (await scene.SignInAsync("root@example.com", "not the password at all")).Refusal!.ToString(),
            (await scene.SignInAsync("left@example.com")).Refusal!.ToString(),
            (await scene.SignInAsync("nobody@example.com")).Refusal!.ToString(),
            (await scene.SignInAsync("no address")).Refusal!.ToString(),
            (await scene.SignInAsync(new string('a', 5000), new string('b', 5000))).Refusal!.ToString(),
        ];

        Assert.Single(answers.Distinct());
        Assert.True((await scene.SignInAsync("ROOT@example.com ")).Succeeded);
    }

    /// <summary>A fifth failure brings a pause; whether the address has an account makes no difference, nor does the right password during it.</summary>
    [Theory, EveryEngine]
    public async Task Guessing_is_slowed_down_more_and_more(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();
        foreach (var address in (string[])["root@example.com", "nobody@example.com"])
        {
            foreach (var minutes in (int[])[0, 0, 0, 0, 1, 2, 4, 8, 15, 15])
            {
                Assert.Equal("sign-in-refused", (await scene.SignInAsync(address, "wrong wrong wrong", FromNetwork(address))).Refusal?.Code);
                if (minutes > 0)
                {
                    scene.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
                    Assert.Equal("too-many-attempts", (await scene.SignInAsync(address, PeopleScene.Password, FromNetwork(address))).Refusal?.Code);
                    scene.Clock.Advance(TimeSpan.FromSeconds(1));
                }
            }
        }

        Assert.True((await scene.SignInAsync("root@example.com")).Succeeded);
        Assert.Equal("sign-in-refused", (await scene.SignInAsync("root@example.com", "wrong wrong wrong")).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Guesses_at_once_do_not_slip_through_together(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => scene.SignInAsync("root@example.com", "wrong wrong wrong"))));

        Assert.Equal(5, results.Count(static result => result.Refusal!.Code == "sign-in-refused"));
        Assert.Equal(7, results.Count(static result => result.Refusal!.Code == "too-many-attempts"));
    }

    /// <summary>Each begins an attempt and takes it back; none may wait for the other who waits for it.</summary>
    [Theory, EveryEngine]
    public async Task Many_who_are_right_at_once_all_get_in(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();

        for (var round = 0; round < 5; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => scene.SignInAsync("root@example.com"))));
            Assert.All(results, static result => Assert.True(result.Succeeded, result.Refusal?.ToString()));
        }
    }

    [Theory, EveryEngine]
    public async Task One_network_cannot_try_many_addresses(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal("sign-in-refused", (await scene.SignInAsync($"a{number}@example.com", "wrong wrong wrong", new Visitor($"2001:db8:1:2::{number}", null))).Refusal?.Code);
        }

        Assert.Equal("too-many-attempts", (await scene.SignInAsync("root@example.com", PeopleScene.Password, new Visitor("2001:db8:1:2::ffff", null))).Refusal?.Code);
        Assert.True((await scene.SignInAsync("root@example.com", PeopleScene.Password, new Visitor("2001:db8:1:3::1", null))).Succeeded);
    }

    /// <summary>Otherwise whoever has an account could guess at others for ever, signing in between.</summary>
    [Theory, EveryEngine]
    public async Task Signing_in_does_not_clear_what_a_network_did(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();
        var refused = 0;
        for (var number = 0; number < 40 && refused == 0; number++)
        {
            await scene.SignInAsync($"a{number}@example.com", "wrong wrong wrong");
            refused += (await scene.SignInAsync("root@example.com")).Succeeded ? 0 : 1;
        }

        Assert.Equal(1, refused);
    }

    [Theory, EveryEngine]
    public async Task A_cheap_hash_becomes_a_dear_one_at_sign_in(TestEngine engine)
    {
        await using var scene = await StartAsync(engine, options: new PeopleOptions { PasswordIterations = 20 });
        await scene.SetUpAsync();
        await using var connection = scene.Database.Open();
        var cheap = Watchbill.People.Passwords.PasswordHash.Create(PeopleScene.Password, 5).ToStored();
        await connection.ExecuteAsync("UPDATE account SET password_hash = @cheap", new DataParameter("cheap", cheap, LinqToDB.DataType.Text));

        Assert.True((await scene.SignInAsync("root@example.com")).Succeeded);

        Assert.StartsWith("pbkdf2-sha256$20$", await connection.ExecuteAsync<string>("SELECT password_hash FROM account"), StringComparison.Ordinal);
        Assert.True((await scene.SignInAsync("root@example.com")).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task The_audit_log_tells_who_failed_but_not_what_was_typed(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        await scene.SignInAsync("root@example.com", "hunter2hunter2hunter2");
        await scene.SignInAsync("hunter2hunter2hunter2", "root@example.com");

        var events = await scene.Get<AuditLog>().ListAsync(new AuditQuery(), default);

        var failed = events.Where(static auditEvent => auditEvent.Action == "sign-in-failed").ToList();
        Assert.Equal(["unknown", root.Account.Id.ToString()], failed.Select(static auditEvent => auditEvent.SubjectId));
        Assert.All(events, static auditEvent => Assert.DoesNotContain("hunter2", auditEvent.ToString(), StringComparison.Ordinal));
        Assert.All(failed, static auditEvent => Assert.Equal("192.0.2.7", auditEvent.Actor.From));
    }

    private static Visitor FromNetwork(string address) => new(address.StartsWith("root", StringComparison.Ordinal) ? "198.51.100.1" : "198.51.100.2", null);
}
