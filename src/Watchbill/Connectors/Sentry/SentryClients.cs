using Watchbill.Sentry;
using Watchbill.Storage;

namespace Watchbill.Connectors.Sentry;

/// <summary>Opens clients for connectors. The token leaves the vault here and nowhere else.</summary>
internal sealed class SentryClients(SecretVault vault, SentryBudgets budgets, SyncOptions options, TimeProvider clock)
{
    /// <summary>A client for a connector that has a token; whoever asks disposes it.</summary>
    public SentryClient Open(ConnectorRow connector, RequestMeter meter) => Open(connector, TokenOf(connector.ProtectedToken!), meter, goesFirst: false);

    /// <summary>A client for changes, which go before bulk reading; whoever asks disposes it.</summary>
    /// <param name="connector">The connector; it has a token.</param>
    /// <param name="protectedToken">The token for changes, as the vault keeps it; null for the one that reads.</param>
    /// <param name="meter">Counts.</param>
    public (SentryClient Client, SentryTokenKind Kind) OpenForChanges(ConnectorRow connector, string? protectedToken, RequestMeter meter)
    {
        var token = TokenOf(protectedToken ?? connector.ProtectedToken!);
        return (Open(connector, token, meter, goesFirst: true), token.Kind);
    }

    /// <summary>Whether an address is on sentry.io, not on a server of somebody's own.</summary>
    public static bool IsOnCloud(string address) => SentryAddress.IsSentryCloud(new Uri(address).Host);

    private SentryToken TokenOf(string protectedToken) => SentryToken.Parse(vault.Unprotect(protectedToken));

    private SentryClient Open(ConnectorRow connector, SentryToken token, RequestMeter meter, bool goesFirst)
    {
        var address = new Uri(connector.Address);
        var budget = budgets.Of(address, connector.OrganizationSlug, connector.BudgetShare);
        return new SentryClient(new SentryClientOptions
        {
            BaseAddress = address,
            Token = token,
            GoesFirst = goesFirst,
            Budget = budget,
            AllowPrivateNetworks = connector.AllowPrivateNetworks,
            MaxAttempts = options.Attempts,
            RequestTimeout = options.RequestTimeout,
            Clock = clock,
            Log = exchange =>
            {
                meter.OnExchange(exchange);
                budgets.Note(address, connector.OrganizationSlug, budget);
            },
        });
    }
}
