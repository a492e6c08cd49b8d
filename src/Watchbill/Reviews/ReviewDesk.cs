using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People.Identities;
using Watchbill.Reviews.Absences;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>What the use cases of reviews share: who may review, who is told, what is written down.</summary>
internal sealed class ReviewDesk(Database database, IOwnerDirectory accounts, IOwnerMail mail, IdentityBook identities, AuditLog audit, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<ReviewerPool> PoolAsync(CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        var away = (await AbsenceStore.ListAsync(session, Now, cancellationToken)).Where(absence => absence.Covers(Now));
        return new(new AccountBook(await accounts.ListAsync(cancellationToken), await identities.CurrentAsync(cancellationToken)), away);
    }

    /// <summary>Tells somebody, in the transaction of what they are told about.</summary>
    public Task TellAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken) => mail.AppendAsync(transaction, message, cancellationToken);

    /// <summary>Tells the channels, in the same way.</summary>
    public Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken) => mail.AnnounceAsync(transaction, notice, cancellationToken);

    /// <summary>Tells somebody and the channels the same.</summary>
    public async Task TellAndAnnounceAsync(Transaction transaction, ConnectorId connector, OwnerMessage message, CancellationToken cancellationToken)
    {
        await TellAsync(transaction, message, cancellationToken);
        await AnnounceAsync(transaction, PublicNotice.Of(connector, message), cancellationToken);
    }

    /// <summary>Writes down what was done with a campaign: in its own record and in the audit log.</summary>
    public async Task NoteAsync(Transaction transaction, ReviewNote note, Actor actor, CancellationToken cancellationToken)
    {
        await ReviewStore.NoteAsync(transaction, RowOf(note, actor), cancellationToken);
        await audit.AppendAsync(
            transaction,
            new AuditEvent { Actor = actor, Action = $"review-{note.Action}", SubjectKind = "campaign", SubjectId = note.Campaign.ToString(), After = note.Details, Reason = note.Reason },
            cancellationToken);
    }

    /// <summary>Writes down what was done with items: in the campaign's record, one line for each.</summary>
    public Task NoteItemsAsync(Transaction transaction, IEnumerable<ReviewNote> notes, Actor actor, CancellationToken cancellationToken) =>
        ReviewStore.NoteAllAsync(transaction, [.. notes.Select(note => RowOf(note, actor))], cancellationToken);

    private ReviewActionRow RowOf(ReviewNote note, Actor actor) => new()
    {
        CampaignId = note.Campaign,
        ItemId = note.Item,
        At = Now,
        ActorKind = actor.Kind.ToString(),
        ActorId = actor.Id,
        ActorFrom = actor.From,
        Action = note.Action,
        Details = note.Details,
        Reason = note.Reason,
    };
}

/// <summary>Something that was done in a campaign.</summary>
/// <param name="Campaign">In which.</param>
/// <param name="Action">What: kebab-case, past tense.</param>
internal sealed record ReviewNote(CampaignId Campaign, string Action)
{
    public ReviewItemId? Item { get; init; }

    public string? Details { get; init; }

    public string? Reason { get; init; }
}
