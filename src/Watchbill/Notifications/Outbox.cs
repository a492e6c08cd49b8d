using Watchbill.Kernel;
using Watchbill.Notifications.Channels;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Notifications;

/// <summary>Takes mail to be sent, in the transaction of the fact it tells about: sent if and only if that is committed.</summary>
public sealed class Outbox
{
    private const int LongestSubject = 200;

    private readonly Database _database;
    private readonly SecretVault _vault;
    private readonly MailOptions _options;
    private readonly TimeProvider _clock;

    internal Outbox(Database database, SecretVault vault, MailOptions options, TimeProvider clock)
    {
        _database = database;
        _vault = vault;
        _options = options;
        _clock = clock;
    }

    /// <summary>Whether mail can be sent at all. Where it cannot, mail is noted without its text, and links are shown to be copied.</summary>
    public bool IsConfigured => _options.IsConfigured;

    /// <summary>Puts a mail into the outbox.</summary>
    public Task AppendAsync(Transaction transaction, MailDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(draft);
        var now = _clock.GetUtcNow();
        var row = new MailRow
        {
            Kind = draft.Kind,
            Recipient = draft.To,
            Subject = Cut(draft.Subject),
            ProtectedText = IsConfigured ? _vault.Protect(MailText.Of(draft).ToStored()) : null,
            State = IsConfigured ? MailState.Waiting : MailState.NotConfigured,
            CreatedAt = now,
            NextAttemptAt = now,
        };
        return MailStore.InsertAsync(transaction, row, cancellationToken);
    }

    /// <summary>Puts an announcement into the outbox, once for each channel that wants it.</summary>
    public async Task AnnounceAsync(Transaction transaction, Announcement announcement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(announcement);
        foreach (var channel in await ChannelStore.ListAsync(transaction, cancellationToken))
        {
            if (channel.Wants(announcement))
            {
                await PostAsync(transaction, channel, announcement, cancellationToken);
            }
        }
    }

    /// <summary>Puts an announcement for one channel into the outbox, in the words and the shape that it has now.</summary>
    internal Task PostAsync(Transaction transaction, ChannelRow channel, Announcement announcement, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var row = new MailRow
        {
            Kind = announcement.Kind,
            Recipient = channel.Name,
            ChannelId = channel.Id,
            Subject = Cut(announcement.Subject),
            ProtectedText = _vault.Protect(ChannelText.Of(channel.Kind, announcement, now)),
            State = MailState.Waiting,
            CreatedAt = now,
            NextAttemptAt = now,
        };
        return MailStore.InsertAsync(transaction, row, cancellationToken);
    }

    /// <summary>The newest mails, for whoever manages accounts and wonders why somebody got none.</summary>
    /// <param name="limit">How many at most, 1 to 500.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is outside its range.</exception>
    public async Task<Result<IReadOnlyList<Mail>>> ListAsync(int limit, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        if (caller.Lacks(Right.ManagePeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await MailStore.ListAsync(session, limit, cancellationToken));
    }

    private static string Cut(string subject) => subject.Length <= LongestSubject ? subject : subject[..LongestSubject];
}

/// <summary>Brings the messages of People into the outbox.</summary>
internal sealed class PeopleMail(Outbox outbox) : IPeopleMail
{
    public bool IsConfigured => outbox.IsConfigured;

    public Task AppendAsync(Transaction transaction, PeopleMessage message, CancellationToken cancellationToken) => outbox.AppendAsync(
        transaction, new MailDraft(message.To, message.Kind, message.Subject, message.Sentences, message.Link, message.LinkText), cancellationToken);
}
