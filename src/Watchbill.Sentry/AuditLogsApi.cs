using System.Text.Json;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>One line of Sentry's audit log.</summary>
public sealed record SentryAuditEntry : IKeyed
{
    public required string Id { get; init; }

    /// <summary>Who did it; its id is null for keys, deleted accounts and SCIM.</summary>
    public SentryAuditPerson? Actor { get; init; }

    /// <summary>The name of the event, for example <c>member.join-team</c>. Private events exist.</summary>
    public string? Event { get; init; }

    public string? Note { get; init; }

    public string? IpAddress { get; init; }

    /// <summary>The id of what was touched: a member, a team, a project, for joining and leaving a team the id of the membership row.</summary>
    public string? TargetObject { get; init; }

    public SentryAuditPerson? TargetUser { get; init; }

    /// <summary>What the event adds, different for each event; null when nothing.</summary>
    public JsonElement? Data { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>An account as the audit log names it; Sentry sends the whole account, only a name, or only the id.</summary>
public sealed record SentryAuditPerson
{
    /// <summary>The user id, not the member id.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }
}

/// <summary>Which lines of the audit log to read; all when nothing is set.</summary>
public sealed record SentryAuditFilter
{
    /// <summary>An event name; an unknown one gives an empty list, not an error.</summary>
    public string? Event { get; init; }

    /// <summary>The user id of the actor.</summary>
    public string? ActorUserId { get; init; }

    /// <summary>The earliest time; needs <see cref="End"/>.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The latest time; needs <see cref="Start"/>.</summary>
    public DateTimeOffset? End { get; init; }
}

internal sealed record SentryAuditPage
{
    public required List<SentryAuditEntry> Rows { get; init; }

    public IReadOnlyList<string>? Options { get; init; }
}

/// <summary>
/// Reads the audit log. Scope: <c>org:write</c>, and for people the role manager or owner, even though nothing is written. The endpoint is not in
/// Sentry's published description.
/// </summary>
public sealed class AuditLogsApi
{
    private readonly RequestSender _sender;

    internal AuditLogsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/audit-logs/</c>, newest first.</summary>
    /// <exception cref="ArgumentException">Only one of start and end is set.</exception>
    public SentryListing<SentryAuditEntry> List(string org, SentryAuditFilter? filter = null)
    {
        var request = Request(org)
            .With("event", filter?.Event)
            .With("actor", filter?.ActorUserId)
            .Between(filter?.Start, filter?.End);
        return _sender.List(request.Paged(), SentryJson.Default.SentryAuditPage, page => page.Rows);
    }

    /// <summary>Reads one line to see whether the log can be read at all; gives the event names this server knows.</summary>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.MissingScope"/> or <see cref="SentryFailureKind.Forbidden"/> when it cannot.</exception>
    public async Task<IReadOnlyList<string>> ProbeAsync(string org, CancellationToken cancellationToken = default)
    {
        var page = await _sender.GetAsync(Request(org).With("per_page", "1"), SentryJson.Default.SentryAuditPage, cancellationToken);
        return page.Options ?? [];
    }

    private static SentryRequest Request(string org) => SentryRequest.ToControl(org, "audit-logs/");
}
