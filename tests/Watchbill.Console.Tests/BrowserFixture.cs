using Watchbill.Server.Testing;

[assembly: AssemblyFixture(typeof(Watchbill.Console.Tests.BrowserFixture))]

namespace Watchbill.Console.Tests;

/// <summary>One browser for all tests of this process.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Browser = await Browser.StartAsync();

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}
