using Watchbill.Storage;

namespace Watchbill.Integrity.Timestamps;

/// <summary>
/// Has a time authority say, once a day, when the log stood as it did. A signature shows who sealed an event; only somebody else can show that it was not sealed later than it claims.
/// </summary>
public sealed class StampLog
{
    private readonly Database _database;
    private readonly TimestampOptions _options;
    private readonly TimestampAuthority _authority;
    private readonly TimeProvider _clock;

    internal StampLog(Database database, TimestampOptions options, TimestampAuthority authority, TimeProvider clock)
    {
        _database = database;
        _options = options;
        _authority = authority;
        _clock = clock;
    }

    /// <summary>Has the latest checkpoint stamped when that is due and none of its size was.</summary>
    /// <returns>Whether one was.</returns>
    /// <exception cref="TimestampException">The authority gave none, and why. It is due still.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_options.Authority is not { } authority || await DueAsync(cancellationToken) is not { } checkpoint)
        {
            return false;
        }

        var token = await _authority.StampAsync(checkpoint.Note, cancellationToken);
        var row = new TimestampRow { Size = checkpoint.Size, At = Conventions.ToStoredPrecision(_clock.GetUtcNow()), Authority = authority.GetLeftPart(UriPartial.Path), Token = Convert.ToBase64String(token), Ca = _options.CertificatesPem };
        return await _database.InTransactionAsync(
            async transaction =>
            {
                // Of two processes that asked at once, one token is kept: both say the same.
                await Database.LockAsync(transaction, "evidence-log-timestamp", cancellationToken);
                if ((await TimestampStore.LatestAsync(transaction, cancellationToken))?.Size >= row.Size)
                {
                    return false;
                }

                await TimestampStore.InsertAsync(transaction, row, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private async Task<CheckpointRow?> DueAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var latest = await LogStore.LatestAsync(session, cancellationToken);
        var stamped = await TimestampStore.LatestAsync(session, cancellationToken);
        return latest is not null && (stamped is null || (stamped.Size < latest.Size && stamped.At <= _clock.GetUtcNow() - _options.Every)) ? latest : null;
    }
}
