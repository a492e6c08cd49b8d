using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests.Explore;

/// <summary>An organization that was read once; tests that only look share it.</summary>
public sealed class ReadOrganization : IAsyncLifetime
{
    public ServedOrganization Served { get; private set; } = null!;

    public string Root => $"/org/{Served.Connector!.Id}";

    public async ValueTask InitializeAsync() => Served = await ServedOrganization.StartReadAsync();

    public ValueTask DisposeAsync() => Served.DisposeAsync();
}
