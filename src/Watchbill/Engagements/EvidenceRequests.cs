using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Artifacts;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>
/// The request list of an engagement, and what is said in it. Auditors ask, accept, return and withdraw; whoever manages compliance answers; both comment. What was said is never changed.
/// </summary>
public sealed class EvidenceRequests
{
    /// <summary>The longest file, in characters.</summary>
    public const int MostCharacters = 500_000;

    private readonly Database _database;
    private readonly IOwnerMail _mail;
    private readonly AuditLog _audit;
    private readonly RoomDoor _door;

    internal EvidenceRequests(Database database, IOwnerMail mail, AuditLog audit, RoomDoor door)
    {
        _database = database;
        _mail = mail;
        _audit = audit;
        _door = door;
    }

    /// <summary>One request with what was said about it, oldest first.</summary>
    public async Task<Result<EvidenceRequestDetails>> FindAsync(EngagementId id, int number, Caller caller, CancellationToken cancellationToken)
    {
        var entered = await _door.EnterAsync(id, $"request {number}", caller, cancellationToken);
        return !entered.Succeeded ? entered.Refusal! : await _database.InSnapshotAsync<Result<EvidenceRequestDetails>>(
            async session => await EngagementStore.RequestAsync(session, id, number, cancellationToken) is { } request
                ? new EvidenceRequestDetails(entered.Value, request, [.. (await EngagementStore.NotesAsync(session, id, cancellationToken)).Where(note => note.Request == request.Id)])
                : EngagementRefusals.NoSuchRequest(number),
            cancellationToken);
    }

    /// <summary>Asks for something.</summary>
    public async Task<Result<EvidenceRequest>> AskAsync(EngagementId id, EvidenceRequestDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var entered = await _door.EnterAsync(id, "asking", caller, cancellationToken);
        return (entered.Refusal ?? NotAuditor(entered.Value) ?? draft.Problem(entered.Value)) is { } refusal
            ? refusal
            : (await AskAllAsync(entered.Value, [draft], caller, cancellationToken)).Select(static asked => asked[0]);
    }

    /// <summary>Asks for everything that a file names: title, text, and control and due where wanted.</summary>
    /// <returns>The requests; a refusal that names the lines when any line is wrong, and then nothing was asked.</returns>
    public async Task<Result<IReadOnlyList<EvidenceRequest>>> ImportAsync(EngagementId id, string csv, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var entered = await _door.EnterAsync(id, "asking", caller, cancellationToken);
        if ((entered.Refusal ?? NotAuditor(entered.Value)) is { } refusal)
        {
            return refusal;
        }

        var drafts = EvidenceRequestFile.Read(csv, entered.Value);
        return drafts.Succeeded ? await AskAllAsync(entered.Value, drafts.Value, caller, cancellationToken) : drafts.Refusal!;
    }

    /// <summary>Answers, returns, accepts, withdraws or comments on a request.</summary>
    public async Task<Result<EvidenceRequest>> StepAsync(EngagementId id, int number, EngagementStep step, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var entered = await _door.EnterAsync(id, $"request {number}", caller, cancellationToken);
        if ((entered.Refusal ?? MayNot(step, entered.Value, caller)) is { } refusal)
        {
            return refusal;
        }

        return await InEngagementAsync<EvidenceRequest>(
            id,
            async transaction =>
            {
                if (await EngagementStore.RequestAsync(transaction, id, number, cancellationToken) is not { } before)
                {
                    return EngagementRefusals.NoSuchRequest(number);
                }

                if (Next(before.State, step.Kind) is not { } next)
                {
                    return EngagementRefusals.RequestNot(before.State);
                }

                if (step.Artifact is { } artifact && (await ArtifactStore.FindAsync(transaction, artifact, cancellationToken) is not { } row || !entered.Value.Engagement.Connectors.Contains(row.ConnectorId)))
                {
                    return ComplianceRefusals.NoSuchArtifact(artifact);
                }

                var request = before with { State = next, ChangedAt = _door.Now };
                await EngagementStore.UpdateAsync(transaction, request, cancellationToken);
                await WriteAsync(transaction, (entered.Value, request), step with { Text = step.Text.Trim() }, caller, cancellationToken);
                return request;
            },
            cancellationToken);
    }

