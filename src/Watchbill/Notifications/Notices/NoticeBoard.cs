using System.Text.Json;
using Watchbill.Kernel;
using Watchbill.Notifications.Channels;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Notifications.Notices;

/// <summary>
/// Tells people about things as each of them chose: at once, in one mail a day, or not at all. Everything is written in the transaction of what it tells about.
/// </summary>
public sealed class NoticeBoard
{
    /// <summary>The hour of UTC from which daily mails go out.</summary>
    public const int DigestHour = 6;

    private readonly Database _database;
    private readonly Outbox _outbox;
    private readonly SecretVault _vault;
    private readonly PublicAddress _address;
    private readonly TimeProvider _clock;

    internal NoticeBoard(Database database, Outbox outbox, SecretVault vault, PublicAddress address, TimeProvider clock)
    {
        _database = database;
        _outbox = outbox;
        _vault = vault;
        _address = address;
        _clock = clock;
    }

    /// <summary>Everything the caller can be told about, and how they want it.</summary>
    public async Task<Result<IReadOnlyList<Notice>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } account)
        {
            return ChannelRefusals.NoticesNeedAccount();
        }

        await using var session = _database.OpenRead();
        return Result.Of(Of(await NoticeStore.ChoicesAsync(session, account, cancellationToken)));
    }

    /// <summary>Chooses how the caller is told; kinds that are not named stay as they are.</summary>
    public async Task<Result<IReadOnlyList<Notice>>> ChooseAsync(IReadOnlyDictionary<string, Delivery> choices, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } account)
        {
            return ChannelRefusals.NoticesNeedAccount();
        }

        foreach (var (kind, delivery) in choices)
        {
            if (Notice.All.FirstOrDefault(notice => notice.Kind == kind) is not { } notice || (delivery is Delivery.Never && !notice.MayBeLeftOut))
            {
                return Notice.All.Any(known => known.Kind == kind) ? ChannelRefusals.NeverSilent(kind) : ChannelRefusals.NoSuchNotice(kind);
            }
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"notices {account}", cancellationToken);
                var now = new Dictionary<string, Delivery>(await NoticeStore.ChoicesAsync(transaction, account, cancellationToken), StringComparer.Ordinal);
                foreach (var (kind, delivery) in choices)
                {
                    now[kind] = delivery;
                }

                await NoticeStore.ReplaceChoicesAsync(
                    transaction, account, now.Select(choice => new NoticeChoiceRow { AccountId = account, Kind = choice.Key, Delivery = choice.Value }), cancellationToken);
                return Result.Of(Of(now));
            },
            cancellationToken);
    }

    /// <summary>Tells one person.</summary>
    /// <param name="transaction">The transaction of what they are told about.</param>
    /// <param name="account">Who.</param>
    /// <param name="draft">What, as a mail of its own would say it. Holds no secret.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task TellAsync(Transaction transaction, AccountId account, MailDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(draft);
        switch ((await NoticeStore.ChoicesAsync(transaction, account, cancellationToken)).GetValueOrDefault(draft.Kind))
        {
            case Delivery.AtOnce:
                await _outbox.AppendAsync(transaction, draft, cancellationToken);
                break;
            case Delivery.Digest:
                var line = new DigestLineRow { AccountId = account, ProtectedText = _vault.Protect(JsonSerializer.Serialize(DigestLine.Of(draft))), CreatedAt = _clock.GetUtcNow() };
                await NoticeStore.InsertLineAsync(transaction, line, cancellationToken);
                break;
            case Delivery.Never:
                break;
        }
    }

    /// <summary>Writes the daily mails that are due: one for each person for whom something was written before this day's hour. Killed in between, nothing is lost or sent twice.</summary>
    /// <param name="addressOf">Where an account gets mail; null for whoever cannot sign in any more, who is told nothing.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many mails were written.</returns>
    public async Task<int> WriteDigestsAsync(Func<Transaction, AccountId, CancellationToken, Task<string?>> addressOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addressOf);
        var now = _clock.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(DigestHour);
        IReadOnlyList<AccountId> waiting;
        await using (var session = _database.OpenRead())
        {
            waiting = await NoticeStore.WaitingAsync(session, now >= hour ? hour : hour.AddDays(-1), cancellationToken);
        }

        var written = 0;
        foreach (var account in waiting)
        {
            written += await _database.InTransactionAsync(transaction => WriteDigestAsync(transaction, account, addressOf, cancellationToken), cancellationToken);
        }

        return written;
    }

    private async Task<int> WriteDigestAsync(Transaction transaction, AccountId account, Func<Transaction, AccountId, CancellationToken, Task<string?>> addressOf, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"notices {account}", cancellationToken);
        var lines = await NoticeStore.LinesAsync(transaction, account, cancellationToken);
        if (lines.Count == 0)
        {
            return 0;
        }

        var readable = lines.Select(Read).OfType<DigestLine>().ToList();
        var address = await addressOf(transaction, account, cancellationToken);
        if (address is not null && readable.Count > 0)
        {
            var subject = readable.Count == 1 ? readable[0].Subject : $"{readable.Count:N0} things happened in Watchbill";
            var sentences = readable.Select(static line => $"{line.Subject}. {string.Join(' ', line.Sentences)} {line.Link}");
            await _outbox.AppendAsync(transaction, new MailDraft(address, "digest", subject, [.. sentences], _address.Of("/account/notices"), "Choose how you are told"), cancellationToken);
        }

        await NoticeStore.DeleteLinesAsync(transaction, account, lines[^1].Id, cancellationToken);
        return address is null ? 0 : 1;
    }

    /// <summary>Null for what was encrypted with a key that is gone.</summary>
    private DigestLine? Read(DigestLineRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<DigestLine>(_vault.Unprotect(row.ProtectedText));
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    private static IReadOnlyList<Notice> Of(IReadOnlyDictionary<string, Delivery> choices) => [.. Notice.All.Select(notice => notice with { Delivery = choices.GetValueOrDefault(notice.Kind) })];
}

/// <summary>One of the things in a daily mail, as it is encrypted and stored.</summary>
internal sealed record DigestLine(string Subject, IReadOnlyList<string> Sentences, string? Link)
{
    public static DigestLine Of(MailDraft draft) => new(draft.Subject, draft.Sentences, draft.Link?.AbsoluteUri);

    /// <inheritdoc/>
    public override string ToString() => "digest line";
}
