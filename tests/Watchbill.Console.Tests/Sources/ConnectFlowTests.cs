using Microsoft.Playwright;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests.Sources;

/// <summary>From nothing to an organization that is read, in a real browser.</summary>
public sealed class ConnectFlowTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Somebody_connects_an_organization_with_the_keyboard_alone_and_watches_it_being_read()
    {
        var people = new SourcePeople();
        await using var served = await ServedOrganization.StartAsync(syncs: true, configure: people.Register);
        served.Sentry.Latency = TimeSpan.FromMilliseconds(250);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);

        await page.GoAsync("/sources");
        await page.TabAndEnterAsync(Labelled(page, "Add a source"));
        await page.TabAndEnterAsync(Labelled(page, "Connect Sentry"));
        await page.TabAndTypeAsync(page.Locator("#name"), "Acme");
        await page.TabAndTypeAsync(page.Locator("#application"), "Sentry");
        await page.TabToAsync(page.Locator("#place-sentry\\.io"));
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.True(await page.IsCheckedAsync("#place-self-hosted"));
        await page.TabAndTypeAsync(page.Locator("#own-address"), served.Sentry.BaseAddress.AbsoluteUri);
        await page.TabAndTypeAsync(page.Locator("#slug"), ServedOrganization.Slug);
        await page.TabAndTypeAsync(page.Locator("#token"), served.Token);
        await page.TabToAsync(page.Locator("#owner-2"));
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync(page.Locator("details.more summary"));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.Locator("#private-networks"));
        await page.Keyboard.PressAsync("Space");
        await page.TabAndEnterAsync(Labelled(page, "Try it out"));

        await page.WaitForSelectorAsync(".probes");
        Assert.Equal("Passed", await page.GetAttributeAsync("[data-probe=organization]", "data-outcome"));
        Assert.DoesNotContain(served.Token, await page.ContentAsync());
        await page.IsAccessibleAsync();
        await page.TabAndEnterAsync(Labelled(page, "Save and read it now"));

        await page.WaitForSelectorAsync(".badge:has-text('Syncing')");
        await page.WaitForSelectorAsync(".badge:has-text('Connected')");
        Assert.Equal("source-owner", Assert.Single(people.Mail).Kind);
        Assert.DoesNotContain(served.Token, await page.ContentAsync());
    }

    [Fact]
    public async Task Every_page_of_it_looks_right_in_every_window()
    {
        await using var served = await ServedOrganization.StartAsync(configure: new SourcePeople().Register);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        foreach (var (address, name) in ((string, string)[])[("/sources", "sources-empty"), ("/sources/new", "sources-new"), ("/sources/new/sentry", "sources-form")])
        {
            Assert.Equal(200, (await page.GoAsync(address))!.Status);
            await page.IsPresentableAsync(name);
        }

        await FillAsync(page, served, token: "sntryi_" + new string('a', 20), slug: "acme");
        await page.IsPresentableAsync("preflight-bad-token");
        await page.GetByText("Change something").ClickAsync();
        await FillAsync(page, served, served.Token, "acmee");
        await page.IsPresentableAsync("preflight-unknown-slug");
        await page.GetByText("Change something").ClickAsync();
        await FillAsync(page, served, token: "", slug: "acme");
        await page.IsPresentableAsync("preflight-good");
    }

    [Theory]
    [InlineData("name", "<script>alert(1)</script>", "name")]
    [InlineData("name", "a\u0001b", "name")]
    [InlineData("slug", "../../etc", "slug")]
    [InlineData("token", "not a token", "token")]
    [InlineData("own-address", "ftp://sentry.example.com", "own-address")]
    [InlineData("own-address", "http://169.254.169.254/", null)]
    [InlineData("cron", "* * * * *", "schedule")]
    [InlineData("share", "NaN", "share")]
    [InlineData("owner", "99", "owners")]
    public async Task What_cannot_be_right_is_refused_beside_its_field_and_kept_as_it_was_typed(string field, string value, string? errorAt)
    {
        await using var served = await ServedOrganization.StartAsync(configure: new SourcePeople().Register);
        using var client = served.Client(Role.IntegrationAdministrator);
        var fields = new Dictionary<string, string>
        {
            ["name"] = "Acme",
            ["place"] = "self-hosted",
            ["own-address"] = served.Sentry.BaseAddress.AbsoluteUri,
            ["slug"] = "acme",
            ["token"] = served.Token,
            ["schedule"] = field == "cron" ? "cron" : "hourly",
            ["share"] = "70",
            ["private-networks"] = "yes",
            ["then"] = "try",
            [field] = value,
        };

        var answer = await Forms.PostAsync(client, "/sources/new/sentry", "connect", fields);

        var document = await Forms.ReadAsync(answer);
        if (errorAt is null)
        {
            Assert.Equal("Failed", (await Forms.FollowAsync(client, answer)).QuerySelector("[data-probe=reachable]")?.GetAttribute("data-outcome"));
            return;
        }

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.NotNull(document.QuerySelector("[role=alert]"));
        Assert.DoesNotContain(served.Token, document.Source.Text);
        Assert.Empty(document.QuerySelectorAll("main script"));
    }

    private static async Task FillAsync(IPage page, ServedOrganization served, string token, string slug)
    {
        await page.FillAsync("#name", "Acme");
        await page.CheckAsync("#place-self-hosted");
        await page.FillAsync("#own-address", served.Sentry.BaseAddress.AbsoluteUri);
        await page.FillAsync("#slug", slug);
        await page.FillAsync("#token", token);
        if (await page.GetAttributeAsync("details.more", "open") is null)
        {
            await page.ClickAsync("details.more summary");
        }

        await page.CheckAsync("#private-networks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await page.WaitForSelectorAsync(".probes");
    }

    /// <summary>The link or button with these words.</summary>
    private static ILocator Labelled(IPage page, string words) =>
        page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).Or(page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true })).First;
}
