using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>What looks for something to be alerted of, in one project.</summary>
public sealed record SentryDetector : IKeyed
{
    public required string Id { get; init; }

    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    /// <summary>For example error, metric_issue, monitor_check_in_failure or uptime_domain_failure.</summary>
    public string? Type { get; init; }

    /// <summary>The workflows that it sets off; none means that nobody is told.</summary>
    public IReadOnlyList<string>? WorkflowIds { get; init; }

    /// <summary>Null when nobody owns it.</summary>
    public SentryOwner? Owner { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateUpdated { get; init; }

    public bool? Enabled { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>What is done when a detector finds something.</summary>
public sealed record SentryWorkflow : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? DetectorIds { get; init; }

    public IReadOnlyList<SentryActionGroup>? ActionFilters { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateUpdated { get; init; }

    /// <summary>Null when it never did anything.</summary>
    public DateTimeOffset? LastTriggered { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>For example <c>team:42</c>; null when nobody owns it.</summary>
    public string? Owner { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Actions that are taken together.</summary>
public sealed record SentryActionGroup
{
    public IReadOnlyList<SentryAction>? Actions { get; init; }
}

/// <summary>One action of a workflow.</summary>
public sealed record SentryAction
{
    public required string Id { get; init; }

    /// <summary>For example email, slack or pagerduty.</summary>
    public string? Type { get; init; }

    /// <summary>The integration it goes through; null when it needs none.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>active or disabled.</summary>
    public string? Status { get; init; }

    public SentryActionTarget? Config { get; init; }
}

/// <summary>Whom an action tells. What Sentry shows people of it is left out.</summary>
public sealed record SentryActionTarget
{
    /// <summary>user, team, issue_owners or specific.</summary>
    public string? TargetType { get; init; }

    /// <summary>The id of the user or team; a channel or an address when it is specific. Null when there is none.</summary>
    public string? TargetIdentifier { get; init; }
}

/// <summary>Reads what alerts of what. Scope: <c>org:read</c> or <c>alerts:read</c>. Older servers do not know these addresses.</summary>
public sealed class AlertsApi
{
    private readonly RequestSender _sender;

    internal AlertsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/detectors/</c> of all projects.</summary>
    public SentryListing<SentryDetector> ListDetectors(string org) =>
        _sender.List(SentryRequest.ToCell(org, "detectors/").With("project", "-1").Paged(), SentryJson.Default.ListSentryDetector);

    /// <summary><c>GET organizations/{org}/workflows/</c> of all projects.</summary>
    public SentryListing<SentryWorkflow> ListWorkflows(string org) =>
        _sender.List(SentryRequest.ToCell(org, "workflows/").With("project", "-1").Paged(), SentryJson.Default.ListSentryWorkflow);
}
