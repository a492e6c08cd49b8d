using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Notifications;

/// <summary>A place that announcements go to.</summary>
public sealed record Channel
{
    /// <summary>Identifies it.</summary>
    public required long Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it leads to: slack, teams, webhook.</summary>
    public required string Kind { get; init; }

    /// <summary>The host of its address. The address itself is never told again: whoever knows it can post there.</summary>
    public required string Host { get; init; }

    /// <summary>The kinds of announcements it gets; empty for all.</summary>
    public required IReadOnlyList<string> About { get; init; }

    /// <summary>Only announcements about this connector; null for all.</summary>
    public long? Connector { get; init; }

    /// <summary>Whether it may lead into a private network, and may go without TLS.</summary>
    public required bool AllowPrivateNetworks { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public required bool IsOn { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What became of the newest message: waiting, sent, gave-up; null when there was none.</summary>
    public string? LatestState { get; init; }

    /// <summary>When that was written.</summary>
    public DateTimeOffset? LatestAt { get; init; }

    /// <summary>Why its last try failed; null when none did.</summary>
    public string? LatestError { get; init; }
}

/// <summary>A channel to make.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewChannel
{
    /// <summary>Its name.</summary>
    [Required, StringLength(100)]
    public required string Name { get; init; }

    /// <summary>What it leads to.</summary>
    [Required, AllowedValues("slack", "teams", "webhook")]
    public required string Kind { get; init; }

    /// <summary>The whole address, as the other side gave it. Kept encrypted, never told again.</summary>
    [Required, StringLength(2000)]
    public required string Address { get; init; }

    /// <summary>The kinds of announcements it gets; empty for all.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string> About { get; init; } = [];

    /// <summary>Only announcements about this connector; null for all.</summary>
    public long? Connector { get; init; }

    /// <summary>Whether it may lead into a private network, and may go without TLS.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} channel {Name}";
}

/// <summary>A channel that was just made.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Secret">With what its messages are signed (Standard Webhooks), shown once; null where nothing is signed.</param>
public sealed record MadeChannel(Channel Channel, string? Secret);

/// <summary>A channel switched on or off.</summary>
/// <param name="IsOn">Whether anything is sent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChannelSwitch(bool IsOn);

/// <summary>One kind of thing that people are told about.</summary>
public sealed record Notice
{
    /// <summary>What sort of message.</summary>
    public required string Kind { get; init; }

    /// <summary>What it tells.</summary>
    public required string Tells { get; init; }

    /// <summary>Whether never can be chosen.</summary>
    public required bool MayBeLeftOut { get; init; }

    /// <summary>How you are told: at-once, digest (one mail a day), never.</summary>
    public required string Delivery { get; init; }
}

/// <summary>How you want to be told.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NoticeChoices
{
    /// <summary>For kinds of messages, how: at-once, digest or never. Kinds that are not named stay as they are.</summary>
    [Required, MaxLength(50)]
    public required IReadOnlyDictionary<string, string> Choices { get; init; }
}