    /// <summary>Says something about a control.</summary>
    public async Task<Result<EngagementNote>> CommentAsync(EngagementId id, string control, string text, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var step = new EngagementStep(EngagementNoteKind.Commented, text);
        var entered = await _door.EnterAsync(id, $"control {control}", caller, cancellationToken);
        if ((entered.Refusal ?? MayNot(step, entered.Value, caller) ?? (entered.Value.Control(control) is null ? EngagementRefusals.OutOfScope($"control {control}") : null)) is { } refusal)
        {
            return refusal;
        }

        return await InEngagementAsync<EngagementNote>(
            id,
            async transaction => (await WriteAsync(transaction, (entered.Value, null), step with { Text = text.Trim(), Control = control }, caller, cancellationToken)).ToNote(),
            cancellationToken);
    }

    private Task<Result<IReadOnlyList<EvidenceRequest>>> AskAllAsync(Entered room, IReadOnlyList<EvidenceRequestDraft> drafts, Caller caller, CancellationToken cancellationToken)
    {
        var id = room.Engagement.Id;
        return InEngagementAsync<IReadOnlyList<EvidenceRequest>>(
            id,
            async transaction =>
            {
                var before = (await EngagementStore.RequestsAsync(transaction, id, cancellationToken)).Count;
                if (before + drafts.Count > EvidenceRequestDraft.MostRequests)
                {
                    return EngagementRefusals.ManyRequests(EvidenceRequestDraft.MostRequests);
                }

                List<EvidenceRequest> asked = [];
                foreach (var draft in drafts)
                {
                    var request = new EvidenceRequest
                    {
                        Id = default,
                        Engagement = id,
                        Number = before + asked.Count + 1,
                        Title = draft.Title.Trim(),
                        Text = draft.Text.Trim(),
                        Control = draft.Control,
                        State = EvidenceRequestState.Open,
                        AskedBy = caller.Account,
                        AskedAt = _door.Now,
                        DueAt = Conventions.ToStoredPrecision(draft.DueAt),
                        ChangedAt = _door.Now,
                    };
                    request = request with { Id = await EngagementStore.InsertAsync(transaction, request, cancellationToken) };
                    await WriteAsync(transaction, (room, request), new EngagementStep(EngagementNoteKind.Asked, request.Title), caller, cancellationToken);
                    asked.Add(request);
                }

                return asked;
            },
            cancellationToken);
    }

    private static Refusal? NotAuditor(Entered room) => room.IsAuditor ? null : EngagementRefusals.NotAuditor();

    private static Refusal? MayNot(EngagementStep step, Entered room, Caller caller) =>
        (step.Kind switch
        {
            EngagementNoteKind.Provided => caller.Lacks(Right.ManageCompliance),
            EngagementNoteKind.Commented => room.IsAuditor ? null : caller.Lacks(Right.ManageCompliance),
            _ => NotAuditor(room),
        })
        ?? (string.IsNullOrWhiteSpace(step.Text) || step.Text.Length > EvidenceRequestDraft.LongestText ? EngagementRefusals.BadText(EvidenceRequestDraft.LongestText) : null);

    /// <summary>How a request stands after a step; null when the step is not for such a request.</summary>
    private static EvidenceRequestState? Next(EvidenceRequestState state, EngagementNoteKind step) => (state, step) switch
    {
        (_, EngagementNoteKind.Commented) => state,
        (EvidenceRequestState.Open, EngagementNoteKind.Provided) => EvidenceRequestState.Provided,
        (EvidenceRequestState.Provided or EvidenceRequestState.Accepted, EngagementNoteKind.Returned) => EvidenceRequestState.Open,
        (EvidenceRequestState.Provided, EngagementNoteKind.Accepted) => EvidenceRequestState.Accepted,
        (EvidenceRequestState.Open or EvidenceRequestState.Provided, EngagementNoteKind.Withdrawn) => EvidenceRequestState.Withdrawn,
        _ => null,
    };

