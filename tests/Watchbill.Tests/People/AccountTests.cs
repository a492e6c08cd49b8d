using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

public sealed class AccountTests
{
    [Theory, EveryEngine]
    public async Task Whoever_saw_an_older_version_is_told(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var kim = (await scene.JoinAsync("kim@example.com", Role.Member)).Account;
        var manage = scene.Get<ManageAccount>();

        var changed = Must(await manage.ChangeRolesAsync(kim.Id, [Role.Auditor, Role.AccessManager], kim.Version, root, default));

        Assert.Equal([Role.Auditor, Role.AccessManager], changed.Roles);
        Assert.Equal("account-changed-meanwhile", (await manage.ChangeRolesAsync(kim.Id, [Role.Member], kim.Version, root, default)).Refusal?.Code);
        Assert.Equal("account-changed-meanwhile", (await manage.CloseAsync(kim.Id, kim.Version, root, default)).Refusal?.Code);
        Assert.Equal(changed, await scene.AccountAsync(kim.Id) with { Roles = changed.Roles });
    }

    [Theory, EveryEngine]
    public async Task Of_two_changes_at_once_one_succeeds(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();
        var kim = (await scene.JoinAsync("kim@example.com", Role.Member)).Account;

        var results = await Task.WhenAll(Enum.GetValues<Role>().Select(role => Task.Run(() =>
            scene.Get<ManageAccount>().ChangeRolesAsync(kim.Id, [role], kim.Version, Operator, default))));

        Assert.Single(results, static result => result.Succeeded);
        Assert.All(results.Where(static result => !result.Succeeded), static result => Assert.Equal("account-changed-meanwhile", result.Refusal!.Code));
    }

    [Theory, EveryEngine]
    public async Task Nobody_changes_their_own_roles(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        await scene.JoinAsync("other@example.com", Role.SuperAdministrator);
        var caller = await scene.CallerAsync(root);
        var manage = scene.Get<ManageAccount>();

        Assert.Equal("own-roles", (await manage.ChangeRolesAsync(root.Account.Id, [Role.Member], root.Account.Version, caller, default)).Refusal?.Code);
        Assert.Equal("own-roles", (await manage.CloseAsync(root.Account.Id, root.Account.Version, caller, default)).Refusal?.Code);
        Assert.Equal("Robin R.", Must(await manage.RenameAsync(root.Account.Id, "Robin R.", root.Account.Version, caller, default)).Name);
    }

