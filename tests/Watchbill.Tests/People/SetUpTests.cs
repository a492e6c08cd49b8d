using LinqToDB.Data;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class SetUpTests
{
    [Theory, EveryEngine]
    public async Task The_first_account_is_a_signed_in_super_administrator(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        Assert.True(await scene.Get<AccountQueries>().NeedsSetUpAsync(default));

        var first = await scene.SetUpAsync(" Root@Example.COM ");

        Assert.Equal("root@example.com", first.Account.Address);
        Assert.Equal([Role.SuperAdministrator], first.Account.Roles);
        Assert.Equal(Enum.GetValues<Right>(), (await scene.CallerAsync(first)).Rights.Order());
        Assert.False(await scene.Get<AccountQueries>().NeedsSetUpAsync(default));
        Assert.Equal(["set-up-link-made", "account-made", "signed-in"], await scene.ActionsAsync());
        Assert.True((await scene.SignInAsync("root@example.com")).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Of_many_who_use_the_link_at_once_one_succeeds(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var secret = SecretOf(Must(await scene.Get<SetupLink>().IssueAsync(Caller.System, default)).Address);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
            scene.Get<SetupLink>().CompleteAsync(new SetUpInput(secret, "Robin Root", $"root{number}@example.com", PeopleScene.Password), Here, default))));

        Assert.Single(results, static result => result.Succeeded);
        Assert.Equal(1, Must(await scene.Get<AccountQueries>().ListAsync(new AccountFilter(), Operator, default)).Total);
    }

    [Theory, EveryEngine]
    public async Task The_newest_link_wins_and_none_outlives_a_day_or_the_first_account(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var links = scene.Get<SetupLink>();
        var old = SecretOf(Must(await links.IssueAsync(Caller.System, default)).Address);
        var newest = SecretOf(Must(await links.IssueAsync(Caller.System, default)).Address);

        Assert.Equal("link-not-good", (await links.LookAsync(old, default))?.Code);
        Assert.Null(await links.LookAsync(newest, default));

        scene.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("link-not-good", (await links.LookAsync(newest, default))?.Code);
        Assert.Equal("link-not-good", (await links.CompleteAsync(new SetUpInput(newest, "A", "a@example.com", PeopleScene.Password), Here, default)).Refusal?.Code);

        await scene.SetUpAsync();
        Assert.Equal("already-set-up", (await links.IssueAsync(Caller.System, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task A_refused_input_leaves_the_link_as_it_was(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var links = scene.Get<SetupLink>();
        var secret = SecretOf(Must(await links.IssueAsync(Caller.System, default)).Address);

        string?[] codes =
        [
            (await links.CompleteAsync(new SetUpInput(secret, "", "a@example.com", PeopleScene.Password), Here, default)).Refusal?.Code,
            (await links.CompleteAsync(new SetUpInput(secret, "A", "nonsense", PeopleScene.Password), Here, default)).Refusal?.Code,
            (await links.CompleteAsync(new SetUpInput(secret, "A", "a@example.com", "short"), Here, default)).Refusal?.Code,
            (await links.CompleteAsync(new SetUpInput(secret[..^1], "A", "a@example.com", PeopleScene.Password), Here, default)).Refusal?.Code,
            (await links.CompleteAsync(new SetUpInput(secret + "x", "A", "a@example.com", PeopleScene.Password), Here, default)).Refusal?.Code,
        ];

        Assert.Equal(["person-name-invalid", "email-address-invalid", "password-too-short", "link-not-good", "link-not-good"], codes);
        Assert.Null(await links.LookAsync(secret, default));
    }

    [Theory, EveryEngine]
    public async Task Only_the_command_line_makes_links_that_need_no_password(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var somebody = new Caller(new Actor(ActorKind.Account, "1"), Enum.GetValues<Right>());

        Assert.Equal("command-line-only", (await scene.Get<SetupLink>().IssueAsync(somebody, default)).Refusal?.Code);
        Assert.Equal("command-line-only", (await scene.Get<SignInLink>().IssueAsync("Demo", "demo@example.com", somebody, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task A_sign_in_link_makes_its_account_once_and_works_once(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var links = scene.Get<SignInLink>();
        var setUp = SecretOf(Must(await scene.Get<SetupLink>().IssueAsync(Caller.System, default)).Address);
        await links.IssueAsync("Demo", "demo@example.com", Operator, default);
        var secret = SecretOf(Must(await links.IssueAsync("Demo", "demo@example.com", Operator, default)).Address);

        Assert.Equal("Demo", Must(await links.LookAsync(secret, default)).Name);
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => links.RunAsync(secret, Here, default))));

        var signedIn = Assert.Single(results, static result => result.Succeeded).Value;
        Assert.False(signedIn.Account.HasPassword);
        Assert.True((await scene.CallerAsync(signedIn)).May(Right.ManagePeople));
        Assert.Equal("link-not-good", (await scene.Get<SetupLink>().LookAsync(setUp, default))?.Code);
        Assert.Equal("sign-in-refused", (await scene.SignInAsync("demo@example.com", "")).Refusal?.Code);
    }

    /// <summary>Whoever copies the database gets no link, session or token that works.</summary>
    [Theory, EveryEngine]
    public async Task No_secret_is_stored_in_clear(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var link = Must(await scene.Get<SetupLink>().IssueAsync(Caller.System, default));
        await using var connection = scene.Database.Open();

        var stored = await connection.QueryToListAsync<string>("SELECT secret_digest FROM one_time_link");

        Assert.Equal(64, Assert.Single(stored).Length);
        Assert.DoesNotContain(SecretOf(link.Address), stored[0], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SecretOf(link.Address), link.ToString(), StringComparison.Ordinal);
    }
}
