using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access.Explore;
using Watchbill.Access.Logged;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.People.Identities;
using Watchbill.Requests.Answering;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Files;
using Watchbill.Requests.Insight;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>Access that is asked for and ends by itself.</summary>
public static class RequestsFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, people, access, connectors and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(provider => new RequestDesk(
                provider.GetRequiredService<IOwnerDirectory>(), provider.GetRequiredService<ConnectorOwnerStore>(), provider.GetRequiredService<IOwnerMail>(),
                provider.GetRequiredService<IdentityBook>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<DriftBook>()
            .AddSingleton<GrantMachine>()
            .AddSingleton<IChangeFollower>(static provider => provider.GetRequiredService<GrantMachine>())
            .AddSingleton<RequestGate>()
            .AddSingleton(provider => new ManagePolicies(provider.GetRequiredService<Database>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new PolicyFiles(
                provider.GetRequiredService<ManagePolicies>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<OrganizationPictures>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new AskForAccess(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<OrganizationPictures>(),
                provider.GetRequiredService<RequestGate>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new DecideRequests(provider.GetRequiredService<Database>(), provider.GetRequiredService<RequestGate>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new AnswerByLink(provider.GetRequiredService<Database>(), provider.GetRequiredService<DecideRequests>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new KeepGrants(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<GrantMachine>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new FindDrift(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<OrganizationPictures>(), provider.GetRequiredService<GrantMachine>(),
                provider.GetRequiredService<DriftBook>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new ReadInsight(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<OrganizationPictures>(),
                provider.GetRequiredService<LoggedStore>(), provider.GetRequiredService<RequestDesk>()))
            .AddSingleton(provider => new DecideDrift(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<GrantMachine>(), provider.GetRequiredService<DriftBook>(), provider.GetRequiredService<RequestDesk>()));
    }
}
