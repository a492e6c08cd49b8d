using Microsoft.Extensions.DependencyInjection;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Keeping evidence.</summary>
public static class EvidenceFeature
{
    internal static EntityMapping Mapping => CollectionStore.Mapping;

    /// <summary>Registers the feature. Needs storage, the audit log and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(static provider => new EvidenceBook(provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<Func<ISealedRecord>>(static () => new SealedEvidence())
            .AddSingleton(static provider => new EvidenceRequests(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ReadEvidence(provider.GetRequiredService<Database>()));
    }
}
