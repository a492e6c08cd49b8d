using Microsoft.Playwright;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests.Sources;

/// <summary>The pages of a source that exists.</summary>
public sealed class SourcePageTests(BrowserFixture fixture)
{
    private static readonly OrganizationSize Middling = new(Members: 90, Teams: 130, Projects: 20, AuditRows: 10);

    [Fact]
    public async Task Every_page_of_a_source_looks_right()
    {
        var people = new SourcePeople();
        await using var served = await ServedOrganization.StartAsync(Middling, configure: people.Register);
        await served.ConnectAsync();
        await served.ReadAsync();
        await served.ReadAsync();
        var run = await served.ReadAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        foreach (var (address, name) in ((string, string)[])
                 [("/sources", "sources"), ("/sources/1", "source"), ($"/sources/1/runs/{run.Id}", "run"), ("/sources/1/edit", "edit"), ("/sources/1/token", "token"), ("/sources/1/remove", "remove")])
        {
            Assert.Equal(200, (await page.GoAsync(address))!.Status);
            await page.IsPresentableAsync(name);
        }
    }

    [Fact]
    public async Task A_mass_loss_is_shown_and_confirmed_or_rejected_with_a_reason()
    {
        await using var served = await ServedOrganization.StartReadAsync(Middling);
        Lose(served, 60);
        Assert.Equal(SyncRunState.NeedsConfirmation, (await served.ReadAsync()).State);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/sources/1");
        await page.IsPresentableAsync("held");
        await page.GetByText("Members and invitations that would end").ClickAsync();
        Assert.True(await page.Locator(".fact-names li").First.IsVisibleAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Reject: keep what is known" }).ClickAsync();
        await page.WaitForSelectorAsync("[data-code=reason-needed]");
        await page.FillAsync("#reason", "The identity provider was broken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject: keep what is known" }).ClickAsync();
        await page.WaitForSelectorAsync(".status .badge:has-text('Failed')");

        Assert.Equal(SyncRunState.NeedsConfirmation, (await served.ReadAsync()).State);

        // In a new tab: the old one loads itself anew at the same time, and would break off what is asked of it.
        page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/sources/1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm: apply exactly this" }).ClickAsync();
        await page.WaitForSelectorAsync(".status .badge:has-text('Connected')");
    }

    [Fact]
    public async Task The_page_follows_a_run_that_another_process_does()
    {
        await using var served = await ServedOrganization.StartReadAsync(Middling);
        served.Sentry.Latency = TimeSpan.FromMilliseconds(300);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await page.GoAsync("/sources/1");
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Sync now" }).CountAsync());

        var reading = served.ReadAsync();

        await page.WaitForSelectorAsync(".status .badge:has-text('Syncing')");
        await page.WaitForFunctionAsync("() => /[1-9]\\d* of about/.test(document.querySelector('.status')?.textContent ?? '')");
        await page.ShootAsync("syncing");
        await reading;
        await page.WaitForSelectorAsync(".status .badge:has-text('Connected')");
    }

    [Fact]
    public async Task Of_two_people_who_edit_in_two_windows_the_second_is_told_and_keeps_what_was_typed()
    {
        var people = new SourcePeople();
        await using var served = await ServedOrganization.StartAsync(configure: people.Register);
        await served.ConnectAsync();
        var first = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        var second = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        await first.GoAsync("/sources/1/edit");
        await second.GoAsync("/sources/1/edit");

        await first.FillAsync("#name", "Acme One");
        await first.SelectOptionAsync("#schedule", "daily");
        await first.SelectOptionAsync("#hour", "5");
        await first.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await first.WaitForURLAsync("**/sources/1");
        await second.FillAsync("#name", "Acme Two");
        await second.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await second.WaitForSelectorAsync("[data-code=connector-changed-meanwhile]");

        Assert.Equal("Acme Two", await second.InputValueAsync("#name"));
        Assert.Contains("every day at 05:00 UTC", await first.TextContentAsync("main"), StringComparison.Ordinal);
        await second.IsPresentableAsync("edit-conflict");
    }

    [Fact]
    public async Task A_source_is_paused_resumed_given_a_new_token_and_removed()
    {
        await using var served = await ServedOrganization.StartAsync(configure: new SourcePeople().Register);
        await served.ConnectAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/sources/1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.WaitForSelectorAsync(".status .badge:has-text('Paused')");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.WaitForSelectorAsync(".status .badge:has-text('Not read yet')");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rotate token" }).ClickAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var next = acme.IssueToken(acme.AddSentryApp("Watchbill 2", Watchbill.Sentry.Simulator.Permissions.ScopeSet.Of(["org:read", "member:read", "team:read", "project:read"])));
        await page.FillAsync("#token", next);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this token and read now" }).ClickAsync();
        await page.WaitForURLAsync("**/sources/1");
        Assert.Contains(next[^4..], await page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Sync starts in a moment", await page.TextContentAsync(".status"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Remove" }).ClickAsync();
        var remove = page.GetByRole(AriaRole.Button, new() { Name = "Remove this source" });
        Assert.True(await remove.IsDisabledAsync());
        await page.FillAsync("#confirm", "Acme");
        await remove.ClickAsync();
        await page.WaitForURLAsync("**/sources");
        Assert.Contains("Nothing is connected yet", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_can_wait_for_the_credentials_of_its_owner()
    {
        var people = new SourcePeople();
        await using var served = await ServedOrganization.StartAsync(configure: people.Register);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);
        await page.GoAsync("/sources/new/sentry");
        await page.FillAsync("#name", "Later");
        await page.FillAsync("#slug", "acme");
        await page.CheckAsync("#owner-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave the token to an owner" }).ClickAsync();
        await page.WaitForURLAsync("**/sources/1");

        Assert.Equal($"{served.Server.Listening}sources/1/token", await page.TextContentAsync("#complete-link"));
        Assert.Equal("/sources/1/token", Assert.Single(people.Mail).Path);
        await page.IsPresentableAsync("waits-for-credentials");
    }

    [Fact]
    public async Task A_source_that_fails_says_why()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        served.Sentry.Faults.Add(new FaultRule(FaultAction.ObjectDetail, "*"));
        Assert.Equal(SyncRunState.Failed, (await served.ReadAsync()).State);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.IntegrationAdministrator);

        await page.GoAsync("/sources/1");

        Assert.Contains("stale", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.IsPresentableAsync("failed");
        await page.GoAsync("/sources");
        await page.IsPresentableAsync("sources-failed");
    }

    private static void Lose(ServedOrganization served, int count)
    {
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        foreach (var member in acme.Members.Where(static member => member.IsListed && member.Role.Id is "member").Take(count).ToList())
        {
            MemberChanges.RemoveMember(acme, member);
        }
    }
}
