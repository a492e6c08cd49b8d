using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.Notifications.Channels;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Notifications;

/// <summary>Channels, and how one is told about things, in a browser.</summary>
public sealed class NotificationPagesTests(BrowserFixture fixture)
{
    private static readonly Caller Tester = Caller.AtCommandLine(new(ActorKind.CommandLine, "tester"));

    [Fact]
    public async Task A_channel_is_made_tried_switched_off_and_removed()
    {
        await using var receiver = await ScriptedServer.StartAsync(ScriptedServer.Answer(403, ""));
        await using var served = await ServedOrganization.StartReadAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/channels");
        await page.IsPresentableAsync("channels-empty");

        await page.FillAsync("#name", "Platform team");
        await page.SelectOptionAsync("#kind", "webhook");
        await page.FillAsync("#address", new Uri(receiver.Address, "planted-path").AbsoluteUri);
        await page.UncheckAsync("#about-review-late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("begins with https://");
        await Expect(page.Locator("#name")).ToHaveValueAsync("Platform team");
        await Expect(page.Locator("#kind")).ToHaveValueAsync("webhook");
        await Expect(page.Locator("#address")).ToHaveValueAsync("");
        await Expect(page.Locator("#about-review-late")).Not.ToBeCheckedAsync();
        await page.FillAsync("#address", new Uri(receiver.Address, "planted-path").AbsoluteUri);
        await page.CheckAsync("#private");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page.Locator("#channel-secret")).ToHaveValueAsync(new Regex("^whsec_"));
        await Expect(page.GetByText("11 of 12 kinds")).ToBeVisibleAsync();
        await page.IsPresentableAsync("channel-made");

        await page.GetByRole(AriaRole.Button, new() { Name = "Test Platform team" }).ClickAsync();
        await Expect(page.GetByText("goes out within seconds")).ToBeVisibleAsync();
        while ((await served.Get<ManageChannels>().ListAsync(Tester, default)).Value[0].Latest is { State: MailState.Waiting })
        {
            await served.Get<SendMail>().RunAsync(default);
        }

        await page.GoAsync("/channels");
        await Expect(page.GetByText("refused it for good (status 403)")).ToBeVisibleAsync();
        Assert.DoesNotContain("planted-path", await page.ContentAsync(), StringComparison.Ordinal);
        await page.IsPresentableAsync("channels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off Platform team" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Test Platform team" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Platform team" }).ClickAsync();
        await Expect(page.GetByText("There is no channel yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Many_channels_fit_on_their_page()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        for (var number = 0; number < ManageChannels.Most; number++)
        {
            var draft = new ChannelDraft { Name = $"Channel {number:000}", Kind = (ChannelKind)(number % 3), Address = $"https://hooks{number}.example.com/services/one" };
            ServedPeople.Must(await served.Get<ManageChannels>().CreateAsync(draft, Tester, default));
        }

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/channels");

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(ManageChannels.Most);
        await page.IsPresentableAsync("channels-many");
    }

    [Fact]
    public async Task Everybody_chooses_how_they_are_told()
    {
        await using var served = await ServedOrganization.StartAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("kim@example.com", "Kim Example", Role.Member));
        await page.GoAsync("/account/notices");
        await page.IsPresentableAsync("notices");
        await Expect(page.Locator("select[name=how-review-started] option")).ToHaveCountAsync(2);

        await page.SelectOptionAsync("select[name=how-review-started]", "digest");
        await page.SelectOptionAsync("select[name=how-review-reminder]", "never");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.GoAsync("/account/notices");
        await Expect(page.Locator("select[name=how-review-started]")).ToHaveValueAsync("digest");
        await Expect(page.Locator("select[name=how-review-reminder]")).ToHaveValueAsync("never");
        await Expect(page.Locator("select[name=how-review-late]")).ToHaveValueAsync("at-once");
    }
}
