using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>What each project received in a time.</summary>
public sealed record SentryUsageSummary
{
    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    /// <summary>Projects that received nothing may be missing.</summary>
    public required IReadOnlyList<SentryProjectUsage> Projects { get; init; }
}

/// <summary>What one project received.</summary>
public sealed record SentryProjectUsage
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public IReadOnlyList<SentryCategoryUsage>? Stats { get; init; }
}

/// <summary>What was received of one kind of data.</summary>
public sealed record SentryCategoryUsage
{
    /// <summary>For example error, transaction or attachment.</summary>
    public required string Category { get; init; }

    /// <summary>How many by what became of them, for example accepted, filtered or rate_limited.</summary>
    public IReadOnlyDictionary<string, long>? Outcomes { get; init; }
}

/// <summary>What the whole organization received in a time.</summary>
public sealed record SentryUsageTotals
{
    public required IReadOnlyList<SentryUsageGroup> Groups { get; init; }
}

/// <summary>One combination that was counted.</summary>
public sealed record SentryUsageGroup
{
    /// <summary>Values by name, for example category and outcome.</summary>
    public required IReadOnlyDictionary<string, string> By { get; init; }

    /// <summary>Sums by the name of the field that was asked for.</summary>
    public required IReadOnlyDictionary<string, long> Totals { get; init; }
}

/// <summary>Reads how much data was received and what became of it. Scope: <c>org:read</c>.</summary>
public sealed class UsageApi
{
    /// <summary>What is added up.</summary>
    public const string Quantity = "sum(quantity)";

    private readonly RequestSender _sender;

    internal UsageApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/stats-summary/</c> by project. With many projects Sentry may leave some out: compare with <see cref="GetTotalsAsync"/>.</summary>
    /// <param name="org">The organization's slug.</param>
    /// <param name="start">The first full hour.</param>
    /// <param name="end">The last full hour.</param>
    /// <param name="projectIds">Only these; empty for all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<SentryUsageSummary> GetByProjectAsync(
        string org, DateTimeOffset start, DateTimeOffset end, IReadOnlyCollection<string> projectIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projectIds);
        var request = projectIds.Aggregate(Of(org, "stats-summary/", start, end), static (request, id) => request.With("project", id));
        return _sender.GetAsync(projectIds.Count == 0 ? request.With("project", "-1") : request, SentryJson.Default.SentryUsageSummary, cancellationToken);
    }

    /// <summary><c>GET organizations/{org}/stats_v2/</c>: the whole organization by category and outcome, with nothing left out.</summary>
    /// <inheritdoc cref="GetByProjectAsync"/>
    public Task<SentryUsageTotals> GetTotalsAsync(string org, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(
            Of(org, "stats_v2/", start, end).With("project", "-1").With("groupBy", "category").With("groupBy", "outcome"), SentryJson.Default.SentryUsageTotals, cancellationToken);

    private static SentryRequest Of(string org, string path, DateTimeOffset start, DateTimeOffset end) =>
        SentryRequest.ToCell(org, path).With("field", Quantity).With("interval", "1d").Between(start, end);
}
