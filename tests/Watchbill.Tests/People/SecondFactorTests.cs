using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class SecondFactorTests
{
    /// <summary>Appendix B of RFC 6238, of whose eight digits apps show the last six.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code)
    {
        var key = "12345678901234567890"u8.ToArray();
        var now = DateTimeOffset.FromUnixTimeSeconds(second);

        Assert.Equal(second / 30, OneTimeCodes.StepOf(Base32Encoding.ToString(key), code, now));
        Assert.Equal(code, AuthenticatorApp.CodeOf(key, second / 30));
        Assert.NotNull(OneTimeCodes.StepOf(Base32Encoding.ToString(key), code, now.AddSeconds(30)));
        Assert.NotNull(OneTimeCodes.StepOf(Base32Encoding.ToString(key), code, now.AddSeconds(-30)));
        Assert.Null(OneTimeCodes.StepOf(Base32Encoding.ToString(key), code, now.AddSeconds(90)));
    }

    [Theory, EveryEngine]
    public async Task A_password_alone_lets_nobody_in_any_more(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var other = In(await scene.SignInAsync("root@example.com"));
        var (secret, _) = await SetUpAsync(scene, root);

        Assert.Null(await scene.Get<Sessions>().FindAsync(other.Token, null, default));
        Assert.NotNull(await scene.Get<Sessions>().FindAsync(root.Token, null, default));
        var halfway = Assert.IsType<Entered.Halfway>(Must(await scene.SignInAsync("root@example.com")));
        Assert.Null(await scene.Get<Sessions>().FindAsync(halfway.Secret, null, default));
        Assert.Equal("root@example.com", Must(await scene.Get<SecondStep>().LookAsync(halfway.Secret, default)).Account.Address);
        Assert.Equal("code-wrong", (await ShowAsync(scene, halfway, "000000")).Refusal?.Code);
        Assert.Equal("code-wrong", (await ShowAsync(scene, halfway, new string('1', 10_000))).Refusal?.Code);
        Assert.Equal("code-wrong", (await ShowAsync(scene, halfway, "")).Refusal?.Code);

        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        var signedIn = Must(await ShowAsync(scene, halfway, AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()).Insert(3, " ")));

        Assert.Empty(signedIn.RecoveryCodes);
        Assert.NotNull(await scene.Get<Sessions>().FindAsync(signedIn.SignedIn.Token, null, default));
        Assert.Equal("second-step-over", (await ShowAsync(scene, halfway, AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()))).Refusal?.Code);
        Assert.Equal(["second-factor-set-up", "code-failed", "code-failed", "code-failed", "signed-in"], (await scene.ActionsAsync()).TakeLast(5));
    }

    [Theory, EveryEngine]
    public async Task A_code_works_once_even_for_many_at_once(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var (secret, _) = await SetUpAsync(scene, await scene.SetUpAsync());

        // The code that set it up was used by that.
        Assert.Equal("code-wrong", (await ShowAsync(scene, await HalfwayAsync(scene), AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()))).Refusal?.Code);
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow());
        var halfway = await HalfwayAsync(scene);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ShowAsync(scene, halfway, code))));

        Assert.Single(results, static result => result.Succeeded);
        Assert.Equal("code-wrong", (await ShowAsync(scene, await HalfwayAsync(scene), code)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task A_recovery_code_works_once_and_its_person_is_told(TestEngine engine)
    {
        await using var scene = await StartAsync(engine, new MailOptions { Host = "mail.example.com", From = "watchbill@example.com" });
        var root = await scene.SetUpAsync();
        var (_, codes) = await SetUpAsync(scene, root);
        Assert.Equal(10, codes.Distinct().Count());

        Assert.True((await ShowAsync(scene, await HalfwayAsync(scene), $" {codes[3].ToUpperInvariant()} ")).Succeeded);

        Assert.Equal("code-wrong", (await ShowAsync(scene, await HalfwayAsync(scene), codes[3])).Refusal?.Code);
        Assert.Equal(9, Must(await scene.Get<ManageSecondFactor>().FindAsync(root.Account.Id, Operator, default)).RecoveryCodesLeft);
        Assert.Contains("recovery-code-used", await scene.ActionsAsync());
        await using var session = scene.Database.OpenRead();
        Assert.Contains("recovery-code-used", await session.Connection.QueryToListAsync<string>("SELECT kind FROM mail"));

        var anew = Must(await scene.Get<ManageSecondFactor>().NewRecoveryCodesAsync(await scene.CallerAsync(root), default));
        Assert.Equal("code-wrong", (await ShowAsync(scene, await HalfwayAsync(scene), codes[4])).Refusal?.Code);
        Assert.True((await ShowAsync(scene, await HalfwayAsync(scene), anew[4])).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Guessing_codes_is_slowed_down_and_needs_the_password_each_time(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var (secret, _) = await SetUpAsync(scene, await scene.SetUpAsync());
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal("code-wrong", (await ShowAsync(scene, await HalfwayAsync(scene), "123456")).Refusal?.Code);
        }

        Assert.Equal("too-many-attempts", (await ShowAsync(scene, await HalfwayAsync(scene), "123456")).Refusal?.Code);
        var halfway = await HalfwayAsync(scene);
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("second-step-over", (await ShowAsync(scene, halfway, AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()))).Refusal?.Code);
        Assert.True((await ShowAsync(scene, await HalfwayAsync(scene), AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()))).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task A_link_to_a_new_password_is_no_way_around_it(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        await SetUpAsync(scene, root);
        var link = Must(await scene.Get<PasswordReset>().IssueAsync(root.Account.Id, Operator, default));

        var entered = Must(await scene.Get<PasswordReset>().CompleteAsync(SecretOf(link.Address), "nine purple kites over water", Here, default));

        Assert.IsType<Entered.Halfway>(entered);
        Assert.Empty(Must(await scene.Get<Sessions>().ListAsync(root.Account.Id, Operator, default)));
    }

    [Theory, EveryEngine]
    public async Task Proving_again_asks_for_both(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var (secret, _) = await SetUpAsync(scene, root);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        var holder = (await scene.Get<Sessions>().FindAsync(root.Token, null, default))!;
        var prove = scene.Get<ProveAgain>();
        var code = AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow());

        Assert.Equal("code-wrong", (await prove.ByPasswordAsync(holder, PeopleScene.Password, "", Here, default)).Refusal?.Code);
        Assert.Equal("password-wrong", (await prove.ByPasswordAsync(holder, "wrong wrong wrong", code, Here, default)).Refusal?.Code);
        Assert.True((await prove.ByPasswordAsync(holder, PeopleScene.Password, code, Here, default)).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Whoever_lost_it_is_helped_by_an_administrator_within_their_rights(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var kim = await scene.JoinAsync("kim@example.com", Role.SuperAdministrator);
        await SetUpAsync(scene, kim);
        var manage = scene.Get<ManageSecondFactor>();
        var kims = await scene.CallerAsync(kim);

        Assert.Equal("second-factor-exists", (await manage.BeginAsync(kims, default)).Refusal?.Code);
        Assert.Equal("second-factor-not-found", (await manage.RemoveAsync(root.Account.Id, kims, default)).Refusal?.Code);
        var auditor = await scene.CallerAsync(await scene.JoinAsync("audit@example.com", Role.Auditor));
        Assert.Equal(RefusalKind.Forbidden, (await manage.RemoveAsync(kim.Account.Id, auditor, default)).Refusal?.Kind);
        Assert.Null(Must(await manage.RemoveAsync(kim.Account.Id, await scene.CallerAsync(root), default)).SecondFactorSince);

        In(await scene.SignInAsync("kim@example.com"));
        Assert.Equal("second-factor-not-begun", (await manage.PendingAsync(kims, default)).Refusal?.Code);
        Assert.Equal("second-factor-not-found", (await manage.RemoveAsync(kim.Account.Id, kims, default)).Refusal?.Code);
    }

    /// <summary>Where everybody needs one, it is set up before there is a session: by whoever is new, and by whoever was there before.</summary>
    [Theory, EveryEngine]
    public async Task Where_it_is_required_nobody_gets_in_without(TestEngine engine)
    {
        await using var scene = await StartAsync(engine, configure: static services => services.AddSingleton(new SecondFactorOptions(IsRequired: true)));
        var invited = Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [Role.Member]), Operator, default));

        var entered = Must(await scene.Get<AcceptInvitation>().RunAsync(new AcceptInput(SecretOf(invited.Link.Address), "Kim", PeopleScene.Password), Here, default));

        var halfway = Assert.IsType<Entered.Halfway>(entered);
        Assert.Empty(Must(await scene.Get<Sessions>().ListAsync(invited.Account.Id, Operator, default)));
        var begun = Must(await scene.Get<SecondStep>().LookAsync(halfway.Secret, default)).ToSetUp!;
        Assert.Contains("kim%40example.com", begun.Address, StringComparison.Ordinal);
        Assert.Equal("code-wrong", (await ShowAsync(scene, halfway, "000000")).Refusal?.Code);
        var code = AuthenticatorApp.CodeAt(begun.Secret, scene.Clock.GetUtcNow());
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ShowAsync(scene, halfway, code))));
        Assert.Equal(10, Assert.Single(results, static result => result.Succeeded).Value.RecoveryCodes.Count);

        Assert.Null(Must(await scene.Get<SecondStep>().LookAsync((await HalfwayAsync(scene, "kim@example.com")).Secret, default)).ToSetUp);
    }

    [Theory, EveryEngine]
    public async Task What_is_being_set_up_asks_nobody_for_a_code_yet(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var caller = await scene.CallerAsync(root);
        var first = Must(await scene.Get<ManageSecondFactor>().BeginAsync(caller, default));
        In(await scene.SignInAsync("root@example.com"));

        var second = Must(await scene.Get<ManageSecondFactor>().BeginAsync(caller, default));

        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Equal(second, Must(await scene.Get<ManageSecondFactor>().PendingAsync(caller, default)));
        var old = AuthenticatorApp.CodeAt(first.Secret, scene.Clock.GetUtcNow());
        Assert.Equal("code-wrong", (await scene.Get<ManageSecondFactor>().ConfirmAsync(old, root.Session.Id, caller, default)).Refusal?.Code);
    }

    /// <summary>Where everybody needs one, signing in begins one for who has none; somebody may end setting theirs up in that very moment, and keeps it.</summary>
    [Theory, EveryEngine]
    public async Task Beginning_anew_leaves_what_is_set_up(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var (secret, _) = await SetUpAsync(scene, root);

        await scene.Database.InTransactionAsync(
            async transaction => await scene.Get<SecondFactorBook>().BeginAsync(transaction, (await AccountStore.FindAsync(transaction, root.Account.Id, default))!, default), default);

        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await ShowAsync(scene, await HalfwayAsync(scene), AuthenticatorApp.CodeAt(secret, scene.Clock.GetUtcNow()))).Succeeded);
    }

    /// <summary>Somebody with a token, a program, or no password has nothing to set up.</summary>
    [Theory, EveryEngine]
    public async Task Only_somebody_signed_in_with_a_password_has_one(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var link = Must(await scene.Get<SignInLink>().IssueAsync("Root", "root@example.com", Operator, default));
        var root = Must(await scene.Get<SignInLink>().RunAsync(SecretOf(link.Address), Here, default));

        Assert.Equal("second-factor-needs-password", (await scene.Get<ManageSecondFactor>().BeginAsync(await scene.CallerAsync(root), default)).Refusal?.Code);
        Assert.Equal("session-needed", (await scene.Get<ManageSecondFactor>().BeginAsync(Operator, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task No_secret_of_it_lies_in_the_database_in_clear(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var (secret, codes) = await SetUpAsync(scene, await scene.SetUpAsync());
        await using var session = scene.Database.OpenRead();

        var stored = await session.Connection.QueryToListAsync<string>("SELECT secret FROM second_factor");
        stored = [.. stored, .. await session.Connection.QueryToListAsync<string>("SELECT digest FROM recovery_code"), .. await session.Connection.QueryToListAsync<string>("SELECT COALESCE(after, '') FROM audit_event")];

        Assert.All(codes.Select(static code => code.Replace("-", "", StringComparison.Ordinal)).Append(secret), planted => Assert.All(stored, text => Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<(string Secret, IReadOnlyList<string> RecoveryCodes)> SetUpAsync(PeopleScene scene, SignedIn signedIn)
    {
        var caller = await scene.CallerAsync(signedIn);
        var begun = Must(await scene.Get<ManageSecondFactor>().BeginAsync(caller, default));
        var codes = Must(await scene.Get<ManageSecondFactor>().ConfirmAsync(AuthenticatorApp.CodeAt(begun.Secret, scene.Clock.GetUtcNow()), signedIn.Session.Id, caller, default));
        return (begun.Secret, codes);
    }

    private static async Task<Entered.Halfway> HalfwayAsync(PeopleScene scene, string address = "root@example.com") => Assert.IsType<Entered.Halfway>(Must(await scene.SignInAsync(address)));

    private static Task<Result<WhollyIn>> ShowAsync(PeopleScene scene, Entered.Halfway halfway, string code) => scene.Get<SecondStep>().RunAsync(halfway.Secret, code, Here, default);
}
