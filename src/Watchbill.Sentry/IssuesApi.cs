using System.Text.Json.Serialization;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>An issue: events that Sentry holds to be the same. Titles and culprits are left out, because they can hold anything that a program sent.</summary>
public sealed record SentryIssue : IKeyed
{
    public required string Id { get; init; }

    /// <summary>As people name it, for example <c>CHECKOUT-1A</c>.</summary>
    public string? ShortId { get; init; }

    public SentryProjectReference? Project { get; init; }

    public string? Level { get; init; }

    /// <summary>resolved, unresolved, ignored, pending_deletion, pending_merge or reprocessing.</summary>
    public string? Status { get; init; }

    /// <summary>For example new, ongoing, escalating or regressed; null where the status has none.</summary>
    public string? Substatus { get; init; }

    public string? Priority { get; init; }

    public string? IssueType { get; init; }

    public string? IssueCategory { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>How many events; Sentry sends it as text.</summary>
    public long? Count { get; init; }

    public long? UserCount { get; init; }

    /// <summary>Who looks after it; null when nobody does.</summary>
    public SentryOwner? AssignedTo { get; init; }

    /// <summary>Whether everybody who has the link can read it.</summary>
    public bool? IsPublic { get; init; }

    public bool? IsUnhandled { get; init; }

    public int? NumComments { get; init; }

    /// <summary>How many tickets of integrations are linked to it; null when the server did not say.</summary>
    [JsonPropertyName("integrationIssues"), JsonConverter(typeof(LengthConverter))]
    public int? IntegrationTickets { get; init; }

    /// <summary>How many tickets of apps are linked to it; null when the server did not say.</summary>
    [JsonPropertyName("sentryAppIssues"), JsonConverter(typeof(LengthConverter))]
    public int? AppTickets { get; init; }

    /// <summary>How many links Sentry shows beside it: those to tickets, and what older plug-ins put there; null when the server did not say.</summary>
    [JsonPropertyName("annotations"), JsonConverter(typeof(LengthConverter))]
    public int? Annotations { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A project as named inside another answer.</summary>
public sealed record SentryProjectReference
{
    public required string Id { get; init; }

    public string? Slug { get; init; }
}

/// <summary>A person or a team that owns something. Names and addresses are left out.</summary>
public sealed record SentryOwner
{
    /// <summary>user or team.</summary>
    public string? Type { get; init; }

    public required string Id { get; init; }
}

/// <summary>What happened to an issue. What people wrote is left out.</summary>
public sealed record SentryIssueActivity : IKeyed
{
    public required string Id { get; init; }

    /// <summary>For example set_resolved, assigned, note or first_seen.</summary>
    public string? Type { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Who did it; null when Sentry did.</summary>
    public SentryActorReference? User { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>An account as named inside another answer. Name and address are left out.</summary>
public sealed record SentryActorReference
{
    public string? Id { get; init; }
}

/// <summary>An issue with what happened to it.</summary>
public sealed record SentryIssueDetail
{
    public required string Id { get; init; }

    public string? ShortId { get; init; }

    /// <summary>Newest first; Sentry keeps the last hundred. Null when the server did not say.</summary>
    public IReadOnlyList<SentryIssueActivity>? Activity { get; init; }
}

/// <summary>An event of an issue. Everything that a program sent is left out.</summary>
public sealed record SentryIssueEvent : IKeyed
{
    public required string Id { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public string? ProjectId { get; init; }

    public string? Platform { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Which issues to list.</summary>
public sealed record SentryIssueFilter
{
    /// <summary>Sentry's search, for example <c>is:unresolved</c>; empty for issues of every state.</summary>
    public string Query { get; init; } = "";

    /// <summary>Only issues with events from here on; needs <see cref="End"/>. Null for the time that Sentry chooses, at most 90 days.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Only issues with events before here.</summary>
    public DateTimeOffset? End { get; init; }
}

/// <summary>Reads issues. Scope: <c>event:read</c>.</summary>
public sealed class IssuesApi
{
    private readonly RequestSender _sender;

    internal IssuesApi(RequestSender sender) => _sender = sender;

    /// <summary>
    /// <c>GET organizations/{org}/issues/</c> of all projects, those first that were seen first last. A page may hold fewer rows than asked for although more follow.
    /// </summary>
    /// <exception cref="ArgumentException">Only one of start and end is set.</exception>
    public SentryListing<SentryIssue> List(string org, SentryIssueFilter? filter = null)
    {
        filter ??= new SentryIssueFilter();
        var request = SentryRequest.ToCell(org, "issues/")
            .With("query", filter.Query).With("project", "-1").With("sort", "new").With("limit", "100").With("collapse", "stats")
            .With("expand", "integrationIssues").With("expand", "sentryAppIssues")
            .Between(filter.Start, filter.End);
        return _sender.List(request, SentryJson.Default.ListSentryIssue);
    }

    /// <summary><c>GET organizations/{org}/issues/{issue}/</c>, by id or short id.</summary>
    public Task<SentryIssueDetail> GetAsync(string org, string issue, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(SentryRequest.ToCell(org, $"issues/{SentryRequest.Segment(issue)}/"), SentryJson.Default.SentryIssueDetail, cancellationToken);

    /// <summary><c>GET organizations/{org}/issues/{issue}/events/</c> without bodies, newest first.</summary>
    public SentryListing<SentryIssueEvent> ListEvents(string org, string issueId) =>
        _sender.List(SentryRequest.ToCell(org, $"issues/{SentryRequest.Segment(issueId)}/events/").Paged(), SentryJson.Default.ListSentryIssueEvent);
}
