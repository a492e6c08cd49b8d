using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Watchbill.Audit;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Compliance.Settings;
using Watchbill.Connectors;
using Watchbill.Storage;

namespace Watchbill.Compliance;

/// <summary>Checks, frameworks, exceptions, actions and artifacts.</summary>
public static class ComplianceFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, people, connectors and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddCompliance(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new VirusScanOptions(Scanner: null));
        return services
            .AddSingleton(static provider => new VirusScanner(provider.GetRequiredService<VirusScanOptions>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ActionRecord(provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new FollowChecks(
                provider.GetRequiredService<ActionRecord>(), provider.GetRequiredService<ConnectorOwnerStore>(), provider.GetRequiredService<IOwnerMail>()))
            .AddSingleton(static provider => new ManageActions(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<IOwnerDirectory>(),
                provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<ActionRecord>()))
            .AddSingleton(static provider => new ManageArtifacts(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<VirusScanner>(), provider.GetRequiredService<AuditLog>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ComplianceSources(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ManageFrameworks(provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ImportActions(provider.GetRequiredService<ManageActions>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new RemindActions(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorOwnerStore>(), provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new RemindExceptions(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorOwnerStore>(), provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new RunChecks(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<AuditLog>(),
                provider.GetRequiredService<FollowChecks>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new CheckQueue(provider.GetRequiredService<Database>(), provider.GetRequiredService<RunChecks>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new CheckQueries(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new SetParameter(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new AcknowledgeLog(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<IOwnerDirectory>(),
                provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new ManageExceptions(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()));
    }
}
