using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Exceptions;

/// <summary>Tells whoever asked for an exception, once and two weeks before, that it ends; the owners of the connector where nobody with an account asked.</summary>
public sealed class RemindExceptions
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    private readonly Database _database;
    private readonly ConnectorOwnerStore _owners;
    private readonly IOwnerMail _mail;
    private readonly TimeProvider _clock;

    internal RemindExceptions(Database database, ConnectorOwnerStore owners, IOwnerMail mail, TimeProvider clock)
    {
        _database = database;
        _owners = owners;
        _mail = mail;
        _clock = clock;
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>How many exceptions somebody was reminded of.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        // Most looks find nothing: they take no lock.
        await using (var session = _database.OpenRead())
        {
            if ((await DueAsync(session, cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "exception-reminders", cancellationToken);
                var due = await DueAsync(transaction, cancellationToken);
                foreach (var row in due)
                {
                    foreach (var person in row.AskedBy is { } asker ? [asker] : await _owners.ListAsync(transaction, row.ConnectorId, cancellationToken))
                    {
                        await _mail.AppendAsync(transaction, Reminder(person, row), cancellationToken);
                    }

                    await ExceptionStore.UpdateAsync(transaction, row with { RemindedAt = _clock.GetUtcNow() }, cancellationToken);
                }

                return due.Count;
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<CheckExceptionRow>> DueAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        [.. (await ExceptionStore.EndingAsync(session, _clock.GetUtcNow() + Ahead, cancellationToken)).Where(static row => row.RemindedAt is null)];

    private static OwnerMessage Reminder(AccountId person, CheckExceptionRow row) => new(
        person, "exception-ends-soon", $"An exception ends on {row.EndsAt:yyyy-MM-dd}: {row.CheckId}",
        [
            $"It covers {row.ResourceName ?? "all that fail"}, because: {row.Reason}",
            "When it is over, the check fails for that again and its action is reopened. Mend the cause, or ask for another exception when it has ended.",
        ],
        $"/exceptions?show={row.Id}");
}
