using Microsoft.Extensions.DependencyInjection;
using Watchbill.Audit;
using Watchbill.Integrity.Keys;
using Watchbill.Integrity.Timestamps;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>Proof that what was written down stays as it was.</summary>
public static class IntegrityFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, people and a <see cref="TimeProvider"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="keyFolder">Where the keys of the log and of statements are, beside the keys of stored secrets.</param>
    public static IServiceCollection AddIntegrity(this IServiceCollection services, string keyFolder)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(provider => new SigningKeys(keyFolder, new Lazy<SecretVault>(provider.GetRequiredService<SecretVault>), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new SealLog(provider.GetRequiredService<Database>(), provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new EvidenceKeys(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<SealLog>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))

            // A host that read settings registers its own behind this one.
            .AddSingleton(new TimestampOptions())
            .AddSingleton(static provider => new TimestampAuthority(provider.GetRequiredService<TimestampOptions>()))
            .AddSingleton(static provider => new StampLog(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<TimestampOptions>(), provider.GetRequiredService<TimestampAuthority>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new VerifyLog(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<SigningKeys>(), provider.GetServices<Func<ISealedRecord>>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ReadLog(provider.GetRequiredService<Database>(), provider.GetRequiredService<SigningKeys>()));
    }
}
