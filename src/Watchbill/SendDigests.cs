using Watchbill.Notifications.Notices;
using Watchbill.People;

namespace Watchbill;

/// <summary>Writes the daily mails: Notifications knows what waits for whom, People knows where they get mail.</summary>
public sealed class SendDigests
{
    private readonly NoticeBoard _notices;

    /// <summary>Needs the board on which it waits.</summary>
    public SendDigests(NoticeBoard notices) => _notices = notices;

    /// <summary>Writes what is due into the outbox.</summary>
    /// <returns>How many mails were written.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => _notices.WriteDigestsAsync(
        static async (transaction, account, stop) => await AccountStore.FindAsync(transaction, account, stop) is { State: AccountState.Active } row ? row.Address : null,
        cancellationToken);
}
