using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Connectors.Sentry;
using Watchbill.Integrity;
using Watchbill.Operations.AuditExport;
using Watchbill.Storage;

namespace Watchbill.Operations;

/// <summary>What whoever runs Watchbill needs to know of it.</summary>
public static class OperationsFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, connectors and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, DatabaseAddress address)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(static provider => new NodeBook(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new ReadStatus(
                provider.GetRequiredService<Database>(), address, provider.GetRequiredService<ConnectorStandings>(), provider.GetRequiredService<SentryBudgets>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new AuditFeed(provider.GetRequiredService<Database>()))
            .AddSingleton(static provider => new ForwardAudit(
                provider.GetRequiredService<Database>(), provider.GetService<AuditOutletOptions>() ?? new AuditOutletOptions(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new Doctor(
                provider.GetRequiredService<ReadStatus>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<SecretVault>(), provider.GetRequiredService<VerifyLog>(),
                provider.GetRequiredService<DatabaseHealth>()));
    }
}
