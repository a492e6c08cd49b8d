using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People.Identities;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>What the use cases of requests share: who the people are, who is told, what is written down.</summary>
internal sealed class RequestDesk(IOwnerDirectory accounts, ConnectorOwnerStore owners, IOwnerMail mail, IdentityBook identities, AuditLog audit, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<AccountBook> BookAsync(CancellationToken cancellationToken) =>
        new(await accounts.ListAsync(cancellationToken), await identities.CurrentAsync(cancellationToken));

    public async Task<IReadOnlyList<AccountId>> OwnersAsync(ConnectorId connector, CancellationToken cancellationToken) => [.. (await owners.AllAsync(cancellationToken))[connector]];

    /// <summary>Tells several people the same, each once.</summary>
    public async Task TellAsync(Transaction transaction, IEnumerable<AccountId?> people, OwnerMessage message, CancellationToken cancellationToken)
    {
        foreach (var person in people.OfType<AccountId>().Distinct())
        {
            await mail.AppendAsync(transaction, message with { To = person }, cancellationToken);
        }
    }

    /// <summary>Tells those who look after the source, and the channels: this is loud.</summary>
    public async Task AlarmAsync(Transaction transaction, ConnectorId connector, OwnerMessage message, CancellationToken cancellationToken)
    {
        await TellAsync(transaction, (await owners.ListAsync(transaction, connector, cancellationToken)).Select(static id => (AccountId?)id), message, cancellationToken);
        await AnnounceAsync(transaction, connector, message, cancellationToken);
    }

    /// <summary>Tells the channels.</summary>
    public Task AnnounceAsync(Transaction transaction, ConnectorId connector, OwnerMessage message, CancellationToken cancellationToken) =>
        mail.AnnounceAsync(transaction, PublicNotice.Of(connector, message), cancellationToken);

    public Task NoteAsync(Transaction transaction, AccessRequestRow request, string action, Actor actor, CancellationToken cancellationToken) => audit.AppendAsync(
        transaction,
        new AuditEvent
        {
            Actor = actor,
            Action = $"request-{action}",
            SubjectKind = "access-request",
            SubjectId = request.Id.ToString(),
            After = new JsonObject
            {
                ["connector"] = request.ConnectorId.Value,
                ["member"] = request.Member,
                ["kind"] = Word.Of(request.Kind),
                ["team"] = request.Team,
                ["role"] = request.Role,
                ["state"] = Word.Of(request.State),
                ["minutes"] = request.GrantedMinutes ?? request.Minutes,
                ["policy"] = request.PolicyId.Value,
                ["policyVersion"] = request.PolicyVersion,
            }.ToJsonString(),
            Reason = request.Note ?? request.Reason,
        },
        cancellationToken);

    public Task NoteAsync(Transaction transaction, GrantRow grant, string action, Actor actor, CancellationToken cancellationToken) => audit.AppendAsync(
        transaction,
        new AuditEvent
        {
            Actor = actor,
            Action = $"grant-{action}",
            SubjectKind = "temporary-grant",
            SubjectId = grant.Id.ToString(),
            After = new JsonObject
            {
                ["connector"] = grant.ConnectorId.Value,
                ["request"] = grant.RequestId.Value,
                ["member"] = grant.Member,
                ["kind"] = Word.Of(grant.Kind),
                ["team"] = grant.Team,
                ["role"] = grant.Role,
                ["state"] = Word.Of(grant.State),
                ["provisioning"] = Word.Of(grant.Provisioning),
                ["before"] = grant.BeforeKnown ? grant.BeforeRole ?? "none" : null,
                ["task"] = grant.TaskId?.Value,
            }.ToJsonString(),
            Reason = grant.EndedWhy ?? grant.Note,
        },
        cancellationToken);

    public Task NoteAsync(Transaction transaction, AuditEvent happened, CancellationToken cancellationToken) => audit.AppendAsync(transaction, happened, cancellationToken);
}