    [Theory, EveryEngine]
    public async Task There_is_always_a_super_administrator_even_when_two_demote_each_other_at_once(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var first = await scene.SetUpAsync();
        var manage = scene.Get<ManageAccount>();
        Assert.Equal("last-super-administrator", (await manage.ChangeRolesAsync(first.Account.Id, [Role.Auditor], 1, Operator, default)).Refusal?.Code);
        Assert.Equal("last-super-administrator", (await manage.CloseAsync(first.Account.Id, 1, Operator, default)).Refusal?.Code);

        // An invitation is nobody yet.
        Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("soon@example.com", null, [Role.SuperAdministrator]), Operator, default));
        Assert.Equal("last-super-administrator", (await manage.CloseAsync(first.Account.Id, 1, Operator, default)).Refusal?.Code);

        var second = await scene.JoinAsync("second@example.com", Role.SuperAdministrator);
        var (one, two) = (await scene.CallerAsync(first), await scene.CallerAsync(second));
        var results = await Task.WhenAll(
            Task.Run(() => manage.ChangeRolesAsync(second.Account.Id, [Role.Member], second.Account.Version, one, default)),
            Task.Run(() => manage.CloseAsync(first.Account.Id, first.Account.Version, two, default)));

        Assert.Single(results, static result => result.Succeeded);
        Assert.Equal("last-super-administrator", results.Single(static result => !result.Succeeded).Refusal!.Code);
    }

    [Theory, EveryEngine]
    public async Task Closing_ends_everything_and_reopening_brings_the_account_back(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var kim = await scene.JoinAsync("kim@example.com", Role.Auditor);
        var input = new ApiTokenInput("script", [Right.ReadAccess], scene.Clock.GetUtcNow().AddDays(3));
        var token = Must(await scene.Get<ApiTokens>().CreateAsync(input, await scene.CallerAsync(kim), default));
        var reset = SecretOf(Must(await scene.Get<PasswordReset>().IssueAsync(kim.Account.Id, root, default)).Address);

        var closed = Must(await scene.Get<ManageAccount>().CloseAsync(kim.Account.Id, kim.Account.Version, root, default));

        Assert.Equal(AccountState.Closed, closed.State);
        Assert.Null(await scene.Get<Sessions>().FindAsync(kim.Token, null, default));
        Assert.Null(await scene.Get<ApiTokens>().FindAsync(token.Text, null, default));
        Assert.Equal("link-not-good", (await scene.Get<PasswordReset>().LookAsync(reset, default)).Refusal?.Code);
        Assert.Equal("account-state-forbids", (await scene.Get<PasswordReset>().IssueAsync(kim.Account.Id, root, default)).Refusal?.Code);
        Assert.Equal("account-closed", (await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [Role.Member]), root, default)).Refusal?.Code);

        Must(await scene.Get<ManageAccount>().ReopenAsync(kim.Account.Id, closed.Version, root, default));
        Assert.True((await scene.SignInAsync("kim@example.com")).Succeeded);
        Assert.NotNull(await scene.Get<ApiTokens>().FindAsync(token.Text, null, default));
        Assert.Null(await scene.Get<Sessions>().FindAsync(kim.Token, null, default));
    }

    /// <summary>An API token that may only manage accounts must not make itself an account, or take one over, that may do everything.</summary>
    [Theory, EveryEngine]
    public async Task Nobody_gives_or_takes_over_rights_that_they_lack(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        var kim = (await scene.JoinAsync("kim@example.com", Role.SuperAdministrator)).Account;
        var low = (await scene.JoinAsync("low@example.com", Role.Member)).Account;
        var narrow = new Caller(new Actor(ActorKind.ApiToken, "1"), [Right.ReadPeople, Right.ManagePeople], root.Account.Id);

        string?[] codes =
        [
            (await scene.Get<InvitePerson>().InviteAsync(new InviteInput("new@example.com", null, [Role.Auditor]), narrow, default)).Refusal?.Code,
            (await scene.Get<ManageAccount>().ChangeRolesAsync(low.Id, [Role.IntegrationAdministrator], low.Version, narrow, default)).Refusal?.Code,
            (await scene.Get<PasswordReset>().IssueAsync(kim.Id, narrow, default)).Refusal?.Code,
        ];

        Assert.All(codes, static code => Assert.Equal("roles-beyond-own-rights", code));
        Assert.True((await scene.Get<InvitePerson>().InviteAsync(new InviteInput("new@example.com", null, [Role.Member]), narrow, default)).Succeeded);
        Assert.True((await scene.Get<PasswordReset>().IssueAsync(low.Id, narrow, default)).Succeeded);
        Assert.Equal("session-needed", (await scene.Get<ApiTokens>().CreateAsync(new ApiTokenInput("x", [Right.ReadPeople], scene.Clock.GetUtcNow().AddDays(1)), narrow, default)).Refusal?.Code);
        Assert.Equal("session-needed", (await scene.Get<ChangePassword>().RunAsync(new ChangePasswordInput(PeopleScene.Password, "another long password", default), narrow, default)).Refusal?.Code);
        Assert.Equal("session-needed", (await scene.Get<DeviceLogins>().LookAsync("BCDF-GHJK", narrow, default)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Whoever_may_not_manage_accounts_changes_nothing_and_sees_only_themselves(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var root = await scene.SetUpAsync();
        foreach (var role in Enum.GetValues<Role>().Where(static role => role is not Role.SuperAdministrator))
        {
            var joined = await scene.JoinAsync($"{role}@example.com", role);
            var caller = await scene.CallerAsync(joined);
            var other = root.Account.Id;
            Refusal?[] writes =
            [
                (await scene.Get<InvitePerson>().InviteAsync(new InviteInput("x@example.com", null, [Role.Member]), caller, default)).Refusal,
                (await scene.Get<InvitePerson>().ResendAsync(other, caller, default)).Refusal,
                (await scene.Get<InvitePerson>().WithdrawAsync(other, caller, default)).Refusal,
                (await scene.Get<ManageAccount>().ChangeRolesAsync(other, [Role.Member], 1, caller, default)).Refusal,
                (await scene.Get<ManageAccount>().RenameAsync(other, "X", 1, caller, default)).Refusal,
                (await scene.Get<ManageAccount>().CloseAsync(other, 1, caller, default)).Refusal,
                (await scene.Get<ManageAccount>().ReopenAsync(other, 1, caller, default)).Refusal,
                (await scene.Get<PasswordReset>().IssueAsync(other, caller, default)).Refusal,
                (await scene.Get<Watchbill.Notifications.Outbox>().ListAsync(5, caller, default)).Refusal,
            ];
            Assert.All(writes, static refusal => Assert.Equal("right-missing", refusal?.Code));

            Refusal?[] reads =
            [
                (await scene.Get<AccountQueries>().ListAsync(new AccountFilter(), caller, default)).Refusal,
                (await scene.Get<AccountQueries>().FindAsync(other, caller, default)).Refusal,
                (await scene.Get<Sessions>().ListAsync(other, caller, default)).Refusal,
                (await scene.Get<ApiTokens>().ListAsync(other, caller, default)).Refusal,
                (await scene.Get<ApiTokens>().ListAllAsync(caller, default)).Refusal,
            ];
            Assert.All(reads, refusal => Assert.Equal(role is Role.Auditor ? null : "right-missing", refusal?.Code));
            Assert.Equal(joined.Account.Id, Must(await scene.Get<AccountQueries>().FindAsync(joined.Account.Id, caller, default)).Id);
            Assert.Single(Must(await scene.Get<Sessions>().ListAsync(joined.Account.Id, caller, default)));
            Assert.Empty(Must(await scene.Get<ApiTokens>().ListAsync(joined.Account.Id, caller, default)));
        }
    }

    [Theory, EveryEngine]
    public async Task The_list_is_searched_filtered_ordered_and_paged(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        await scene.SetUpAsync();
        foreach (var (address, role) in ((string, Role)[])[("zoe@example.com", Role.Auditor), ("amy@example.org", Role.ExternalAuditor)])
        {
            await scene.Get<InvitePerson>().InviteAsync(new InviteInput(address, "Percent 100%_\\", [role, Role.AccessManager]), Operator, default);
        }

        Assert.Equal(["amy@example.org", "zoe@example.com"], await AddressesAsync(new AccountFilter { Role = Role.AccessManager, Order = AccountOrder.Address }));
        Assert.Equal(["zoe@example.com"], await AddressesAsync(new AccountFilter { Role = Role.Auditor }));
        Assert.Equal(["zoe@example.com", "root@example.com"], await AddressesAsync(new AccountFilter { Text = "EXAMPLE.com", Order = AccountOrder.Address, Descending = true }));
        Assert.Equal(["root@example.com"], await AddressesAsync(new AccountFilter { State = AccountState.Active }));
        Assert.Equal(2, (await AddressesAsync(new AccountFilter { Text = "100%_\\" })).Count);
        Assert.Empty(await AddressesAsync(new AccountFilter { Text = "1_0" }));
        Assert.Equal(["root@example.com"], await AddressesAsync(new AccountFilter { Order = AccountOrder.LastSignedIn, Descending = true, Limit = 1 }));
        Assert.Equal(["zoe@example.com"], await AddressesAsync(new AccountFilter { Order = AccountOrder.Address, Offset = 2 }));
        Assert.Equal(3, (await AddressesAsync(new AccountFilter { Order = AccountOrder.State })).Count);

        async Task<IReadOnlyList<string>> AddressesAsync(AccountFilter filter) =>
            [.. Must(await scene.Get<AccountQueries>().ListAsync(filter, Operator, default)).Items.Select(static account => account.Address)];
    }
}
