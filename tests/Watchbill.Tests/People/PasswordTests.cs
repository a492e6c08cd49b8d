using Watchbill.People;
using Watchbill.People.Passwords;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("fourteen chars", "password-too-short")]
    [InlineData("fifteen chars ok", null)]
    [InlineData("🦦🦦🦊🦊🐟🐟🦀🦀🐌🐌🐢🐢🐙🐙", "password-too-short")]
    [InlineData("🦦🦊🐟🦀🐌🐢🐙🦉🐝🐞🦋🐛🐜🪲🦗", null)]
    [InlineData("   lots   of   space   ", null)]
    [InlineData("пароль из пяти слов и точка", null)]
    [InlineData("broken \uD800 surrogate here", "password-not-text")]
    [InlineData("null \0 in the middle", "password-not-text")]
    [InlineData("passwordpassword", "password-too-common")]
    [InlineData("PassWord-PassWord", "password-too-common")]
    [InlineData("aaaaaaaaaaaaaaa", "password-too-common")]
    [InlineData("!!!!!!!!!!!!!!!!!", "password-too-common")]
    [InlineData("abc123abc123abc123", "password-too-common")]
    [InlineData("123456789012345", "password-too-common")]
    [InlineData("987654321098765", "password-too-common")]
    [InlineData("qwertyuiopasdfgh", "password-too-common")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "password-too-common")]
    [InlineData("Correct Horse Battery Staple", "password-too-common")]
    [InlineData("Administrator2026!", "password-too-common")]
    [InlineData("watchbill-sentry-1", "password-too-personal")]
    [InlineData("KimberleyExample1", "password-too-personal")]
    [InlineData("kimberley@example.org", "password-too-personal")]
    [InlineData("kimberley likes green tea in winter", null)]
    public void A_password_is_long_and_only_yours(string password, string? code) =>
        Assert.Equal(code, PasswordRules.Refuse(password, new PasswordOwner("Kimberley Example", "kimberley@example.org"))?.Code);

    [Fact]
    public void The_longest_password_has_256_characters()
    {
        var owner = new PasswordOwner(null, "kim@example.org");
        var longest = string.Concat(Enumerable.Range(0, 256).Select(static number => char.ConvertFromUtf32(0x1F300 + number)));

        Assert.Null(PasswordRules.Refuse(longest, owner));
        Assert.Equal("password-too-long", PasswordRules.Refuse(longest + "x", owner)?.Code);
        Assert.Equal("password-too-long", PasswordRules.Refuse(new string('x', 1_000_000), owner)?.Code);
        Assert.Equal("password-too-short", PasswordRules.Refuse(null, owner)?.Code);
    }

    [Fact]
    public void A_hash_says_how_it_was_made_and_matches_only_its_password()
    {
        var stored = PasswordHash.Create("pässword with spaces ", 10).ToStored();

        Assert.Matches(@"^pbkdf2-sha256\$10\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$", stored);
        Assert.True(PasswordHash.Parse(stored).Matches("pässword with spaces "));
        Assert.False(PasswordHash.Parse(stored).Matches("pässword with spaces"));
        Assert.NotEqual(stored, PasswordHash.Create("pässword with spaces ", 10).ToStored());
        Assert.True(new PeopleOptions().PasswordIterations >= 600_000);
    }

    [Theory, EveryEngine]
    public async Task Changing_it_needs_the_old_one_and_ends_other_sessions(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var here = await scene.SetUpAsync();
        var there = In(await scene.SignInAsync("root@example.com"));
        var caller = await scene.CallerAsync(here);
        var change = scene.Get<ChangePassword>();
        const string Better = "nine purple kites over water";

        Assert.Equal("password-wrong", (await change.RunAsync(new ChangePasswordInput("wrong wrong wrong", Better, here.Session.Id), caller, default)).Refusal?.Code);
        Assert.Equal("password-too-short", (await change.RunAsync(new ChangePasswordInput(PeopleScene.Password, "short", here.Session.Id), caller, default)).Refusal?.Code);
        Assert.Equal("password-unchanged", (await change.RunAsync(new ChangePasswordInput(PeopleScene.Password, PeopleScene.Password, here.Session.Id), caller, default)).Refusal?.Code);
        Must(await change.RunAsync(new ChangePasswordInput(PeopleScene.Password, Better, here.Session.Id), caller, default));

        Assert.NotNull(await scene.Get<Sessions>().FindAsync(here.Token, null, default));
        Assert.Null(await scene.Get<Sessions>().FindAsync(there.Token, null, default));
        Assert.Equal("sign-in-refused", (await scene.SignInAsync("root@example.com")).Refusal?.Code);
        Assert.True((await scene.SignInAsync("root@example.com", Better)).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Guesses_at_the_old_one_count_like_guesses_at_the_sign_in_page(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var here = await scene.SetUpAsync();
        var caller = await scene.CallerAsync(here);
        var guess = new ChangePasswordInput("wrong wrong wrong", "nine purple kites over water", here.Session.Id);
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal("password-wrong", (await scene.Get<ChangePassword>().RunAsync(guess, caller, default)).Refusal?.Code);
        }

        Assert.Equal("too-many-attempts", (await scene.Get<ChangePassword>().RunAsync(guess, caller, default)).Refusal?.Code);
        Assert.Equal("too-many-attempts", (await scene.SignInAsync("root@example.com")).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task A_link_changes_it_once_and_ends_all_sessions_and_pauses(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var before = await scene.SetUpAsync();
        var reset = scene.Get<PasswordReset>();
        var secret = SecretOf(Must(await reset.IssueAsync(before.Account.Id, Operator, default)).Address);
        for (var number = 0; number < 6; number++)
        {
            await scene.SignInAsync("root@example.com", "wrong wrong wrong");
        }

        Assert.Equal("password-too-short", (await reset.CompleteAsync(secret, "short", Here, default)).Refusal?.Code);
        const string Better = "nine purple kites over water";
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => reset.CompleteAsync(secret, Better, Here, default))));

        var after = Assert.IsType<Entered.In>(Assert.Single(results, static result => result.Succeeded).Value).SignedIn;
        Assert.Null(await scene.Get<Sessions>().FindAsync(before.Token, null, default));
        Assert.NotNull(await scene.Get<Sessions>().FindAsync(after.Token, null, default));
        Assert.True((await scene.SignInAsync("root@example.com", Better)).Succeeded);
    }

    /// <summary>Each takes locks that the other takes too; none may wait for the other who waits for it.</summary>
    [Theory, EveryEngine]
    public async Task Choosing_one_and_signing_in_do_not_hold_each_other_up(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var id = (await scene.SetUpAsync()).Account.Id;
        var reset = scene.Get<PasswordReset>();
        var password = PeopleScene.Password;
        for (var round = 0; round < 8; round++)
        {
            var secret = SecretOf(Must(await reset.IssueAsync(id, Operator, default)).Address);
            var (old, next, from) = (password, $"nine purple kites over water {round}", Here with { From = $"192.0.2.{round + 1}" });
            var entering = Enumerable.Range(0, 3).Select(_ => Task.Run(() => scene.SignInAsync("root@example.com", old, from))).ToList();
            var choosing = Task.Run(() => reset.CompleteAsync(secret, next, from, default));

            Assert.True((await choosing).Succeeded);
            Assert.All(await Task.WhenAll(entering), static result => Assert.True(result.Refusal?.Code is null or "sign-in-refused" or "too-many-attempts", result.Refusal?.ToString()));
            password = next;
        }
    }
}
