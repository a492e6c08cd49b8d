using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>Opens engagements, says who their auditors are and until when, and closes them. Whoever manages compliance may; auditors list those that name them.</summary>
public sealed class ManageEngagements
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly IOwnerDirectory _people;
    private readonly IOwnerMail _mail;
    private readonly AuditLog _audit;
    private readonly RoomDoor _door;

    internal ManageEngagements(Database database, ConnectorStore connectors, IOwnerDirectory people, IOwnerMail mail, AuditLog audit, RoomDoor door)
    {
        _database = database;
        _connectors = connectors;
        _people = people;
        _mail = mail;
        _audit = audit;
        _door = door;
    }

    /// <summary>The engagements that somebody may enter, newest first.</summary>
    public async Task<Result<IReadOnlyList<Engagement>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.EnterEngagements) is { } refusal)
        {
            return refusal;
        }

        var all = await _database.InSnapshotAsync(session => EngagementStore.ListAsync(session, cancellationToken), cancellationToken);
        return Result.Of<IReadOnlyList<Engagement>>([.. all.Where(engagement => _door.IsOpenTo(engagement, caller))]);
    }

    /// <summary>All open accounts, by name: who did and said something.</summary>
    public Task<IReadOnlyList<OwnerAccount>> PeopleAsync(CancellationToken cancellationToken) => _people.ListAsync(cancellationToken);

    /// <summary>Those who can be named as auditors, by name.</summary>
    public async Task<IReadOnlyList<OwnerAccount>> AuditorsAsync(CancellationToken cancellationToken) => [.. (await _people.ListAsync(cancellationToken)).Where(static person => person.MayEnterEngagements)];

    /// <summary>Opens one. Its auditors are told.</summary>
    public async Task<Result<Engagement>> OpenAsync(EngagementDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? await ProblemAsync(draft, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        var engagement = new Engagement
        {
            Id = default,
            Name = draft.Name.Trim(),
            Firm = string.IsNullOrWhiteSpace(draft.Firm) ? null : draft.Firm.Trim(),
            Framework = draft.Framework,
            Controls = [.. draft.Controls.Distinct()],
            From = Conventions.ToStoredPrecision(draft.From),
            To = Conventions.ToStoredPrecision(draft.To),
            Connectors = [.. draft.Connectors.Distinct()],
            Auditors = [.. draft.Auditors.Distinct()],
            AccessEndsAt = Conventions.ToStoredPrecision(draft.AccessEndsAt),
            OpenedAt = _door.Now,
            OpenedBy = caller.Account,
        };
        return await _database.InTransactionAsync(
            async transaction =>
            {
                var opened = engagement with { Id = await EngagementStore.InsertAsync(transaction, engagement, cancellationToken) };
                await NoteAsync(transaction, "engagement-opened", opened, null, caller, cancellationToken);
                await TellAsync(transaction, opened, opened.Auditors, cancellationToken);
                return opened;
            },
            cancellationToken);
    }

    /// <summary>Says who the auditors are, and until when. Those who were not auditors before are told.</summary>
    public async Task<Result<Engagement>> ChangeAsync(EngagementId id, EngagementAccess access, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(caller);
        var auditors = await AuditorsAsync(cancellationToken);
        return await ChangeAsync(
            id, ("engagement-changed", reason), caller, () => BadAuditors(access.Auditors, auditors) ?? BadEnd(access.EndsAt),
            before => before with { Auditors = [.. access.Auditors.Distinct()], AccessEndsAt = Conventions.ToStoredPrecision(access.EndsAt) },
            cancellationToken);
    }

    /// <summary>Closes one for good: its auditors see nothing of it any more, and nothing is changed in it.</summary>
    public Task<Result<Engagement>> CloseAsync(EngagementId id, string reason, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        id, ("engagement-closed", reason), caller, static () => null, before => before with { ClosedAt = _door.Now, Closing = reason.Trim() }, cancellationToken);

    private async Task<Refusal?> ProblemAsync(EngagementDraft draft, CancellationToken cancellationToken)
    {
        if (!OneLine.Fits(draft.Name, EngagementDraft.LongestName) || (draft.Firm is { Length: > 0 } firm && !OneLine.Fits(firm, EngagementDraft.LongestName)))
        {
            return EngagementRefusals.BadName(EngagementDraft.LongestName);
        }

        if (draft.From >= draft.To || draft.From >= _door.Now || draft.To - draft.From > TimeSpan.FromDays(PackRequest.MostDays))
        {
            return EngagementRefusals.BadPeriod(PackRequest.MostDays);
        }

        if (await _database.InSnapshotAsync(session => FrameworkStore.FindAsync(session, draft.Framework, cancellationToken), cancellationToken) is not { } framework)
        {
            return ComplianceRefusals.NoSuchFramework(draft.Framework);
        }

        if (draft.Controls.FirstOrDefault(id => framework.Controls.All(control => control.Id != id)) is { } unknown)
        {
            return ComplianceRefusals.NoSuchControl(framework.Id, unknown);
        }

        var known = (await _connectors.ListAsync(cancellationToken)).Select(static row => row.Id).ToHashSet();
        return draft.Connectors.Count is 0 or > EngagementDraft.MostConnectors || !draft.Connectors.All(known.Contains)
            ? EngagementRefusals.BadSources(EngagementDraft.MostConnectors)
            : BadAuditors(draft.Auditors, await AuditorsAsync(cancellationToken)) ?? BadEnd(draft.AccessEndsAt);
    }

    private static Refusal? BadAuditors(IReadOnlyList<AccountId> named, IReadOnlyList<OwnerAccount> known) =>
        named.Count is 0 or > EngagementDraft.MostAuditors || !named.All(id => known.Any(person => person.Id == id)) ? EngagementRefusals.BadAuditors(EngagementDraft.MostAuditors) : null;

    private Refusal? BadEnd(DateTimeOffset end) => end <= _door.Now || end > _door.Now.AddDays(EngagementDraft.MostDays) ? EngagementRefusals.BadEnd(EngagementDraft.MostDays) : null;

    private async Task<Result<Engagement>> ChangeAsync(
        EngagementId id, (string Action, string Reason) step, Caller caller, Func<Refusal?> mayNot, Func<Engagement, Engagement> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? SyncRefusals.BadReason(step.Reason) ?? mayNot()) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<Engagement>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"engagement {id}", cancellationToken);
                if (await EngagementStore.FindAsync(transaction, id, cancellationToken) is not { } before)
                {
                    return EngagementRefusals.NoSuchEngagement(id);
                }

                if (before.ClosedAt is not null)
                {
                    return EngagementRefusals.Closed();
                }

                var after = change(before);
                await EngagementStore.UpdateAsync(transaction, after, cancellationToken);
                await NoteAsync(transaction, step.Action, after, step.Reason, caller, cancellationToken);
                await TellAsync(transaction, after, after.Auditors.Except(before.Auditors), cancellationToken);
                return after;
            },
            cancellationToken);
    }

    private async Task TellAsync(Transaction transaction, Engagement engagement, IEnumerable<AccountId> auditors, CancellationToken cancellationToken)
    {
        foreach (var auditor in auditors)
        {
            await _mail.AppendAsync(
                transaction,
                new OwnerMessage(
                    auditor, "engagement-opened", $"You audit: {engagement.Name}",
                    [$"It is about {engagement.From:yyyy-MM-dd} to {engagement.To:yyyy-MM-dd}. You can enter it until {engagement.AccessEndsAt:yyyy-MM-dd}; what you look at is noted in the audit log."],
                    $"/engagements/{engagement.Id}"),
                cancellationToken);
        }
    }

    private Task NoteAsync(Transaction transaction, string action, Engagement engagement, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["name"] = engagement.Name,
            ["framework"] = engagement.Framework,
            ["controls"] = string.Join(' ', engagement.Controls),
            ["from"] = $"{engagement.From.UtcDateTime:O}",
            ["to"] = $"{engagement.To.UtcDateTime:O}",
            ["connectors"] = string.Join(' ', engagement.Connectors),
            ["auditors"] = string.Join(' ', engagement.Auditors),
            ["accessEndsAt"] = $"{engagement.AccessEndsAt.UtcDateTime:O}",
        };
        var noted = new AuditEvent { Actor = caller.Actor, Action = action, SubjectKind = "engagement", SubjectId = engagement.Id.ToString(), After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString), Reason = reason?.Trim() };
        return _audit.AppendAsync(transaction, noted, cancellationToken);
    }
}

/// <summary>Who may enter an engagement, and until when.</summary>
/// <param name="Auditors">The accounts of the auditors.</param>
/// <param name="EndsAt">From then on they see nothing of it.</param>
public sealed record EngagementAccess(IReadOnlyList<AccountId> Auditors, DateTimeOffset EndsAt);
