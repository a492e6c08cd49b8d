using Watchbill.Contracts.Notifications;

namespace Watchbill.Contracts.Client;

/// <summary>Channels that announcements go to, and how you yourself are told about things.</summary>
public sealed class NotificationsClient
{
    private readonly ApiTransport _transport;

    internal NotificationsClient(ApiTransport transport) => _transport = transport;

    /// <summary>The channels.</summary>
    public Task<IReadOnlyList<Channel>> ChannelsAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Channel>>("channels", cancellationToken);

    /// <summary>Makes a channel, switched on.</summary>
    public Task<MadeChannel> CreateChannelAsync(NewChannel channel, CancellationToken cancellationToken) => _transport.PostAsync<MadeChannel>("channels", channel, cancellationToken);

    /// <summary>Switches a channel on or off.</summary>
    public Task<Channel> SwitchChannelAsync(long channel, bool isOn, CancellationToken cancellationToken) =>
        _transport.SendAsync<Channel>(new Outgoing(HttpMethod.Put, $"channels/{channel}/switch") { Body = new ChannelSwitch(isOn) }, cancellationToken);

    /// <summary>Writes a test message to a channel.</summary>
    public Task TestChannelAsync(long channel, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Post, $"channels/{channel}/test"), cancellationToken);

    /// <summary>Removes a channel, and its address with it.</summary>
    public Task RemoveChannelAsync(long channel, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"channels/{channel}"), cancellationToken);

    /// <summary>What you can be told about, and how you are.</summary>
    public Task<IReadOnlyList<Notice>> NoticesAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Notice>>("me/notices", cancellationToken);

    /// <summary>Chooses how you are told.</summary>
    public Task<IReadOnlyList<Notice>> ChooseNoticesAsync(NoticeChoices choices, CancellationToken cancellationToken) =>
        _transport.SendAsync<IReadOnlyList<Notice>>(new Outgoing(HttpMethod.Put, "me/notices") { Body = choices }, cancellationToken);
}
