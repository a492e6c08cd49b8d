using Watchbill.Console.Shared;
using Watchbill.Notifications;
using Watchbill.Notifications.Channels;
using Watchbill.Notifications.Notices;

namespace Watchbill.Console.Pages.Notifications;

/// <summary>How channels, and ways of being told, are called on screen.</summary>
internal static class NotificationWords
{
    public static string Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "Slack: an incoming webhook",
        ChannelKind.Teams => "Microsoft Teams: a webhook of a workflow",
        ChannelKind.Webhook => "Any address that takes JSON, signed",
    };

    public static string Short(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "Slack",
        ChannelKind.Teams => "Teams",
        ChannelKind.Webhook => "Webhook",
    };

    public static string Of(Delivery delivery) => delivery switch
    {
        Delivery.AtOnce => "At once",
        Delivery.Digest => "Once a day",
        Delivery.Never => "Never",
    };

    public static (string Word, Tone Tone) Of(MailState state) => state switch
    {
        MailState.Waiting => ("Waiting", Tone.Info),
        MailState.Sent => ("Sent", Tone.Good),
        MailState.GaveUp => ("Gave up", Tone.Bad),
        MailState.NotConfigured => ("Not mailed", Tone.Plain),
    };
}
