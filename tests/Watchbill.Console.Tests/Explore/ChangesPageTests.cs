using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.People;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Explore;

/// <summary>The page of changes, with changes that Sentry logged and changes that it did not.</summary>
public sealed class ChangesPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Changes_are_grouped_filtered_and_say_who_made_them()
    {
        await using var served = await ServedOrganization.StartReadAsync(readsAuditLog: true);
        var since = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        var acme = served.Sentry.World.Organization("acme");
        var people = acme.Members.Where(static member => member is { IsPending: false, IsListed: true, Role.Id: "member" }).ToList();
        var ann = Actor.Of(people[0].User!);
        acme.ChangeRole(people[1], "manager", ann);
        acme.RemoveMember(people[2], ann);
        acme.JoinTeam(people[3], acme.Teams.First(team => people[3].Memberships.All(link => link.Team != team)), ann);
        acme.CreateKey(acme.Projects[0], "nightly", ann);
        await served.ReadAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await page.GoAsync($"/org/{served.Connector!.Id}/changes?since={since}");

        await Expect(page.GetByText("of them explained by Sentry's audit log")).ToBeVisibleAsync();
        await page.IsPresentableAsync("changes-explained");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^role changed") }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(people[0].Email);
        await Expect(page).ToHaveURLAsync(new Regex("kind=role-changed"));
    }
}
