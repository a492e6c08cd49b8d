using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.People.SingleSignOn;
using Watchbill.People.Tokens;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

/// <summary>A program has an account and tokens of its own, and no way to become a person.</summary>
public sealed class ServiceAccountTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Its_token_does_what_was_chosen_within_its_roles_and_ends_with_the_account(TestEngine engine)
    {
        await using var scene = await PeopleScene.StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var account = Must(await scene.Get<ServiceAccounts>().CreateAsync(new("Terraform (production)", [Role.IntegrationAdministrator]), root, Stop));
        Assert.Equal((HolderKind.Service, "terraform-production@service.invalid", AccountState.Active, false), (account.Kind, account.Address, account.State, account.HasPassword));

        var issued = Must(await scene.Get<ServiceAccounts>().IssueTokenAsync(account.Id, Input(scene, Right.ManageConnectors), root, Stop));
        var holder = await scene.Get<ApiTokens>().FindAsync(issued.Text, "192.0.2.9", Stop);

        Assert.True(holder!.Caller is { IsService: true, Account: { } id } && id == account.Id && holder.Caller.May(Right.ManageConnectors) && !holder.Caller.May(Right.ReadAccess));
        Assert.Equal("api-token-beyond-own-rights", (await scene.Get<ServiceAccounts>().IssueTokenAsync(account.Id, Input(scene, Right.ManagePeople), root, Stop)).Refusal?.Code);
        Must(await scene.Get<ManageAccount>().CloseAsync(account.Id, account.Version, root, Stop));
        Assert.Null(await scene.Get<ApiTokens>().FindAsync(issued.Text, "192.0.2.9", Stop));
        Assert.Equal("account-state-forbids", (await scene.Get<ServiceAccounts>().IssueTokenAsync(account.Id, Input(scene, Right.ManageConnectors), root, Stop)).Refusal?.Code);
    }

    [Theory, EveryEngine]
    public async Task Nobody_signs_in_with_it_and_it_is_nobody_who_could_be_asked(TestEngine engine)
    {
        await using var scene = await PeopleScene.StartAsync(engine);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var account = Must(await scene.Get<ServiceAccounts>().CreateAsync(new("Exporter", [Role.AccessManager, Role.ComplianceManager]), root, Stop));

        Assert.Equal("account-of-program", (await scene.Get<PasswordReset>().IssueAsync(account.Id, root, Stop)).Refusal?.Code);
        Assert.Equal("account-of-program", (await scene.Get<SignInLink>().IssueAsync("Exporter", account.Address, PeopleScene.Operator, Stop)).Refusal?.Code);
        Assert.Equal("account-exists", (await scene.Get<InvitePerson>().InviteAsync(new(account.Address, "Me", [Role.Auditor]), root, Stop)).Refusal?.Code);
        Assert.Equal("account-of-program", (await scene.Get<EnterBySingleSignOn>().RunAsync(
            new ProviderPerson { Issuer = "https://id.example.com", Subject = "1", Address = account.Address, AddressIsVerified = true, Name = "Me" }, PeopleScene.Here, Stop)).Refusal?.Code);
        Assert.DoesNotContain(account.Id, (await scene.Get<IOwnerDirectory>().ListAsync(Stop)).Select(static one => one.Id));
        Assert.Null((await scene.Get<AccountQueries>().FindAsync(account.Id, root, Stop)).Value.LastSignedInAt);
    }

    [Fact]
    public async Task Only_somebody_who_is_signed_in_makes_one_and_it_never_manages_accounts()
    {
        await using var scene = await PeopleScene.StartAsync(TestEngine.Sqlite);
        var root = await scene.CallerAsync(await scene.SetUpAsync());
        var services = scene.Get<ServiceAccounts>();

        Assert.Equal("session-needed", (await services.CreateAsync(new("Job", [Role.Auditor]), PeopleScene.Operator, Stop)).Refusal?.Code);
        Assert.Equal("right-missing", (await services.CreateAsync(new("Job", [Role.Auditor]), new Caller(root.Actor, [Right.ReadPeople], root.Account), Stop)).Refusal?.Code);
        Assert.Equal("service-roles-invalid", (await services.CreateAsync(new("Job", [Role.SuperAdministrator]), root, Stop)).Refusal?.Code);
        Assert.Equal("roles-invalid", (await services.CreateAsync(new("Job", []), root, Stop)).Refusal?.Code);
        Assert.Equal("person-name-invalid", (await services.CreateAsync(new("\u202E", [Role.Auditor]), root, Stop)).Refusal?.Code);
        var account = Must(await services.CreateAsync(new("Job", [Role.Auditor]), root, Stop));
        Assert.Equal("service-name-taken", (await services.CreateAsync(new("  JOB!", [Role.Auditor]), root, Stop)).Refusal?.Code);
        Assert.Equal("service-roles-invalid", (await scene.Get<ManageAccount>().ChangeRolesAsync(account.Id, [Role.SuperAdministrator], account.Version, root, Stop)).Refusal?.Code);
        Assert.Equal("session-needed", (await services.IssueTokenAsync(account.Id, Input(scene, Right.ReadAccess), PeopleScene.Operator, Stop)).Refusal?.Code);
        Assert.Equal("account-of-person", (await services.IssueTokenAsync(root.Account!.Value, Input(scene, Right.ReadAccess), root, Stop)).Refusal?.Code);
        Assert.Equal("last-super-administrator", (await scene.Get<ManageAccount>().CloseAsync(root.Account.Value, 1, new Caller(PeopleScene.Operator.Actor, root.Rights), Stop)).Refusal?.Code);
    }

    private static ApiTokenInput Input(PeopleScene scene, params Right[] rights) => new("GitLab", rights, scene.Clock.GetUtcNow().AddDays(30));
}
