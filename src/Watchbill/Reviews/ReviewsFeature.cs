using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access.Explore;
using Watchbill.Access.Matching;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.People.Identities;
using Watchbill.Reviews.Absences;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>Access reviews.</summary>
public static class ReviewsFeature
{
    /// <summary>Registers the feature's use cases. Needs storage, audit, people, access, connectors and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(provider => new ReviewDesk(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<IOwnerDirectory>(), provider.GetRequiredService<IOwnerMail>(), provider.GetRequiredService<IdentityBook>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new ManageCampaigns(provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorQueries>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new StartCampaign(provider.GetRequiredService<Database>(), provider.GetRequiredService<AccountMatching>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new DecideItems(provider.GetRequiredService<Database>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new ReassignItems(provider.GetRequiredService<Database>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new RemindReviewers(provider.GetRequiredService<Database>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new HandOver(provider.GetRequiredService<Database>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new ManageAbsences(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<IOwnerDirectory>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new CloseCampaign(provider.GetRequiredService<Database>(), provider.GetRequiredService<ConnectorStore>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new CompleteCampaign(provider.GetRequiredService<Database>(), provider.GetRequiredService<OrganizationPictures>(), provider.GetRequiredService<ReviewDesk>()))
            .AddSingleton(provider => new CampaignReport(provider.GetRequiredService<Database>()));
    }
}
