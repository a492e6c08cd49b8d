using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Actions;

/// <summary>
/// Reminds of actions that should be done: three days before, on the day, and every week after it. The owner is told; where nobody owns one, the owners of the connector are.
/// One message for each person, in the transaction that notes it.
/// </summary>
public sealed class RemindActions
{
    private const int MostNamed = 20;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

    private readonly Database _database;
    private readonly ConnectorOwnerStore _owners;
    private readonly IOwnerMail _mail;
    private readonly TimeProvider _clock;

    internal RemindActions(Database database, ConnectorOwnerStore owners, IOwnerMail mail, TimeProvider clock)
    {
        _database = database;
        _owners = owners;
        _mail = mail;
        _clock = clock;
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>How many actions somebody was reminded of.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();

        // Most looks find nothing: they take no lock.
        await using (var session = _database.OpenRead())
        {
            if (!(await ActionStore.DueAsync(session, now + Ahead, cancellationToken)).Exists(row => IsDue(row, now)))
            {
                return 0;
            }
        }

        return await _database.InTransactionAsync(transaction => RemindAsync(transaction, now, cancellationToken), cancellationToken);
    }

    private async Task<int> RemindAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, "action-reminders", cancellationToken);
        List<ActionRow> due = [.. (await ActionStore.DueAsync(transaction, now + Ahead, cancellationToken)).Where(row => IsDue(row, now))];
        Dictionary<AccountId, List<ActionRow>> told = [];
        foreach (var row in due)
        {
            foreach (var person in row.Owner is { } owner ? [owner] : await _owners.ListAsync(transaction, row.ConnectorId, cancellationToken))
            {
                told.TryAdd(person, []);
                told[person].Add(row);
            }

            await ActionStore.UpdateAsync(transaction, row with { RemindedAt = now }, cancellationToken);
        }

        foreach (var (person, rows) in told.OrderBy(static one => one.Key.Value))
        {
            await _mail.AppendAsync(transaction, Reminder(person, rows, now), cancellationToken);
        }

        return due.Count;
    }

    /// <summary>Whether a moment to remind of it has come since the last time.</summary>
    private static bool IsDue(ActionRow row, DateTimeOffset now) => MomentOf(row.DueAt, now) is { } moment && (row.RemindedAt is not { } last || last < moment);

    /// <summary>The last moment that has come; null before the first. After downtime several count as one.</summary>
    private static DateTimeOffset? MomentOf(DateTimeOffset due, DateTimeOffset now) =>
        now < due - Ahead ? null : now < due ? due - Ahead : due + (((now - due).Ticks / Again.Ticks) * Again);

    private static OwnerMessage Reminder(AccountId person, List<ActionRow> rows, DateTimeOffset now)
    {
        var overdue = rows.Count(row => row.DueAt <= now);
        List<string> sentences = [.. rows.Take(MostNamed).Select(row => $"{row.Title}: {(row.DueAt <= now ? "should have been done" : "should be done")} until {row.DueAt:yyyy-MM-dd}.")];
        return new OwnerMessage(
            person,
            "action-due",
            rows.Count == 1 ? $"{(overdue == 1 ? "Overdue" : "Due soon")}: {rows[0].Title}" : $"{rows.Count:N0} actions are due, {overdue:N0} of them overdue",
            rows.Count > MostNamed ? [.. sentences, $"And {rows.Count - MostNamed:N0} more."] : sentences,
            rows.Count == 1 ? $"/actions/{rows[0].Id}" : "/actions");
    }
}
