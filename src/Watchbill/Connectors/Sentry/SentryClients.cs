using Watchbill.Sentry;
using Watchbill.Storage;

namespace Watchbill.Connectors.Sentry;

/// <summary>Opens clients for connectors. The token leaves the vault here and nowhere else.</summary>
internal sealed class SentryClients(SecretVault vault, SentryBudgets budgets, SyncOptions options, TimeProvider clock)
{
    /// <summary>A client for a connector that has a token; whoever asks disposes it.</summary>
    public SentryClient Open(ConnectorRow connector, RequestMeter meter)
    {
        var address = new Uri(connector.Address);
        return new SentryClient(new SentryClientOptions
        {
            BaseAddress = address,
            Token = SentryToken.Parse(vault.Unprotect(connector.ProtectedToken!)),
            Budget = budgets.Of(address, connector.OrganizationSlug, connector.BudgetShare),
            AllowPrivateNetworks = connector.AllowPrivateNetworks,
            MaxAttempts = options.Attempts,
            RequestTimeout = options.RequestTimeout,
            Clock = clock,
            Log = meter.OnExchange,
        });
    }
}
