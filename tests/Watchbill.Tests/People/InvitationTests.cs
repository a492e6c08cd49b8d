using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class InvitationTests
{
    [Theory, EveryEngine]
    public async Task An_invitation_is_accepted_once(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var invited = await InviteAsync(scene, "Kim@Example.com");
        var secret = SecretOf(invited.Link.Address);
        Assert.Equal($"https://watchbill.example.com/invitation/{secret}", invited.Link.Address.AbsoluteUri);
        Assert.False(invited.Link.Mailed);
        Assert.Equal("kim@example.com", Must(await scene.Get<AcceptInvitation>().LookAsync(secret, default)).Address);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => AcceptAsync(scene, secret, $"Kim {number}"))));

        var signedIn = In(Assert.Single(results, static result => result.Succeeded));
        Assert.Equal(AccountState.Active, signedIn.Account.State);
        Assert.Equal([Role.Auditor], signedIn.Account.Roles);
        var stored = await scene.AccountAsync(invited.Account.Id);
        Assert.Equal(stored, signedIn.Account with { Roles = stored.Roles });
        Assert.Equal("link-not-good", (await scene.Get<AcceptInvitation>().LookAsync(secret, default)).Refusal?.Code);
        Assert.True((await scene.SignInAsync("kim@example.com")).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task An_invitation_ends_after_seven_days_and_can_be_sent_again(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var invited = await InviteAsync(scene, "kim@example.com");
        scene.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("link-not-good", (await AcceptAsync(scene, SecretOf(invited.Link.Address))).Refusal?.Code);

        var second = Must(await scene.Get<InvitePerson>().ResendAsync(invited.Account.Id, Operator, default));
        var third = Must(await scene.Get<InvitePerson>().ResendAsync(invited.Account.Id, Operator, default));

        Assert.Equal("link-not-good", (await AcceptAsync(scene, SecretOf(second.Link.Address))).Refusal?.Code);
        Assert.True((await AcceptAsync(scene, SecretOf(third.Link.Address))).Succeeded);
        Assert.Equal("account-state-forbids", (await scene.Get<InvitePerson>().ResendAsync(invited.Account.Id, Operator, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task A_withdrawn_invitation_works_no_more_and_the_address_can_be_invited_again(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var invited = await InviteAsync(scene, "kim@example.com");

        var withdrawn = Must(await scene.Get<InvitePerson>().WithdrawAsync(invited.Account.Id, Operator, default));

        Assert.Equal(AccountState.Closed, withdrawn.State);
        Assert.Equal("link-not-good", (await AcceptAsync(scene, SecretOf(invited.Link.Address))).Refusal?.Code);
        Assert.Equal("account-never-accepted", (await scene.Get<ManageAccount>().ReopenAsync(withdrawn.Id, withdrawn.Version, Operator, default)).Refusal?.Code);

        var again = Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", "Kim", [Role.Member]), Operator, default));
        Assert.Equal(invited.Account.Id, again.Account.Id);
        Assert.Equal([Role.Member], In(await AcceptAsync(scene, SecretOf(again.Link.Address))).Account.Roles);
    }

    [Theory, EveryEngine]
    public async Task An_address_is_invited_once(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [Role.Member]), Operator, default))));

        Assert.Single(results, static result => result.Succeeded);
        Assert.All(results.Where(static result => !result.Succeeded), static result => Assert.Equal("account-exists", result.Refusal!.Code));
    }

    [Theory]
    [InlineData("", "email-address-invalid")]
    [InlineData("kim", "email-address-invalid")]
    [InlineData("kim@", "email-address-invalid")]
    [InlineData("kim@-example.test", "email-address-invalid")]
    [InlineData("kim@example..com", "email-address-invalid")]
    [InlineData("kim..lee@example.com", "email-address-invalid")]
    [InlineData("kim@example.com\r\nBcc: all@example.com", "email-address-invalid")]
    [InlineData("<kim@example.com>", "email-address-invalid")]
    [InlineData("kim@exam\u0000ple.com", "email-address-invalid")]
    [InlineData("kim@localhost", null)]
    [InlineData("kim+o'neill@mail.example.com", null)]
    public async Task Addresses_are_addresses(string address, string? code)
    {
        await using var scene = await StartAsync(TestEngine.Sqlite);

        var result = await scene.Get<InvitePerson>().InviteAsync(new InviteInput(address, null, [Role.Member]), Operator, default);

        Assert.Equal(code, result.Refusal?.Code);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData("Zoë Müller-O'Brien 李", null)]
    [InlineData("a\u202Eb", "person-name-invalid")]
    [InlineData("a\nb", "person-name-invalid")]
    [InlineData("a\u0000", "person-name-invalid")]
    [InlineData("\uD800", "person-name-invalid")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "person-name-invalid")]
    public async Task Names_are_visible(string name, string? code)
    {
        await using var scene = await StartAsync(TestEngine.Sqlite);

        var result = await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", name, [Role.Member]), Operator, default);

        Assert.Equal(code, result.Refusal?.Code);
    }

    [Fact]
    public async Task Roles_are_roles()
    {
        await using var scene = await StartAsync(TestEngine.Sqlite);

        Assert.Equal("roles-invalid", (await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, []), Operator, default)).Refusal?.Code);
        Assert.Equal("roles-invalid", (await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [(Role)99]), Operator, default)).Refusal?.Code);
    }

    private static async Task<Invitation> InviteAsync(PeopleScene scene, string address) =>
        Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput(address, null, [Role.Auditor]), Operator, default));

    private static Task<Result<Watchbill.People.SigningIn.Entered>> AcceptAsync(PeopleScene scene, string secret, string name = "Kim") =>
        scene.Get<AcceptInvitation>().RunAsync(new AcceptInput(secret, name, PeopleScene.Password), Here, default);
}
