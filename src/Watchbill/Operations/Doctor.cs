using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Operations;

/// <summary>How grave something is.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Bad,
}

/// <summary>Something that was looked at.</summary>
/// <param name="Area">What it is about.</param>
/// <param name="Level">How it is.</param>
/// <param name="Sentence">What was found. Holds no secret.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
public sealed record Finding(string Area, FindingLevel Level, string Sentence, string? Remedy = null);

/// <summary>Looks for what is wrong with a Watchbill whose database can be opened, and says what to do about it. Changes nothing.</summary>
public sealed class Doctor
{
    private readonly ReadStatus _status;
    private readonly ConnectorStore _connectors;
    private readonly SecretVault _vault;
    private readonly VerifyLog _verify;
    private readonly DatabaseHealth _health;

    internal Doctor(ReadStatus status, ConnectorStore connectors, SecretVault vault, VerifyLog verify, DatabaseHealth health)
    {
        _status = status;
        _connectors = connectors;
        _vault = vault;
        _verify = verify;
        _health = health;
    }

    /// <summary>Looks.</summary>
    /// <param name="deep">Whether the evidence log and the history of access are computed anew, which takes seconds to minutes.</param>
    /// <param name="caller">Who asks; needs the rights to manage sources and to read the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyList<Finding>>> RunAsync(bool deep, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        var read = await _status.RunAsync(caller, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Refusal!;
        }

        var findings = new List<Finding>();
        findings.AddRange(OfQueues(read.Value));
        findings.AddRange(OfNodes(read.Value));
        findings.AddRange(OfSources(await _connectors.ListAsync(cancellationToken)));
        if (deep)
        {
            findings.Add(await _health.DamageAsync(cancellationToken) is { } damage
                ? new Finding("database", FindingLevel.Bad, damage, "Stop Watchbill, keep the file, and restore the latest backup.")
                : new Finding("database", FindingLevel.Good, "Every page of the file is sound."));
            findings.Add(await OfLogAsync(caller, cancellationToken));
        }

        return Result.Of<IReadOnlyList<Finding>>(findings);
    }

    private static IEnumerable<Finding> OfQueues(SystemStatus status)
    {
        var late = status.Queues.Where(static queue => queue.IsLate).ToList();
        return late.Count == 0
            ? [new Finding("queues", FindingLevel.Good, "Nothing waits longer than it should.")]
            : late.Select(queue => new Finding("queues", FindingLevel.Bad, $"{Sentence(queue.Queue)}: {queue.Count}, the oldest since {queue.Since:u}.", Remedy(queue.Queue, status)));
    }

    private static string Sentence(WorkQueue queue) => queue switch
    {
        WorkQueue.Syncs => "Syncs were asked for and nobody does them",
        WorkQueue.RunningSyncs => "Syncs run for hours",
        WorkQueue.Changes => "Changes in Sentry wait for hours",
        WorkQueue.EscalatedChanges => "Changes in Sentry need a person",
        WorkQueue.OverdueGrants => "Temporary grants are past their end and still there",
        WorkQueue.Mails => "Mails and messages do not go out",
        WorkQueue.UnsealedEvents => "Audit events are not sealed",
    };

    private static string Remedy(WorkQueue queue, SystemStatus status) => queue switch
    {
        WorkQueue.EscalatedChanges => "Look at them with: watchbill provisioning list --state escalated.",
        WorkQueue.Mails => "Look under People, Mail for what the mail server says.",
        _ when !status.Nodes.Any(static node => node.IsAlive) => "No server runs on this database: start one with watchbill serve.",
        WorkQueue.UnsealedEvents => "Look into the server's log for event 1047, and whether the key folder can be read.",
        WorkQueue.OverdueGrants => "Look at the grants, and at whether their source can be changed: watchbill provisioning list.",
        _ => "Look into the server's log, and at the runs: watchbill runs list.",
    };

    private static IEnumerable<Finding> OfNodes(SystemStatus status)
    {
        var alive = status.Nodes.Where(static node => node.IsAlive).ToList();
        yield return alive.Count == 0
            ? new Finding("servers", FindingLevel.Warning, "No server works with this database now.", "Where one should: watchbill serve.")
            : new Finding("servers", FindingLevel.Good, $"{alive.Count} at work.");
        foreach (var node in status.Nodes.Where(static node => !node.IsAlive))
        {
            yield return new Finding("servers", FindingLevel.Warning, $"{node.Name} ended without saying so, or stands still; last seen {node.SeenAt:u}.", "Look at that machine. Others have taken up its work.");
        }

        foreach (var node in alive.Where(node => node.Schema != status.Schema || node.Version != status.Version))
        {
            yield return new Finding("servers", FindingLevel.Bad, $"{node.Name} is version {node.Version} (schema {node.Schema}), this is {status.Version} (schema {status.Schema}).", "Bring all of them to one version.");
        }
    }

    private IEnumerable<Finding> OfSources(IReadOnlyList<ConnectorRow> connectors)
    {
        if (connectors.Count == 0)
        {
            yield return new Finding("sources", FindingLevel.Warning, "No source is connected.", "watchbill connect");
        }

        foreach (var connector in connectors)
        {
            foreach (var token in (string?[])[connector.ProtectedToken, connector.ProtectedWriteToken])
            {
                if (token is not null && !CanRead(token))
                {
                    yield return new Finding("keys", FindingLevel.Bad, $"The token of '{connector.Name}' cannot be decrypted with the keys that are here.", "Name the right key folder with --key-folder, restore it from the backup, or enter the token again: watchbill connectors rotate-token.");
                }
            }

            yield return Of(connector);
        }
    }

    private static Finding Of(ConnectorRow connector) => connector.State switch
    {
        ConnectorState.Failed => new("sources", FindingLevel.Bad, $"'{connector.Name}' cannot be read: {connector.StateReason}", "Ask every question about the connection: watchbill preflight."),
        ConnectorState.Degraded => new("sources", FindingLevel.Warning, $"'{connector.Name}' is read in part: {connector.StateReason}", "The log of its latest run names what and why: watchbill runs list."),
        ConnectorState.NeedsConfirmation => new("sources", FindingLevel.Warning, $"'{connector.Name}' waits for a decision: {connector.StateReason}", "watchbill runs difference, then runs confirm or runs reject."),
        ConnectorState.Paused => new("sources", FindingLevel.Warning, $"'{connector.Name}' is paused since {connector.StateSince:u}.", "Where that is over: watchbill connectors resume."),
        ConnectorState.NotConnected when connector.ProtectedToken is null => new("sources", FindingLevel.Warning, $"'{connector.Name}' has no token.", "watchbill connectors rotate-token"),
        ConnectorState.NotConnected => new("sources", FindingLevel.Warning, $"'{connector.Name}' was never read.", "watchbill sync"),
        ConnectorState.Connected or ConnectorState.Syncing => new("sources", FindingLevel.Good, $"'{connector.Name}' is {(connector.State is ConnectorState.Syncing ? "being read" : "connected")}."),
    };

    private bool CanRead(string secret)
    {
        try
        {
            _vault.Unprotect(secret);
            return true;
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }

    private async Task<Finding> OfLogAsync(Caller caller, CancellationToken cancellationToken)
    {
        var verified = await _verify.RunAsync(known: null, caller, cancellationToken);
        return !verified.Succeeded ? new Finding("evidence log", FindingLevel.Bad, verified.Refusal!.Message)
            : verified.Value.Findings.Count > 0 ? new Finding("evidence log", FindingLevel.Bad, $"It is not as it was written: {verified.Value.Findings[0]}", "watchbill evidence verify-log shows all that was found. Keep the database as it is, and compare with backups.")
            : new Finding("evidence log", FindingLevel.Good, $"Intact: {verified.Value.Size} entries, {verified.Value.Checkpoints} checkpoints.");
    }
}
