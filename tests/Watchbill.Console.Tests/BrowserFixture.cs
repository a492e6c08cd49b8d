using Watchbill.People;
using Watchbill.Server.Testing;

[assembly: AssemblyFixture(typeof(Watchbill.Console.Tests.BrowserFixture))]

namespace Watchbill.Console.Tests;

/// <summary>One browser for all tests of this process.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Browser = await Browser.StartAsync();

    /// <summary>Visits a page as whoever may do everything: it is there, presentable in every look, and its script complains of nothing.</summary>
    public async Task CheckAsync(ServedOrganization served, string name, string address)
    {
        var page = await Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);

        var answer = await page.GotoAsync(address);

        Assert.True(answer!.Ok, $"{address}: {answer.Status}");
        await page.IsPresentableAsync(name);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}
