using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Reads what was collected. Whoever calls it has asked already whether the caller may.</summary>
public sealed class ReadEvidence
{
    private readonly Database _database;

    internal ReadEvidence(Database database) => _database = database;

    /// <summary>How every kind stands for a connector, in the order of <see cref="EvidenceKinds.All"/>.</summary>
    public async Task<IReadOnlyList<EvidenceStanding>> StandingsAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        await _database.InSnapshotAsync<IReadOnlyList<EvidenceStanding>>(
            async session =>
            {
                var complete = (await CollectionStore.LatestAsync(session, connector, complete: true, cancellationToken)).ToDictionary(static row => row.Kind);
                var latest = (await CollectionStore.LatestAsync(session, connector, complete: false, cancellationToken)).ToDictionary(static row => row.Kind);
                var requested = (await CollectionStore.RequestsAsync(session, connector, cancellationToken)).Select(static row => row.Kind).ToHashSet();
                return
                [
                    .. EvidenceKinds.All.Select(info => new EvidenceStanding(
                        info, complete.GetValueOrDefault(info.Kind)?.ToCollection(), latest.GetValueOrDefault(info.Kind)?.ToCollection(), requested.Contains(info.Kind))),
                ];
            },
            cancellationToken);

    /// <summary>A page of what holds at an instant, with the collection that says so.</summary>
    public async Task<Result<EvidenceList>> ListAsync(EvidenceQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Skip < 0 || question.Take is < 1 or > EvidenceQuestion.MostRows)
        {
            return EvidenceRefusals.BadPage();
        }

        return await _database.InSnapshotAsync(
            async session =>
            {
                var rows = await CollectedStore.ListAsync(session, question, cancellationToken);
                var source = (await CollectionStore.CompleteAtAsync(session, question.Connector, question.Kind, question.At ?? Conventions.OpenEnd, cancellationToken))?.ToCollection();
                var count = await CountAsync(session, question, source, cancellationToken);
                return new EvidenceList(count, [.. rows.Select(static row => row.ToRecord())], source, question.At is null ? source?.States ?? [] : []);
            },
            cancellationToken);
    }

    /// <summary>What the last collection counted is not counted again.</summary>
    private static async Task<long?> CountAsync(DatabaseSession session, EvidenceQuestion question, Collection? source, CancellationToken cancellationToken) => question switch
    {
        { After: not null } => null,
        { At: null, Parent: null, Search: null or "", State: null } => source?.Kept ?? 0,
        { At: null, Parent: null, Search: null or "", State: { } state } => source?.States.FirstOrDefault(one => one.State == state)?.Count ?? 0,
        _ => await CollectedStore.CountAsync(session, question, cancellationToken),
    };

    /// <summary>All periods of one record, newest first.</summary>
    public async Task<Result<IReadOnlyList<EvidenceRecord>>> HistoryAsync(ConnectorId connector, EvidenceKind kind, string key, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var rows = await CollectedStore.HistoryAsync(session, connector, kind, key, cancellationToken);
        return rows.Count == 0 ? EvidenceRefusals.NoSuchRecord(EvidenceKinds.Of(kind), key) : Result.Of<IReadOnlyList<EvidenceRecord>>([.. rows.Select(static row => row.ToRecord())]);
    }

    /// <summary>Everything of a kind that holds now. For what has few rows: releases and project settings, never issues.</summary>
    public async Task<IReadOnlyList<EvidenceRecord>> OpenAsync(ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return [.. (await CollectedStore.OpenAsync(session, connector, kind, cancellationToken)).Select(static row => row.ToRecord())];
    }

    /// <summary>The keys of everything of a kind that holds now.</summary>
    internal async Task<IReadOnlyList<string>> KeysAsync(ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await CollectedStore.KeysAsync(session, connector, kind, cancellationToken);
    }

    /// <summary>When each part of a kind was read last, and how it looked then.</summary>
    internal async Task<IReadOnlyDictionary<string, ReadPart>> PartsAsync(ConnectorId connector, EvidenceKind kind, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await CollectedStore.PartsAsync(session, connector, kind, cancellationToken);
    }

    /// <summary>The newest collections, of one kind or of all.</summary>
    public async Task<IReadOnlyList<Collection>> CollectionsAsync(ConnectorId connector, EvidenceKind? kind, CollectionId? before, int limit, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return [.. (await CollectionStore.ListAsync(session, connector, kind, before, Math.Clamp(limit, 1, 500), cancellationToken)).Select(static row => row.ToCollection())];
    }
}
