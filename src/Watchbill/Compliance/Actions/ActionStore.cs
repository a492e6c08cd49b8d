using LinqToDB;
using LinqToDB.Async;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Actions;

/// <summary>The SQL of actions.</summary>
internal static class ActionStore
{
    /// <summary>The actions of a connector's checks, by check.</summary>
    public static async Task<Dictionary<string, ActionRow>> OfChecksAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        (await Rows(session).Where(row => row.ConnectorId == connector && row.CheckId != null).ToListAsync(cancellationToken)).ToDictionary(static row => row.CheckId!, StringComparer.Ordinal);

    /// <summary>The action of one check; null when it never failed.</summary>
    public static Task<ActionRow?> OfCheckAsync(DatabaseSession session, ConnectorId connector, string check, CancellationToken cancellationToken) =>
        Rows(session).FirstOrDefaultAsync(row => row.ConnectorId == connector && row.CheckId == check, cancellationToken);

    public static Task<ActionRow?> FindAsync(DatabaseSession session, ComplianceActionId id, CancellationToken cancellationToken) => Rows(session).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A page of those that fit, and how many fit: what is open and due first comes first.</summary>
    public static async Task<(List<ActionRow> Rows, long Count)> ListAsync(DatabaseSession session, ActionSearch search, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = Rows(session);
        rows = search.Connector is { } connector ? rows.Where(row => row.ConnectorId == connector) : rows;
        rows = search.CheckId is { } check ? rows.Where(row => row.CheckId == check) : rows;
        rows = search.State is { } state ? rows.Where(row => row.State == state) : search.All ? rows : rows.Where(row => row.State != ActionState.Closed);
        rows = search.Severity is { } severity ? rows.Where(row => row.Severity == severity) : rows;
        rows = search.Owner is { } owner ? rows.Where(row => row.Owner == owner) : search.IsUnowned ? rows.Where(row => row.Owner == null) : rows;
        rows = search.IsOverdue ? rows.Where(row => row.State != ActionState.Closed && row.DueAt <= now) : rows;
        if (search.Text?.Trim() is { Length: > 0 } text)
        {
            rows = rows.Where(row => Sql.Like(Sql.Lower(row.Title), TextPattern.Containing(text), TextPattern.Escape) || row.CheckId == text);
        }

        return (await InOrder(rows).Skip(search.Skip).Take(search.Take).ToListAsync(cancellationToken), await rows.LongCountAsync(cancellationToken));
    }

    /// <summary>How the actions of a connector stand.</summary>
    public static async Task<ActionFigures> FiguresAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = Rows(session).Where(row => row.ConnectorId == connector && row.State != ActionState.Closed);
        return new ActionFigures(
            await open.LongCountAsync(cancellationToken), await open.LongCountAsync(row => row.DueAt <= now, cancellationToken), await open.LongCountAsync(row => row.Owner == null, cancellationToken));
    }

    /// <summary>Those that are not done and due before an instant.</summary>
    public static Task<List<ActionRow>> DueAsync(DatabaseSession session, DateTimeOffset before, CancellationToken cancellationToken) =>
        Rows(session).Where(row => row.State != ActionState.Closed && row.DueAt <= before).OrderBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Those that are not done and whose connector was removed.</summary>
    public static Task<List<ActionRow>> GoneAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var connectors = session.Connection.GetTable<ConnectorRow>();
        return Rows(session).Where(row => row.State != ActionState.Closed && !connectors.Any(connector => connector.Id == row.ConnectorId)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    public static Task<List<ActionNoteRow>> NotesAsync(DatabaseSession session, ComplianceActionId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ActionNoteRow>().Where(row => row.ActionId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static async Task<ComplianceActionId> InsertAsync(Transaction transaction, ActionRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, ActionRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static Task NoteAsync(Transaction transaction, ActionNoteRow row, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(row, token: cancellationToken);

    private static IQueryable<ActionRow> InOrder(IQueryable<ActionRow> rows) =>
        rows.OrderBy(row => row.State == ActionState.Closed ? 1 : 0).ThenBy(row => row.DueAt).ThenBy(row => row.Id);

    private static IQueryable<ActionRow> Rows(DatabaseSession session) => session.Connection.GetTable<ActionRow>();
}

/// <summary>A row of the actions' table.</summary>
internal sealed record ActionRow
{
    public ComplianceActionId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public string? CheckId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public Severity Severity { get; init; }

    public ActionState State { get; init; }

    public AccountId? Owner { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Closing { get; init; }

    public long Reopened { get; init; }

    public long Failing { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public ComplianceAction ToAction() => new()
    {
        Id = Id,
        Connector = ConnectorId,
        CheckId = CheckId,
        Title = Title,
        Description = Description,
        Severity = Severity,
        State = State,
        Owner = Owner,
        OpenedAt = OpenedAt,
        DueAt = DueAt,
        ClosedAt = ClosedAt,
        Closing = Closing,
        Reopened = (int)Reopened,
        Failing = Failing,
    };
}

/// <summary>A row of the record of actions.</summary>
internal sealed record ActionNoteRow
{
    public long Id { get; init; }

    public ComplianceActionId ActionId { get; init; }

    public DateTimeOffset At { get; init; }

    public ActionNoteKind Kind { get; init; }

    public string? Text { get; init; }

    public string? Link { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public AccountId? AccountId { get; init; }

    public ActionNote ToNote() => new() { At = At, Kind = Kind, Text = Text, Link = Link, ActorKind = Enum.Parse<ActorKind>(ActorKind), By = AccountId };
}
