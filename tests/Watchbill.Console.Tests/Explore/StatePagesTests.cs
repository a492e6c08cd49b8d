using Microsoft.Playwright;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Explore;

/// <summary>The pages about an organization in the states that people fear: nothing read yet, one row only, a part that could not be read.</summary>
public sealed class StatePagesTests(BrowserFixture fixture)
{
    private static readonly string[] Tables = ["/members", "/teams", "/projects", "/non-human"];

    private static readonly string[] Pages = ["", .. Tables, "/why", "/changes", "/blast-radius", "/history"];

    [Fact]
    public async Task Nothing_read_yet()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        foreach (var path in Pages)
        {
            await page.GoAsync($"/org/{served.Connector!.Id}{path}");
            await page.IsPresentableAsync($"unread{path.Replace('/', '-')}");
            await Expect(page.GetByText("complete", new() { Exact = true })).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task One_row_only()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        string[] words = [acme.Members.First(static member => member.IsListed).Email, acme.Teams[0].Slug, acme.Projects[0].Slug, "Watchbill"];
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        foreach (var (path, text) in Tables.Zip(words))
        {
            await page.GoAsync($"/org/{served.Connector!.Id}{path}?q={Uri.EscapeDataString(text)}");
            await Expect(page.Locator("tbody tr")).Not.ToHaveCountAsync(0);
            await page.IsPresentableAsync($"one{path.Replace('/', '-')}");
        }
    }

    [Fact]
    public async Task A_part_that_could_not_be_read_is_said_on_every_page()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        served.Sentry.Faults.Add(new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/members/") { Status = 500 });
        Assert.Equal(SyncRunState.Degraded, (await served.ReadAsync()).State);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        foreach (var path in Pages.Except(["/changes"]))
        {
            await page.GoAsync($"/org/{served.Connector!.Id}{path}");
            await Expect(page.GetByText("complete", new() { Exact = true })).ToHaveCountAsync(0);
            await page.IsPresentableAsync($"stale{path.Replace('/', '-')}");
        }
    }

    [Fact]
    public async Task What_Sentry_logged_is_shown_with_who_did_it()
    {
        await using var served = await ServedOrganization.StartReadAsync(readsAuditLog: true);
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var people = acme.Members.Where(static member => member is { IsPending: false, IsListed: true }).ToList();
        var (boss, guest) = (people[0], people.First(static member => member is { Role.Id: "member", Memberships.Count: 0 }));
        acme.JoinTeam(guest, acme.Teams[0], Actor.Of(boss.User!));
        await served.ReadAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);

        await page.GoAsync($"/org/{served.Connector!.Id}/members/{guest.Id}");
        await Expect(page.Locator(".timeline")).ToContainTextAsync($"on team {acme.Teams[0].Slug} by {boss.User!.Email}");
        await page.IsPresentableAsync("logged-member");

        await page.GetByRole(AriaRole.Link, new() { Name = "As a table" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = boss.User.Email })).ToContainTextAsync("logged");
        await page.IsPresentableAsync("logged-history");

        await page.GoAsync($"/org/{served.Connector.Id}/teams/{acme.Teams[0].Id}");
        await Expect(page.Locator(".timeline")).ToContainTextAsync($"{guest.Email} on the team by {boss.User.Email}");
        await page.IsPresentableAsync("logged-team");
    }
}
