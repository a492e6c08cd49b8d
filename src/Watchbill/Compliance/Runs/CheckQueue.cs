using Watchbill.Connectors;
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
    private readonly ConnectorStore _connectors;
    private readonly RunChecks _run;
    private readonly TimeProvider _clock;

    internal CheckQueue(Database database, ConnectorStore connectors, RunChecks run, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _run = run;
        _clock = clock;
    }

    /// <summary>Runs whatever is due.</summary>
    /// <returns>The runs that were made.</returns>
    public async Task<IReadOnlyList<CheckRun>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<CheckRun> made = [];
        foreach (var connector in await _connectors.ListAsync(cancellationToken))
        {
            if (await IsDueAsync(connector.Id, cancellationToken) && await _run.RunAsync(connector.Id, Caller.System, cancellationToken) is { Succeeded: true } run)
            {
                made.Add(run.Value);
            }
        }

        return made;
    }

    private async Task<bool> IsDueAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var moved = await DueStore.MovedAtAsync(session, connector, cancellationToken);
        if (moved is not { } newest)
        {
            // Nothing was ever read: there is nothing to say.
            return false;
        }

        if (await CheckRunStore.LatestAsync(session, connector, cancellationToken) is not { } last)
        {
            return true;
        }

        var age = _clock.GetUtcNow() - last.At;
        return age >= AtLeastEvery || (newest > last.At && age >= (CheckRunStore.InputsOf(last).Values.Any(static input => input.IsAwaited) ? AtMostEveryAtFirst : AtMostEvery));
    }
}
