using Watchbill.Kernel;

namespace Watchbill.Notifications.Channels;

/// <summary>What a channel leads to, and so what its messages look like.</summary>
public enum ChannelKind
{
    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A webhook of a Microsoft Teams workflow.</summary>
    Teams,

    /// <summary>Any address that takes JSON, signed as the Standard Webhooks specification says.</summary>
    Webhook,
}

/// <summary>A place that announcements go to. Whoever knows its address can post there, so the address is kept encrypted and never shown again.</summary>
public sealed record Channel
{
    /// <summary>Identifies it.</summary>
    public required ChannelId Id { get; init; }

    /// <summary>Its name, which no other channel has.</summary>
    public required string Name { get; init; }

    /// <summary>What it leads to.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>The host of its address.</summary>
    public required string Host { get; init; }

    /// <summary>The kinds of announcements it gets, of <see cref="Announcement.Kinds"/>; empty for all.</summary>
    public required IReadOnlyList<string> About { get; init; }

    /// <summary>Only announcements about this connector; null for all.</summary>
    public ConnectorId? Connector { get; init; }

    /// <summary>Whether it may lead into a private network, and may go without TLS.</summary>
    public required bool AllowPrivateNetworks { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public required bool IsOn { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What became of the newest message; null when there was none, or it was forgotten.</summary>
    public Mail? Latest { get; init; }
}

/// <summary>A channel to be made.</summary>
public sealed record ChannelDraft
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it leads to.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>The whole address, as the other side gave it.</summary>
    public required string Address { get; init; }

    /// <summary>The kinds of announcements it gets; empty for all.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <summary>Only announcements about this connector; null for all.</summary>
    public ConnectorId? Connector { get; init; }

    /// <summary>Whether it may lead into a private network, and may go without TLS.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} channel {Name}";
}

/// <summary>A channel that was just made.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Secret">With what its messages are signed, shown once; null where nothing is signed.</param>
public sealed record NewChannel(Channel Channel, string? Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Channel.ToString();
}

/// <summary>Something that happened and concerns more than one person. Holds no secret and no more about people than the sentence needs.</summary>
/// <param name="Kind">What sort of thing: stable, one of <see cref="Kinds"/>.</param>
/// <param name="Connector">In which organization; null for none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sentences">What happened.</param>
/// <param name="Link">The page that shows it.</param>
public sealed record Announcement(string Kind, ConnectorId? Connector, string Subject, IReadOnlyList<string> Sentences, Uri Link)
{
    /// <summary>What a test message is.</summary>
    public const string Test = "channel-test";

    /// <summary>All kinds, each with what it tells.</summary>
    public static IReadOnlyList<(string Kind, string Tells)> Kinds { get; } =
    [
        ("source-failing", "A source could not be read three times in a row"),
        ("source-needs-confirmation", "A read found so much less than before that somebody must look"),
        ("actions-opened", "Checks began to fail, and actions are open"),
        ("change-escalated", "A change in Sentry could not be made and proven"),
        ("break-glass", "Somebody took access in an emergency"),
        ("access-not-ended", "Access that should have ended could not be taken back yet"),
        ("request-waits", "Somebody asks for access"),
        ("access-drifted", "Temporary access came back after its end, or was changed in Sentry"),
        ("review-started", "An access review started"),
        ("review-not-started", "An access review could not start"),
        ("review-late", "An access review ends within a day and has open decisions"),
        ("review-completed", "An access review is completed"),
    ];
}
