using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator.Chaos;
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
            await page.GotoAsync($"/org/{served.Connector!.Id}{path}");
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
            await page.GotoAsync($"/org/{served.Connector!.Id}{path}?q={Uri.EscapeDataString(text)}");
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
            await page.GotoAsync($"/org/{served.Connector!.Id}{path}");
            await Expect(page.GetByText("complete", new() { Exact = true })).ToHaveCountAsync(0);
            await page.IsPresentableAsync($"stale{path.Replace('/', '-')}");
        }
    }
}
