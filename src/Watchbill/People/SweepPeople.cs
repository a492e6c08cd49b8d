using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>Removes what no longer lets anybody in: ended sessions, expired links and device logins, attempts that are forgotten. Asked now and then by the host.</summary>
public sealed class SweepPeople
{
    private readonly Database _database;
    private readonly SessionBook _sessions;
    private readonly TimeProvider _clock;

    internal SweepPeople(Database database, SessionBook sessions, TimeProvider clock)
    {
        _database = database;
        _sessions = sessions;
        _clock = clock;
    }

    /// <summary>Sweeps once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _database.InTransactionAsync(
        async transaction =>
        {
            var now = _clock.GetUtcNow();
            await SessionStore.SweepAsync(transaction, _sessions.Bounds, cancellationToken);
            await OneTimeLinkStore.SweepAsync(transaction, now, cancellationToken);
            await DeviceLoginStore.SweepAsync(transaction, now, cancellationToken);
            await AttemptStore.SweepAsync(transaction, now - AttemptLimit.Memory, cancellationToken);
        },
        cancellationToken);
}
