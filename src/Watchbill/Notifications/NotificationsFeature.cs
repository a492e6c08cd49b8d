using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Watchbill.Audit;
using Watchbill.Notifications.Channels;
using Watchbill.Notifications.Notices;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Notifications;

/// <summary>Mail and messages to channels that tell about facts.</summary>
public static class NotificationsFeature
{
    /// <summary>
    /// Registers the feature. Needs storage, the vault, people and a <see cref="TimeProvider"/>; who registers <see cref="MailOptions"/> before or
    /// after decides about the mail server, and there is none otherwise.
    /// </summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new MailOptions());
        services.AddSingleton(provider => new Outbox(
            Get<Database>(provider), Get<SecretVault>(provider), Get<MailOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SendMail(
            Get<Database>(provider), Get<SecretVault>(provider), Get<MailOptions>(provider), Get<ChannelPoster>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ChannelPoster(
            Get<Database>(provider), Get<SecretVault>(provider), Get<ChannelConnections>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageChannels(
            Get<Database>(provider), Get<SecretVault>(provider), Get<Outbox>(provider), Get<PublicAddress>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new NoticeBoard(
            Get<Database>(provider), Get<Outbox>(provider), Get<SecretVault>(provider), Get<PublicAddress>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton<IPeopleMail>(provider => new PeopleMail(Get<Outbox>(provider)));
        return services;
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
