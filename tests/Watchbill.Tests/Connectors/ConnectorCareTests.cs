using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Looking after connectors: owners, edits by two people, tokens that are tried out, connectors that wait for their credentials.</summary>
public sealed class ConnectorCareTests
{
    private static readonly Caller Ada = new(new Kernel.Actor(ActorKind.Account, "1"), RoleRights.Of(Role.IntegrationAdministrator), Accounts.Ada.Id);
    private static readonly Caller Ben = new(new Kernel.Actor(ActorKind.Account, "2"), RoleRights.Of(Role.IntegrationAdministrator), Accounts.Ben.Id);

    [Theory]
    [EveryEngine]
    public async Task Of_two_people_who_edit_the_same_the_second_is_told(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        var edit = connected.Get<EditConnector>();
        var details = DetailsOf(connected) with { Name = "Acme Europe", Application = "Sentry", Schedule = "cron: 0  3 * * 1-5", Owners = [Accounts.Ada.Id] };

        var first = await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, connected.Connector.Version, details), Ada, default);
        var second = await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, connected.Connector.Version, details with { Name = "Other" }), Ben, default);

        Assert.Equal(("Acme Europe", "cron:0 3 * * 1-5"), (first.Value.Name, first.Value.Schedule.Text));
        Assert.Equal("connector-changed-meanwhile", second.Refusal?.Code);
        var standing = Assert.Single((await connected.Get<ConnectorStandings>().ListAsync(Ada, default)).Value);
        Assert.Equal(Accounts.Ada.Id, Assert.Single(standing.Owners));
        Assert.Equal(["Sentry"], (await connected.Get<ConnectorStandings>().ApplicationsAsync(Ada, default)).Value);
        Assert.NotNull(standing.NextRunAt);
    }

    [Fact]
    public async Task Owners_are_told_once_and_need_the_right_to_manage()
    {
        var accounts = new Accounts();
        await using var connected = await ConnectedOrganization.StartAsync(accounts: accounts);
        var edit = connected.Get<EditConnector>();
        var details = DetailsOf(connected) with { Owners = [Accounts.Ada.Id, Accounts.Ben.Id] };

        var changed = await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, 1, details), Ada, default);
        await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, changed.Value.Version, details), Ada, default);
        var refused = await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, 3, details with { Owners = [Accounts.Cyd.Id] }), Ada, default);

        Assert.Equal(Accounts.Ben.Id, Assert.Single(accounts.Mail).To);
        Assert.Equal("owner-invalid", refused.Refusal?.Code);
    }

    [Theory]
    [EveryEngine]
    public async Task A_connector_without_credentials_waits_and_its_owner_completes_it(TestEngine engine)
    {
        var accounts = new Accounts();
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine, accounts: accounts);
        var details = DetailsOf(connected) with { Name = "Later", Owners = [Accounts.Ada.Id, Accounts.Ben.Id] };

        var saved = await connected.Get<ConnectSentry>().SaveWithoutTokenAsync(details, Ada, default);

        Assert.Equal((ConnectorState.NotConnected, "Waits for its credentials."), (saved.Value.State, saved.Value.StateReason));
        Assert.Equal((Accounts.Ben.Id, $"/sources/{saved.Value.Id}/token"), (accounts.Mail.Single().To, accounts.Mail.Single().Path));
        Assert.Equal("connector-has-no-token", (await connected.Get<RequestSync>().RunAsync(saved.Value.Id, mode: null, Ada, default)).Refusal?.Code);

        var drafts = connected.Get<ConnectionDrafts>();
        var draft = (await drafts.TryTokenAsync(saved.Value.Id, connected.Token, Ben, default)).Value;
        Assert.True(draft.Report.CanConnect);
        Assert.Equal("draft-not-found", (await drafts.FindAsync(draft.Id, Ada, default)).Refusal?.Code);
        Assert.Equal("draft-not-found", (await connected.Get<RotateToken>().RunAsync(draft.Id, saveAnyway: false, Ada, default)).Refusal?.Code);

        var completed = await connected.Get<RotateToken>().RunAsync(draft.Id, saveAnyway: false, Ben, default);

        Assert.Equal(draft.TokenLastFour, completed.Value.TokenLastFour);
        Assert.Null(completed.Value.StateReason);
        Assert.NotEmpty(completed.Value.BlindSpots);
        Assert.Equal("draft-not-found", (await connected.Get<RotateToken>().RunAsync(draft.Id, saveAnyway: false, Ben, default)).Refusal?.Code);
    }

    [Theory]
    [EveryEngine]
    public async Task What_was_tried_out_is_saved_as_it_was_and_can_be_corrected_without_the_token(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        var drafts = connected.Get<ConnectionDrafts>();
        var wrong = Input(connected) with { Name = "Second", OrganizationSlug = "acmee" };

        var first = (await drafts.TryAsync(wrong, previous: null, Ada, default)).Value;
        Assert.False(first.Report.CanConnect);
        Assert.Equal("preflight-failed", (await connected.Get<ConnectSentry>().SaveDraftAsync(first.Id, saveAnyway: false, Ada, default)).Refusal?.Code);

        var second = (await drafts.TryAsync(wrong with { OrganizationSlug = "acme", Token = "" }, first.Id, Ada, default)).Value;
        var saved = await connected.Get<ConnectSentry>().SaveDraftAsync(second.Id, saveAnyway: false, Ada, default);

        Assert.Equal(("Second", "acme"), (saved.Value.Connector.Name, saved.Value.Connector.OrganizationSlug));
        Assert.DoesNotContain(connected.Token, second.ToString() + saved.Value + wrong);
        Assert.Equal(SyncRunState.Succeeded, (await connected.Get<SyncOrganization>().RunAsync(saved.Value.Connector.Id, SyncMode.Full, Ada, progress: null, default)).Value.State);
    }

    [Fact]
    public async Task Before_anything_was_read_the_place_can_be_corrected_and_the_token_is_forgotten()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        var edit = connected.Get<EditConnector>();

        var moved = await edit.RunAsync(new ConnectorEdit(connected.Connector.Id, 1, DetailsOf(connected) with { Address = "de.sentry.io" }), Ada, default);

        Assert.Null(moved.Value.TokenLastFour);
        Assert.Equal("connector-has-no-token", (await connected.TrySyncAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task After_something_was_read_the_place_is_fixed()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        await connected.SyncAsync();

        var moved = await connected.Get<EditConnector>().RunAsync(
            new ConnectorEdit(connected.Connector.Id, 1, DetailsOf(connected) with { OrganizationSlug = "other" }), Ada, default);

        Assert.Equal("connector-place-fixed", moved.Refusal?.Code);
    }

    [Fact]
    public async Task Owners_are_told_at_the_third_failed_run_in_a_row_only()
    {
        var accounts = new Accounts();
        await using var connected = await ConnectedOrganization.StartAsync(accounts: accounts, options: new SyncOptions { Attempts = 1 });
        await connected.Get<EditConnector>().RunAsync(new ConnectorEdit(connected.Connector.Id, 1, DetailsOf(connected) with { Owners = [Accounts.Ben.Id] }), Ada, default);
        accounts.Mail.Clear();
        connected.Server.Faults.Add(new FaultRule(FaultAction.ObjectDetail, "*"));

        foreach (var expected in (int[])[0, 0, 1, 1])
        {
            Assert.Equal(SyncRunState.Failed, (await connected.SyncAsync()).State);
            Assert.Equal(expected, accounts.Mail.Count);
        }

        Assert.Equal(("source-failing", Accounts.Ben.Id), (accounts.Mail[0].Kind, accounts.Mail[0].To));
        Assert.Equal(("source-failing", connected.Connector.Id), (Assert.Single(accounts.Announced).Kind, accounts.Announced[0].Connector));
    }

    [Fact]
    public async Task Owners_are_told_when_a_run_waits_for_confirmation()
    {
        var accounts = new Accounts();
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 90, Teams: 6, Projects: 8, AuditRows: 10), accounts: accounts);
        await connected.Get<EditConnector>().RunAsync(new ConnectorEdit(connected.Connector.Id, 1, DetailsOf(connected) with { Owners = [Accounts.Ada.Id, Accounts.Ben.Id] }), Ada, default);
        await connected.SyncAsync();
        accounts.Mail.Clear();
        foreach (var member in connected.Acme.Members.Where(static member => member is { IsListed: true, Role.Id: "member" }).Take(60).ToList())
        {
            MemberChanges.RemoveMember(connected.Acme, member);
        }

        var held = await connected.SyncAsync();

        Assert.Equal(SyncRunState.NeedsConfirmation, held.State);
        Assert.Equal([Accounts.Ada.Id, Accounts.Ben.Id], accounts.Mail.Select(static mail => mail.To).Order(Comparer<AccountId>.Create(static (one, other) => one.Value.CompareTo(other.Value))));
        Assert.All(accounts.Mail, mail => Assert.Equal(("source-needs-confirmation", $"/sources/{connected.Connector.Id}/runs/{held.Id}"), (mail.Kind, mail.Path)));
        Assert.Equal("source-needs-confirmation", Assert.Single(accounts.Announced).Kind);
    }

    [Theory]
    [EveryEngine]
    public async Task Removing_takes_everything_of_the_connector_with_it(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        await connected.SyncAsync();
        await connected.Get<EditConnector>().RunAsync(new ConnectorEdit(connected.Connector.Id, 1, DetailsOf(connected) with { Owners = [Accounts.Ada.Id] }), Ada, default);
        await connected.Get<ConnectionDrafts>().TryTokenAsync(connected.Connector.Id, connected.Token, Ada, default);
        await connected.Get<RequestSync>().RunAsync(connected.Connector.Id, mode: null, Ada, default);

        var removed = await connected.Get<ManageConnector>().RemoveAsync(connected.Connector, Ada, default);

        Assert.True(removed.Succeeded);
        Assert.Empty((await connected.Get<ConnectorStandings>().ListAsync(Ada, default)).Value);
        Assert.Null(await connected.Get<SyncQueue>().ClaimAsync(default));
    }

    private static ConnectInput Input(ConnectedOrganization connected) => new()
    {
        Name = "Acme",
        Address = connected.Server.BaseAddress.AbsoluteUri,
        OrganizationSlug = "acme",
        Token = connected.Token,
        BudgetShare = 1,
        AllowPrivateNetworks = true,
    };

    private static ConnectorDetails DetailsOf(ConnectedOrganization connected) => new()
    {
        Name = "Acme",
        Address = connected.Server.BaseAddress.AbsoluteUri,
        OrganizationSlug = "acme",
        BudgetShare = 1,
        AllowPrivateNetworks = true,
    };
}
