using System.Security.Cryptography;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>Runs the checks that are due: once a day, and soon after a run or a collection read something new, or a parameter or an exception changed, but not more often than once an hour.</summary>
public sealed class CheckQueue
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromHours(1);
    /// <summary>While a new source is read for the first time, people wait for what the checks say.</summary>
    private static readonly TimeSpan AtMostEveryAtFirst = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromDays(1);

    private readonly Database _database;
    private readonly RunChecks _run;
    private readonly TimeProvider _clock;

    internal CheckQueue(Database database, RunChecks run, TimeProvider clock)
    {
        _database = database;
        _run = run;
        _clock = clock;
    }

    /// <summary>Runs whatever is due.</summary>
    /// <returns>The runs that were made.</returns>
    public async Task<IReadOnlyList<CheckRun>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<CheckRun> made = [];
        foreach (var connector in await DueAsync(only: null, cancellationToken))
        {
            // With many sources a round is long, and another process may have been here meanwhile.
            if ((await DueAsync(connector, cancellationToken)).Count > 0 && await _run.RunAsync(connector, Caller.System, cancellationToken) is { Succeeded: true } run)
            {
                made.Add(run.Value);
            }
        }

        return made;
    }

    /// <summary>The connectors whose checks are due, each process in an order of its own, so that several do not do the same work.</summary>
    /// <param name="only">Looks at this one; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task<IReadOnlyList<ConnectorId>> DueAsync(ConnectorId? only, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        List<ConnectorId> due = [];
        foreach (var move in await DueStore.MovesAsync(session, only, cancellationToken))
        {
            if (await IsDueAsync(session, move, cancellationToken))
            {
                due.Add(move.Connector);
            }
        }

        var order = due.ToArray();
        RandomNumberGenerator.Shuffle(order.AsSpan());
        return order;
    }

    private async Task<bool> IsDueAsync(ReadSession session, Move move, CancellationToken cancellationToken)
    {
        if (move is not { At: { } newest, CheckedAt: { } last })
        {
            // Where nothing was ever read there is nothing to say; what was read and never checked is due.
            return move.At is not null;
        }

        var age = _clock.GetUtcNow() - last;
        return age >= AtLeastEvery || (newest > last && (age >= AtMostEvery || (age >= AtMostEveryAtFirst && await IsAwaitedAsync(session, move.Connector, cancellationToken))));
    }

    /// <summary>Whether the latest run waited for something that is still to be read for the first time.</summary>
    private static async Task<bool> IsAwaitedAsync(ReadSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        await CheckRunStore.LatestAsync(session, connector, cancellationToken) is { } run && CheckRunStore.InputsOf(run).Values.Any(static input => input.IsAwaited);
}
