using Microsoft.Extensions.DependencyInjection;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Storage;

namespace Watchbill.Packs;

/// <summary>Evidence packs.</summary>
public static class PacksFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, connectors, integrity, compliance and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPacks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(static provider => new BuildPack(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<SealLog>(),
                provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new BuildPackSet(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<BuildPack>(), provider.GetRequiredService<AuditLog>()));
    }
}
