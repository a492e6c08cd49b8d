using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Watchbill.People;
using Watchbill.Server.Testing;

[assembly: AssemblyFixture(typeof(Watchbill.Console.Tests.BrowserFixture))]

namespace Watchbill.Console.Tests;

/// <summary>One browser for all tests of this process.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly ConditionalWeakTable<ServedOrganization, ConcurrentBag<IPage>> _idle = [];

    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Browser = await Browser.StartAsync();

    /// <summary>
    /// Visits a page as whoever may do everything: it is there, presentable in every look, and its script complains of nothing. A tab that looked at a page of the same server looks at the next one too: it
    /// has the scripts of both.
    /// </summary>
    public async Task CheckAsync(ServedOrganization served, string name, string address)
    {
        var idle = _idle.GetOrCreateValue(served);
        var page = idle.TryTake(out var used) ? used : await Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        List<string> complaints = [];
        page.Console += Note;

        var answer = await page.GoAsync(address);

        Assert.True(answer!.Ok, $"{address}: {answer.Status}");
        await page.IsPresentableAsync(name);
        Assert.Empty(complaints);
        page.Console -= Note;
        idle.Add(page);

        void Note(object? sender, IConsoleMessage message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
    }

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}
