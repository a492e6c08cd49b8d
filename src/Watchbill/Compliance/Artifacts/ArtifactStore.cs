using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Artifacts;

/// <summary>The SQL of artifacts.</summary>
internal static class ArtifactStore
{
    public static async Task<(List<ArtifactRow> Rows, long Count)> ListAsync(DatabaseSession session, ArtifactSearch search, CancellationToken cancellationToken)
    {
        var rows = Rows(session).Where(row => row.ConnectorId == search.Connector);
        rows = search.Action is { } action ? rows.Where(row => row.ActionId == action) : rows;
        if (search.Text?.Trim() is { Length: > 0 } text)
        {
            var (pattern, start) = (TextPattern.Containing(text), text.ToLowerInvariant());
            rows = rows.Where(row => Sql.Like(Sql.Lower(row.Name), pattern, TextPattern.Escape) || Sql.Like(Sql.Lower(row.Shows), pattern, TextPattern.Escape) || Sql.Like(Sql.Lower(row.Source), pattern, TextPattern.Escape)
                || Sql.Like(Sql.Lower(row.Controls), pattern, TextPattern.Escape) || Sql.Like(row.MediaType, pattern, TextPattern.Escape) || row.Sha256.StartsWith(start));
        }

        return (await rows.OrderByDescending(row => row.Id).Skip(search.Skip).Take(search.Take).ToListAsync(cancellationToken), await rows.LongCountAsync(cancellationToken));
    }

    public static Task<ArtifactRow?> FindAsync(DatabaseSession session, ArtifactId id, CancellationToken cancellationToken) => Rows(session).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The artifact of the connector with this hash that is still there; null when there is none.</summary>
    public static Task<ArtifactRow?> SameAsync(DatabaseSession session, ConnectorId connector, string sha256, CancellationToken cancellationToken) =>
        Rows(session).FirstOrDefaultAsync(row => row.ConnectorId == connector && row.Sha256 == sha256 && row.ErasedAt == null, cancellationToken);

    /// <summary>What lies under a hash; null when nothing does.</summary>
    public static async Task<byte[]?> ContentAsync(DatabaseSession session, string sha256, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<ArtifactBlobRow>().FirstOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken))?.Content;

    public static async Task<ArtifactId> InsertAsync(Transaction transaction, ArtifactRow row, byte[] content, CancellationToken cancellationToken)
    {
        // What is there under its hash is what would be written.
        if (!await transaction.Connection.GetTable<ArtifactBlobRow>().AnyAsync(blob => blob.Sha256 == row.Sha256, cancellationToken))
        {
            await transaction.Connection.InsertAsync(new ArtifactBlobRow { Sha256 = row.Sha256, Content = content }, token: cancellationToken);
        }

        return new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));
    }

    public static Task UpdateAsync(Transaction transaction, ArtifactRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    /// <summary>Removes what lies under a hash, unless an artifact that is not erased has the same.</summary>
    public static async Task EraseAsync(Transaction transaction, string sha256, CancellationToken cancellationToken)
    {
        if (!await Rows(transaction).AnyAsync(row => row.Sha256 == sha256 && row.ErasedAt == null, cancellationToken))
        {
            await transaction.Connection.GetTable<ArtifactBlobRow>().DeleteAsync(row => row.Sha256 == sha256, cancellationToken);
        }
    }

    private static IQueryable<ArtifactRow> Rows(DatabaseSession session) => session.Connection.GetTable<ArtifactRow>();
}

/// <summary>What a file holds.</summary>
internal sealed record ArtifactBlobRow
{
    public required string Sha256 { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>A row of the artifacts' table.</summary>
internal sealed record ArtifactRow
{
    public ArtifactId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string Shows { get; init; }

    public string? Source { get; init; }

    /// <summary>One on each line.</summary>
    public required string Controls { get; init; }

    public ComplianceActionId? ActionId { get; init; }

    public DateTimeOffset ObservedAt { get; init; }

    public DateTimeOffset CollectedAt { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public AccountId? RecordedBy { get; init; }

    /// <summary>Whoever recorded it, as the audit log names them: the command line has no account.</summary>
    public required string RecordedByActor { get; init; }

    public DateTimeOffset? KeepUntil { get; init; }

    public string? HoldReason { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    public AccountId? ErasedBy { get; init; }

    public string? ErasedReason { get; init; }

    public Artifact ToArtifact() => new()
    {
        Id = Id,
        Connector = ConnectorId,
        Name = Name,
        MediaType = MediaType,
        Size = Size,
        Sha256 = Sha256,
        Shows = Shows,
        Source = Source,
        Controls = Controls.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Action = ActionId,
        ObservedAt = ObservedAt,
        CollectedAt = CollectedAt,
        RecordedAt = RecordedAt,
        RecordedBy = RecordedBy,
        KeepUntil = KeepUntil,
        HoldReason = HoldReason,
        ErasedAt = ErasedAt,
        ErasedBy = ErasedBy,
        ErasedReason = ErasedReason,
    };
}
