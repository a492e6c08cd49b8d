using Watchbill.Kernel;

namespace Watchbill.Notifications;

/// <summary>
/// The life of a mail. It starts Waiting in the transaction of the fact it tells about, or NotConfigured where there is no mail server; the
/// worker moves it to Sent, or after the last try to GaveUp.
/// </summary>
public enum MailState
{
    /// <summary>To be sent; the next try has its time.</summary>
    Waiting,

    /// <summary>A mail server took it over.</summary>
    Sent,

    /// <summary>A mail server refused it for good, or none took it in a day; nothing more is tried.</summary>
    GaveUp,

    /// <summary>There was no mail server when it was written; it is never sent. Its link was shown to be copied.</summary>
    NotConfigured,
}

/// <summary>A mail, or a message to a channel, as people may look at it. Its text, which may hold a link that works once, is never shown.</summary>
public sealed record Mail
{
    /// <summary>Identifies it.</summary>
    public required long Id { get; init; }

    /// <summary>What sort of message it is: stable, kebab-case.</summary>
    public required string Kind { get; init; }

    /// <summary>The address it goes to; the name of the channel, where it goes to one.</summary>
    public required string Recipient { get; init; }

    /// <summary>The channel it goes to; null for mail.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required MailState State { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; means something while it waits.</summary>
    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>When it was sent or given up; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the last try failed, in one sentence; null when none did.</summary>
    public string? LastError { get; init; }
}
