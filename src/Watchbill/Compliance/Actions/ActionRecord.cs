using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Actions;

/// <summary>Something that is done about an action.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">What is said about it; null for nothing.</param>
internal sealed record ActionStep(ActionNoteKind Kind, string? Text)
{
    public string? Link { get; init; }
}

/// <summary>Writes down what is done about actions: in their own record and in the audit log, in one transaction with it.</summary>
internal sealed class ActionRecord(AuditLog audit, TimeProvider clock)
{
    public DateTimeOffset Now => Conventions.ToStoredPrecision(clock.GetUtcNow());

    public async Task WriteAsync(Transaction transaction, ActionRow action, ActionStep step, Caller caller, CancellationToken cancellationToken)
    {
        var actor = caller.Actor;
        var note = new ActionNoteRow
        {
            ActionId = action.Id,
            At = Now,
            Kind = step.Kind,
            Text = step.Text,
            Link = step.Link,
            ActorKind = actor.Kind.ToString(),
            ActorId = actor.Id,
            AccountId = caller.Account,
        };
        await ActionStore.NoteAsync(transaction, note, cancellationToken);
        await audit.AppendAsync(transaction, EventOf(action, step, actor), cancellationToken);
    }

    private static AuditEvent EventOf(ActionRow action, ActionStep step, Actor actor)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["connector"] = $"{action.ConnectorId}",
            ["title"] = action.Title,
            ["state"] = Word.Of(action.State),
            ["due"] = $"{action.DueAt.UtcDateTime:O}",
        };
        Add("check", action.CheckId);
        Add("owner", action.Owner?.ToString());
        Add("link", step.Link);
        return new AuditEvent
        {
            Actor = actor,
            Action = $"action-{Word.Of(step.Kind)}",
            SubjectKind = "action",
            SubjectId = $"{action.Id}",
            After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString),
            Reason = step.Text,
        };

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text[name] = value;
            }
        }
    }
}
