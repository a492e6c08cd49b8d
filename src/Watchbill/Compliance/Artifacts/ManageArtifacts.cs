using System.Security.Cryptography;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Artifacts;

/// <summary>
/// Keeps files as evidence. Whoever may ask for exceptions may record one; whoever manages compliance holds them and erases them, but never what they recorded themselves. Whatever is read is hashed anew.
/// </summary>
public sealed class ManageArtifacts
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly VirusScanner _scanner;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageArtifacts(Database database, ConnectorStore connectors, VirusScanner scanner, AuditLog audit, TimeProvider clock)
    {
        _scanner = scanner;
        _database = database;
        _connectors = connectors;
        _audit = audit;
        _clock = clock;
    }

    private DateTimeOffset Now => Conventions.ToStoredPrecision(_clock.GetUtcNow());

    /// <summary>A page of them, newest first.</summary>
    public async Task<Result<ArtifactList>> ListAsync(ArtifactSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (search.Skip < 0 || search.Take is < 1 or > ArtifactSearch.MostRows)
        {
            return ComplianceRefusals.BadPage();
        }

        var (rows, count) = await _database.InSnapshotAsync(session => ArtifactStore.ListAsync(session, search, cancellationToken), cancellationToken);
        return new ArtifactList([.. rows.Select(static row => row.ToArtifact())], count);
    }

    /// <summary>What is known of one.</summary>
    public async Task<Result<Artifact>> FindAsync(ArtifactId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await ArtifactStore.FindAsync(session, id, cancellationToken) is { } row ? row.ToArtifact() : ComplianceRefusals.NoSuchArtifact(id);
    }

    /// <summary>One with what it holds.</summary>
    /// <returns>A refusal when it was erased, or when what lies there does not have its hash any more.</returns>
    public async Task<Result<ArtifactContent>> ReadAsync(ArtifactId id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, caller, cancellationToken);
        if (!found.Succeeded || found.Value.ErasedAt is not null)
        {
            return found.Refusal ?? ComplianceRefusals.ArtifactErased(id);
        }

        await using var session = _database.OpenRead();
        var content = await ArtifactStore.ContentAsync(session, found.Value.Sha256, cancellationToken);
        return content is not null && Convert.ToHexStringLower(SHA256.HashData(content)) == found.Value.Sha256 ? new ArtifactContent(found.Value, content) : ComplianceRefusals.ArtifactChanged(id);
    }

    /// <summary>Records a file.</summary>
    public async Task<Result<Artifact>> RecordAsync(ArtifactDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.AskForExceptions) ?? ArtifactCheck.Problem(draft, await _database.InSnapshotAsync(session => FrameworkStore.AllAsync(session, cancellationToken), cancellationToken), _clock.GetUtcNow())) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(draft.Connector, cancellationToken) is null)
        {
            return SyncRefusals.NoSuchConnector(draft.Connector.ToString());
        }

        if (await _scanner.RefuseAsync(draft.Content, cancellationToken) is { } infected)
        {
            return infected;
        }

        return await _database.InTransactionAsync(transaction => RecordAsync(transaction, draft, caller, cancellationToken), cancellationToken);
    }

    /// <summary>Says that one must not be erased, and why; or that nothing stands against it any more.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="isHeld">Whether it is held.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Result<Artifact>> HoldAsync(ArtifactId id, bool isHeld, string reason, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        id, (isHeld ? "artifact-held" : "artifact-released", reason), caller,
        row => row.ErasedAt is not null ? ComplianceRefusals.ArtifactErased(id) : row.HoldReason is not null == isHeld ? ComplianceRefusals.ArtifactHeld(isHeld) : null,
        row => row with { HoldReason = isHeld ? reason.Trim() : null },
        cancellationToken);

    /// <summary>Erases what one holds; its hash, and that and why it was erased, stay.</summary>
    public Task<Result<Artifact>> EraseAsync(ArtifactId id, string reason, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        id, ("artifact-erased", reason), caller,
        row => row.ErasedAt is not null ? ComplianceRefusals.ArtifactErased(id)
            : row.HoldReason is not null ? ComplianceRefusals.ArtifactHeld(isHeld: true)
            : row.KeepUntil > Now ? ComplianceRefusals.ArtifactKept(row.KeepUntil.Value)
            : caller.IsWho(row.RecordedByActor, row.RecordedBy) ? ComplianceRefusals.OwnArtifact() : null,
        row => row with { ErasedAt = Now, ErasedBy = caller.Account, ErasedReason = reason.Trim() },
        cancellationToken);

    private async Task<Result<Artifact>> RecordAsync(Transaction transaction, ArtifactDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(draft.Content));
        await Database.LockAsync(transaction, $"artifact {sha256}", cancellationToken);
        if (await ArtifactStore.SameAsync(transaction, draft.Connector, sha256, cancellationToken) is { } same)
        {
            return ComplianceRefusals.SameArtifact(same.Id);
        }

        if (draft.Action is { } action && (await ActionStore.FindAsync(transaction, action, cancellationToken))?.ConnectorId != draft.Connector)
        {
            return ComplianceRefusals.NoSuchAction(action);
        }

        var row = new ArtifactRow
        {
            ConnectorId = draft.Connector,
            Name = draft.Name.Trim(),
            MediaType = MediaTypes.Of(draft.Content),
            Size = draft.Content.Length,
            Sha256 = sha256,
            Shows = draft.Shows.Trim(),
            Source = string.IsNullOrWhiteSpace(draft.Source) ? null : draft.Source.Trim(),
            Controls = string.Join('\n', draft.Controls.Distinct()),
            ActionId = draft.Action,
            ObservedAt = Conventions.ToStoredPrecision(draft.ObservedAt ?? draft.CollectedAt ?? Now),
            CollectedAt = Conventions.ToStoredPrecision(draft.CollectedAt ?? Now),
            RecordedAt = Now,
            RecordedBy = caller.Account,
            RecordedByActor = caller.Key,
            KeepUntil = Conventions.ToStoredPrecision(draft.KeepUntil),
        };
        row = row with { Id = await ArtifactStore.InsertAsync(transaction, row, draft.Content, cancellationToken) };
        await NoteAsync(transaction, row, ("artifact-recorded", row.Shows), caller, cancellationToken);
        return row.ToArtifact();
    }

    private async Task<Result<Artifact>> ChangeAsync(
        ArtifactId id, (string Action, string Reason) step, Caller caller, Func<ArtifactRow, Refusal?> mayNot, Func<ArtifactRow, ArtifactRow> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? SyncRefusals.BadReason(step.Reason)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<Artifact>>(
            async transaction =>
            {
                if (await ArtifactStore.FindAsync(transaction, id, cancellationToken) is not { } seen)
                {
                    return ComplianceRefusals.NoSuchArtifact(id);
                }

                // The same lock that recording the same file takes: it is never erased under a row that was just written.
                await Database.LockAsync(transaction, $"artifact {seen.Sha256}", cancellationToken);
                var before = (await ArtifactStore.FindAsync(transaction, id, cancellationToken))!;
                if (mayNot(before) is { } no)
                {
                    return no;
                }

                var row = change(before);
                await ArtifactStore.UpdateAsync(transaction, row, cancellationToken);
                if (row.ErasedAt is not null)
                {
                    await ArtifactStore.EraseAsync(transaction, row.Sha256, cancellationToken);
                }

                await NoteAsync(transaction, row, step, caller, cancellationToken);
                return row.ToArtifact();
            },
            cancellationToken);
    }

    private Task NoteAsync(Transaction transaction, ArtifactRow row, (string Action, string Reason) step, Caller caller, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["connector"] = row.ConnectorId.ToString(), ["name"] = row.Name, ["sha256"] = row.Sha256, ["size"] = $"{row.Size}", ["observedAt"] = $"{row.ObservedAt.UtcDateTime:O}" };
        return _audit.AppendAsync(
            transaction,
            new AuditEvent { Actor = caller.Actor, Action = step.Action, SubjectKind = "artifact", SubjectId = row.Id.ToString(), After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString), Reason = step.Reason.Trim() },
            cancellationToken);
    }
}
