using Microsoft.Extensions.DependencyInjection;
using Watchbill.Audit;
using Watchbill.Compliance.Artifacts;
using Watchbill.Connectors;
using Watchbill.Packs;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>Audit engagements.</summary>
public static class EngagementsFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, people, connectors, compliance, packs and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddEngagements(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(static provider => new RoomDoor(provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ManageEngagements(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<IOwnerDirectory>(),
                provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<RoomDoor>()))
            .AddSingleton(static provider => new AuditRoom(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<ManageArtifacts>(), provider.GetRequiredService<RoomDoor>()))
            .AddSingleton(static provider => new RoomPacks(
                provider.GetRequiredService<RoomDoor>(), provider.GetRequiredService<BuildPack>(), provider.GetRequiredService<BuildPackSet>(), provider.GetRequiredService<ConnectorStore>()))
            .AddSingleton(static provider => new EvidenceRequests(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<RoomDoor>()));
    }
}
