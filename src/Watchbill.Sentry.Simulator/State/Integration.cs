namespace Watchbill.Sentry.Simulator.State;

/// <summary>An installed integration with another service, such as a chat workspace or a code host.</summary>
public sealed record Integration(long Id, string Provider, string ProviderName, string Name, string? DomainName)
{
    public string Status { get; init; } = "active";

    public string? AccountType { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public IReadOnlyList<string> Features { get; init; } = [];

    public bool CanDisable { get; init; }
}
