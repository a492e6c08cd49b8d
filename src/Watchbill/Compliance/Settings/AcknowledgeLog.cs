using System.Globalization;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Settings;

/// <summary>Says of lines of Sentry's audit log that somebody looked at them and why they are in order. Never by whoever did what they tell. Needs the right to manage compliance.</summary>
public sealed class AcknowledgeLog
{
    /// <summary>At most so many lines at once.</summary>
    public const int MostLines = 500;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly IOwnerDirectory _people;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal AcknowledgeLog(Database database, ConnectorStore connectors, IOwnerDirectory people, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _people = people;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Acknowledges lines; those that are acknowledged already stay as they are.</summary>
    /// <param name="connector">Of which connector.</param>
    /// <param name="lines">Sentry's ids of the lines.</param>
    /// <param name="reason">Why they are in order.</param>
    /// <param name="caller">Who looked at them.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <returns>How many were not acknowledged before.</returns>
    public async Task<Result<int>> RunAsync(ConnectorId connector, IReadOnlyCollection<long> lines, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageCompliance) is { } refusal)
        {
            return refusal;
        }

        if (lines.Count is 0 or > MostLines)
        {
            return ComplianceRefusals.BadLines(MostLines);
        }

        if (SyncRefusals.BadReason(reason) is { } bad)
        {
            return bad;
        }

        if (await _connectors.FindAsync(connector, cancellationToken) is null)
        {
            return SyncRefusals.NoSuchConnector(connector.ToString());
        }

        var own = caller.Account is { } account ? (await _people.ListAsync(cancellationToken)).FirstOrDefault(person => person.Id == account)?.Email : null;
        return await _database.InTransactionAsync(transaction => WriteAsync(transaction, new Acknowledging(connector, [.. lines.Distinct()], reason.Trim(), own), caller, cancellationToken), cancellationToken);
    }

    private async Task<Result<int>> WriteAsync(Transaction transaction, Acknowledging asked, Caller caller, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"log-acknowledgement {asked.Connector}", cancellationToken);
        var actors = await AcknowledgementStore.ActorsAsync(transaction, asked.Connector, asked.Lines, cancellationToken);
        foreach (var line in asked.Lines)
        {
            if (!actors.TryGetValue(line, out var actor))
            {
                return ComplianceRefusals.NoSuchLine(line);
            }

            if (asked.OwnAddress is { } own && string.Equals(actor, own, StringComparison.OrdinalIgnoreCase))
            {
                return ComplianceRefusals.OwnLine(line);
            }
        }

        var known = await AcknowledgementStore.KnownAsync(transaction, asked.Connector, asked.Lines, cancellationToken);
        var rows = asked.Lines.Except(known).Select(line => new LogAcknowledgement
        {
            ConnectorId = asked.Connector,
            EntryId = line,
            Reason = asked.Reason,
            ActorKind = caller.Actor.Kind.ToString(),
            ActorId = caller.Actor.Id,
            AccountId = caller.Account?.Value,
            At = _clock.GetUtcNow(),
        }).ToList();
        await AcknowledgementStore.InsertAsync(transaction, rows, cancellationToken);
        foreach (var row in rows)
        {
            await _audit.AppendAsync(
                transaction,
                new AuditEvent
                {
                    Actor = caller.Actor,
                    Action = "log-line-acknowledged",
                    SubjectKind = "log-line",
                    SubjectId = string.Create(CultureInfo.InvariantCulture, $"{row.ConnectorId}/{row.EntryId}"),
                    Reason = row.Reason,
                },
                cancellationToken);
        }

        return rows.Count;
    }

    private sealed record Acknowledging(ConnectorId Connector, IReadOnlyList<long> Lines, string Reason, string? OwnAddress);
}
