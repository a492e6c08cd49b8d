using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>The SQL of engagements.</summary>
internal static class EngagementStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(EvidenceRequestState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(EngagementNoteKind), typeof(string));
        builder.Entity<EngagementRow>().HasTableName("engagement").HasIdentityKey(row => row.Id);
        builder.Entity<EvidenceRequestRow>().HasTableName("evidence_request").HasIdentityKey(row => row.Id);
        builder.Entity<EngagementNoteRow>().HasTableName("engagement_note").HasIdentityKey(row => row.Id);
    });

    /// <summary>All engagements, newest first.</summary>
    public static async Task<IReadOnlyList<Engagement>> ListAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        [.. (await session.Connection.GetTable<EngagementRow>().OrderByDescending(row => row.Id).ToListAsync(cancellationToken)).Select(static row => row.ToEngagement())];

    public static async Task<Engagement?> FindAsync(DatabaseSession session, EngagementId id, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<EngagementRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken))?.ToEngagement();

    public static async Task<EngagementId> InsertAsync(Transaction transaction, Engagement engagement, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(EngagementRow.Of(engagement), token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, Engagement engagement, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(EngagementRow.Of(engagement), token: cancellationToken);

    /// <summary>What was asked for in an engagement, by number.</summary>
    public static async Task<IReadOnlyList<EvidenceRequest>> RequestsAsync(DatabaseSession session, EngagementId engagement, CancellationToken cancellationToken) =>
        [.. (await session.Connection.GetTable<EvidenceRequestRow>().Where(row => row.EngagementId == engagement).OrderBy(row => row.Number).ToListAsync(cancellationToken)).Select(static row => row.ToRequest())];

    public static async Task<EvidenceRequest?> RequestAsync(DatabaseSession session, EngagementId engagement, int number, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<EvidenceRequestRow>().FirstOrDefaultAsync(row => row.EngagementId == engagement && row.Number == number, cancellationToken))?.ToRequest();

    public static async Task<EvidenceRequestId> InsertAsync(Transaction transaction, EvidenceRequest request, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(EvidenceRequestRow.Of(request), token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, EvidenceRequest request, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(EvidenceRequestRow.Of(request), token: cancellationToken);

    /// <summary>What was done and said in an engagement, oldest first.</summary>
    public static async Task<IReadOnlyList<EngagementNote>> NotesAsync(DatabaseSession session, EngagementId engagement, CancellationToken cancellationToken) =>
        [.. (await session.Connection.GetTable<EngagementNoteRow>().Where(row => row.EngagementId == engagement).OrderBy(row => row.Id).ToListAsync(cancellationToken)).Select(static row => row.ToNote())];

    public static Task InsertAsync(Transaction transaction, EngagementNoteRow note, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(note, token: cancellationToken);
}

/// <summary>A row of the engagements' table; lists are a value on each line.</summary>
internal sealed record EngagementRow
{
    public EngagementId Id { get; init; }

    public required string Name { get; init; }

    public string? Firm { get; init; }

    public required string Framework { get; init; }

    public required string Controls { get; init; }

    public DateTimeOffset PeriodFrom { get; init; }

    public DateTimeOffset PeriodTo { get; init; }

    public required string Connectors { get; init; }

    public required string Auditors { get; init; }

    public DateTimeOffset AccessEndsAt { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public AccountId? OpenedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Closing { get; init; }

    public static EngagementRow Of(Engagement engagement) => new()
    {
        Id = engagement.Id,
        Name = engagement.Name,
        Firm = engagement.Firm,
        Framework = engagement.Framework,
        Controls = string.Join('\n', engagement.Controls),
        PeriodFrom = engagement.From,
        PeriodTo = engagement.To,
        Connectors = string.Join('\n', engagement.Connectors),
        Auditors = string.Join('\n', engagement.Auditors),
        AccessEndsAt = engagement.AccessEndsAt,
        OpenedAt = engagement.OpenedAt,
        OpenedBy = engagement.OpenedBy,
        ClosedAt = engagement.ClosedAt,
        Closing = engagement.Closing,
    };

    public Engagement ToEngagement() => new()
    {
        Id = Id,
        Name = Name,
        Firm = Firm,
        Framework = Framework,
        Controls = Lines(Controls),
        From = PeriodFrom,
        To = PeriodTo,
        Connectors = [.. Lines(Connectors).Select(static line => new ConnectorId(long.Parse(line)))],
        Auditors = [.. Lines(Auditors).Select(static line => new AccountId(long.Parse(line)))],
        AccessEndsAt = AccessEndsAt,
        OpenedAt = OpenedAt,
        OpenedBy = OpenedBy,
        ClosedAt = ClosedAt,
        Closing = Closing,
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A row of what auditors asked for.</summary>
internal sealed record EvidenceRequestRow
{
    public EvidenceRequestId Id { get; init; }

    public EngagementId EngagementId { get; init; }

    public long Number { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public string? ControlId { get; init; }

    public EvidenceRequestState State { get; init; }

    public AccountId? AskedBy { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public static EvidenceRequestRow Of(EvidenceRequest request) => new()
    {
        Id = request.Id,
        EngagementId = request.Engagement,
        Number = request.Number,
        Title = request.Title,
        Text = request.Text,
        ControlId = request.Control,
        State = request.State,
        AskedBy = request.AskedBy,
        AskedAt = request.AskedAt,
        DueAt = request.DueAt,
        ChangedAt = request.ChangedAt,
    };

    public EvidenceRequest ToRequest() => new()
    {
        Id = Id,
        Engagement = EngagementId,
        Number = (int)Number,
        Title = Title,
        Text = Text,
        Control = ControlId,
        State = State,
        AskedBy = AskedBy,
        AskedAt = AskedAt,
        DueAt = DueAt,
        ChangedAt = ChangedAt,
    };
}

/// <summary>A row of what was done and said.</summary>
internal sealed record EngagementNoteRow
{
    public long Id { get; init; }

    public EngagementId EngagementId { get; init; }

    public EvidenceRequestId? RequestId { get; init; }

    public string? ControlId { get; init; }

    public EngagementNoteKind Kind { get; init; }

    public required string Text { get; init; }

    public ArtifactId? ArtifactId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public AccountId? AccountId { get; init; }

    public EngagementNote ToNote() => new(Kind, Text, At) { Request = RequestId, Control = ControlId, Artifact = ArtifactId, By = AccountId };
}