    private Task<Result<T>> InEngagementAsync<T>(EngagementId id, Func<Transaction, Task<Result<T>>> write, CancellationToken cancellationToken) => _database.InTransactionAsync<Result<T>>(
        async transaction =>
        {
            await Database.LockAsync(transaction, $"engagement {id}", cancellationToken);
            return await EngagementStore.FindAsync(transaction, id, cancellationToken) is { ClosedAt: null } ? await write(transaction) : EngagementRefusals.Closed();
        },
        cancellationToken);

    private async Task<EngagementNoteRow> WriteAsync(Transaction transaction, (Entered Room, EvidenceRequest? Request) about, EngagementStep step, Caller caller, CancellationToken cancellationToken)
    {
        var (engagement, request) = (about.Room.Engagement, about.Request);
        var note = new EngagementNoteRow
        {
            EngagementId = engagement.Id,
            RequestId = request?.Id,
            ControlId = step.Control ?? request?.Control,
            Kind = step.Kind,
            Text = step.Text,
            ArtifactId = step.Artifact,
            At = _door.Now,
            ActorKind = caller.Actor.Kind.ToString(),
            ActorId = caller.Actor.Id,
            AccountId = caller.Account,
        };
        await EngagementStore.InsertAsync(transaction, note, cancellationToken);
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["text"] = step.Text };
        foreach (var (name, value) in ((string, string?)[])[("request", request is null ? null : $"{request.Number}"), ("control", note.ControlId), ("artifact", step.Artifact?.ToString()), ("state", request is null ? null : Word.Of(request.State))])
        {
            if (value is not null)
            {
                text[name] = value;
            }
        }

        var noted = new AuditEvent
        {
            Actor = caller.Actor,
            Action = $"engagement-{Word.Of(step.Kind)}",
            SubjectKind = "engagement",
            SubjectId = engagement.Id.ToString(),
            After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString),
        };
        await _audit.AppendAsync(transaction, noted, cancellationToken);
        await TellAsync(transaction, engagement, request, step, caller, cancellationToken);
        return note;
    }

    /// <summary>Those who opened the engagement and those who asked hear of what others did.</summary>
    private async Task TellAsync(Transaction transaction, Engagement engagement, EvidenceRequest? request, EngagementStep step, Caller caller, CancellationToken cancellationToken)
    {
        var (subject, path) = request is null
            ? ($"{engagement.Name}: control {step.Control}", $"/engagements/{engagement.Id}")
            : ($"{engagement.Name}: request {request.Number}, {request.Title}", $"/engagements/{engagement.Id}/requests/{request.Number}");
        foreach (var account in new[] { engagement.OpenedBy, request?.AskedBy }.OfType<AccountId>().Distinct().Where(account => account != caller.Account))
        {
            await _mail.AppendAsync(transaction, new OwnerMessage(account, "evidence-request-moved", subject, [$"{Word.Of(step.Kind)}: {step.Text}"], path), cancellationToken);
        }
    }
}

/// <summary>What somebody does or says.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">In their words.</param>
public sealed record EngagementStep(EngagementNoteKind Kind, string Text)
{
    /// <summary>A file that comes with it; null for none.</summary>
    public ArtifactId? Artifact { get; init; }

    /// <summary>The control that it is about where it is about no request.</summary>
    internal string? Control { get; init; }
}

/// <summary>One request and what was said about it.</summary>
/// <param name="Room">The engagement.</param>
/// <param name="Request">The request.</param>
/// <param name="Notes">What was done and said, oldest first.</param>
public sealed record EvidenceRequestDetails(Entered Room, EvidenceRequest Request, IReadOnlyList<EngagementNote> Notes);
