using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Provisioning;

/// <summary>The pages for changes in Sentry, in a browser.</summary>
public sealed class ProvisioningPagesTests(BrowserFixture fixture)
{
    private static readonly string[] EveryScope =
        ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>From an organization that is only read to a proven change and one that needs a person.</summary>
    [Fact]
    public async Task Switching_on_asking_and_proving()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var (root, source) = ($"/org/{served.Connector!.Id}", $"/sources/{served.Connector.Id}");
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var people = acme.Members.Where(static one => one is { Role.Id: "member", IsListed: true, IsPending: false }).ToList();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        await LooksAsync(page, "provisioning-empty", $"{root}/provisioning");
        await LooksAsync(page, "writing-off", $"{source}/writing");

        await page.FillAsync("#token", acme.OwnerToken(EveryScope));
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out and switch on" }).ClickAsync();
        await Expect(page.GetByText("Changes may be made since")).ToBeVisibleAsync();
        await page.IsPresentableAsync("writing-on");

        await page.GoAsync($"{root}/provisioning/new");
        await page.SelectOptionAsync("#kind", "remove-member");
        await page.FillAsync("#member", people[0].Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "See what would be sent" }).ClickAsync();
        await Expect(page.GetByText($"DELETE /organizations/acme/members/{people[0].Id}/")).ToBeVisibleAsync();
        await page.IsPresentableAsync("provisioning-plan");
        await page.FillAsync("#reason", "Left the company");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make this change" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/provisioning/1$"));
        await page.IsPresentableAsync("provisioning-waiting");
        await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
        await LooksAsync(page, "provisioning-proven", $"{root}/provisioning/1");
        await Expect(page.GetByText("Sentry has no such member.")).ToBeVisibleAsync();
        Assert.DoesNotContain(acme.Members, one => one.Id == people[0].Id);

        served.Sentry.Faults.Add(new FaultRule(FaultAction.Respond) { Method = "DELETE", Status = 403, Body = """{"detail":"No."}""" });
        await served.Get<RequestChange>().RunAsync(
            served.Connector.Id, new IntendedChange(ChangeKind.RemoveMember) { Member = $"{people[1].Id}" }, "Left too", Caller.AtCommandLine(new(ActorKind.CommandLine, "tester")), Stop);
        await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
        await LooksAsync(page, "provisioning-escalated", $"{root}/provisioning/2");
        await LooksAsync(page, "provisioning-list", $"{root}/provisioning");
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove from the organization" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(page.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_cannot_be_is_said_before_and_auditors_only_look()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var root = $"/org/{served.Connector!.Id}";
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.AccessManager);

        await LooksAsync(page, "provisioning-refused", $"{root}/provisioning/new?kind=remove-member&member=nobody-has-this-name&look=yes");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nobody-has-this-name");
        var member = served.Sentry.World.Organization(ServedOrganization.Slug).Members.First(static one => one is { Role.Id: "member", IsListed: true, IsPending: false });
        await LooksAsync(page, "provisioning-impossible", $"{root}/provisioning/new?kind=remove-member&member={member.Id}&look=yes");
        await Expect(page.GetByText("Sentry lets no integration remove members")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make this change" })).ToHaveCountAsync(0);

        var auditor = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await auditor.GoAsync($"{root}/provisioning");
        await Expect(auditor.GetByRole(AriaRole.Link, new() { Name = "New change" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await auditor.GoAsync($"{root}/provisioning/new"))!.Status);
    }

    /// <summary>Ten thousand changes: fifty on a page, and the older ones behind a link.</summary>
    [Fact]
    public async Task Many_changes_come_page_by_page()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        await using (var connection = new SqliteConnection(served.Get<Database>().Address.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
                INSERT INTO provisioning_task (connector_id, kind, member, reason, actor_kind, actor_id, state, requested_at, due_at, attempts)
                SELECT 1, 'RemoveMember', n, 'Left ' || n, 'System', 'watchbill', 'Proven', n * 1000000, n * 1000000, 1 FROM numbers
                """;
            await command.ExecuteNonQueryAsync(Stop);
        }

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);

        await LooksAsync(page, "provisioning-many", "/org/1/provisioning");
        await Expect(page.GetByText("Left 10000", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Older changes" }).ClickAsync();
        await Expect(page.GetByText("Left 9950", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Left 9951", new() { Exact = true })).ToHaveCountAsync(0);
    }

    private static async Task LooksAsync(IPage page, string name, string address)
    {
        var answer = await page.GoAsync(address);
        Assert.True(answer!.Ok, $"{address}: {answer.Status}");
        await page.IsPresentableAsync(name);
    }
}
