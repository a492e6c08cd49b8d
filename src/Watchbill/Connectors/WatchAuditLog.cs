using Watchbill.Access;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>
/// Looks into Sentry's audit log whether anything changed: one request mostly, every minute where the schedule says so. What changed is read by a run that
/// it asks for; a look that finds nothing leaves no run behind, only the note until when nothing changed.
/// </summary>
public sealed class WatchAuditLog
{
    /// <summary>Where the log cannot be read, or a look fails, runs are asked for no more often than this.</summary>
    private static readonly TimeSpan WithoutLog = TimeSpan.FromHours(1);

    private readonly ConnectorStore _connectors;
    private readonly RunBook _book;
    private readonly Ledger _ledger;
    private readonly SentrySource _source;
    private readonly RequestSync _request;
    private readonly TimeProvider _clock;

    internal WatchAuditLog(ConnectorStore connectors, RunBook book, Ledger ledger, SentrySource source, RequestSync request, TimeProvider clock)
    {
        _connectors = connectors;
        _book = book;
        _ledger = ledger;
        _source = source;
        _request = request;
        _clock = clock;
    }

    /// <summary>Looks once.</summary>
    /// <param name="id">Which connector. One that is paused, syncing, or waits for a person is left alone.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>Whether a run was asked for.</returns>
    public async Task<bool> LookAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        if (await _connectors.FindAsync(id, cancellationToken) is not
            { ProtectedToken: not null, State: not (ConnectorState.Paused or ConnectorState.NeedsConfirmation or ConnectorState.Syncing) } connector)
        {
            return false;
        }

        // What fails is not tried again every minute.
        var last = await _book.LastAsync(id, cancellationToken);
        var mayRepeat = last.Any is null || last.Any <= _clock.GetUtcNow() - WithoutLog;
        if (connector.State is ConnectorState.Failed)
        {
            return mayRepeat && await AskAsync(id, mode: null, cancellationToken);
        }

        if (last.IsFullDue)
        {
            return (mayRepeat || last.Full == last.Any) && await AskAsync(id, mode: null, cancellationToken);
        }

        var choice = await ChooseAsync(connector, cancellationToken);
        return choice switch
        {
            null => mayRepeat && await AskAsync(id, SyncMode.Incremental, cancellationToken),
            { IsNothing: true } => false,
            _ => await AskAsync(id, SyncMode.Incremental, cancellationToken),
        };
    }

    /// <summary>What the log names; null when it could not be read. That it names nothing is noted.</summary>
    private async Task<ReadChoice?> ChooseAsync(ConnectorRow connector, CancellationToken cancellationToken)
    {
        var request = new ReadRequest
        {
            Connector = connector.Id,
            OrganizationSlug = connector.OrganizationSlug,
            OrganizationId = connector.OrganizationId,
            Known = (await _ledger.ScopesAsync(connector.Id, cancellationToken)).ToDictionary(static state => state.Scope),
            Mode = SyncMode.Incremental,
        };
        using var source = _source.Open(connector, request);
        var choice = await source.LookAsync(cancellationToken);
        if (source.VouchedAt is not { } until)
        {
            return null;
        }

        if (choice is { IsNothing: true })
        {
            await _ledger.VouchAsync(connector.Id, until, cancellationToken);
        }

        return choice;
    }

    private async Task<bool> AskAsync(ConnectorId id, SyncMode? mode, CancellationToken cancellationToken) =>
        (await _request.RunAsync(id, mode, Caller.System, cancellationToken)).Succeeded;
}
