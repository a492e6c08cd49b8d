using System.Globalization;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>Reads one kind of evidence to its proven end. What fails leaves as the client's exception; nothing is read in part without saying so.</summary>
internal sealed class EvidenceReader(SentryClient client, string org, EvidencePlan plan, CollectOptions options)
{
    public Task ReadAsync(EvidenceKind kind, EvidenceSink sink, CancellationToken cancellationToken) => kind switch
    {
        EvidenceKind.Issues => IssuesAsync(sink, cancellationToken),
        EvidenceKind.Releases => ListAsync(client.Releases.List(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Environments => ListAsync(client.Environments.List(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Repositories => ListAsync(client.Repositories.List(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Monitors => ListAsync(client.Monitors.List(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Detectors => ListAsync(client.Alerts.ListDetectors(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Workflows => ListAsync(client.Alerts.ListWorkflows(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Forwarding => ListAsync(client.Outlets.ListForwarders(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Relays => ListAsync(client.Outlets.ListRelays(org), kind, EvidenceMapping.Of, sink, cancellationToken),
        EvidenceKind.Usage => new UsageReader(client, org, plan, options).ReadAsync(sink, cancellationToken),
        EvidenceKind.Deploys => new ReleasePartsReader(client, org, plan, options).DeploysAsync(sink, cancellationToken),
        EvidenceKind.Commits => new ReleasePartsReader(client, org, plan, options).CommitsAsync(sink, cancellationToken),
        EvidenceKind.ProjectSettings => new ProjectSettingsReader(client, org, plan, options).ReadAsync(sink, cancellationToken),
        EvidenceKind.IssueActivity => ActivityAsync(sink, cancellationToken),
        EvidenceKind.IssueEvents => IssueEventsAsync(sink, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no reader for it."),
    };

    /// <summary>A list that Sentry cuts by position: it is read again unless it holds everything that was known, because a row may slip between two pages.</summary>
    private async Task ListAsync<T>(SentryListing<T> listing, EvidenceKind kind, Func<T, EvidenceItem> map, EvidenceSink sink, CancellationToken cancellationToken)
    {
        var known = await plan.KnownKeysAsync(kind, cancellationToken);
        var rows = await listing.ToStableListAsync(
            found => known.Count > 0 && known.IsSubsetOf(found.Select(row => map(row).Key)), known.Count, cancellationToken);
        await sink.AddAsync(rows.Select(map), cancellationToken);
    }

    /// <summary>Issues are cut by value, so that none slips; Sentry's own count is held against what came.</summary>
    private async Task IssuesAsync(EvidenceSink sink, CancellationToken cancellationToken)
    {
        var (start, end) = (sink.StartedAt - options.IssueWindow, sink.StartedAt);
        SentryCount? counted = null;
        await foreach (var page in client.Issues.List(org, new SentryIssueFilter { Start = start, End = end }).Pages(cancellationToken))
        {
            counted ??= page.Whole;
            await sink.AddAsync(page.Select(EvidenceMapping.Of), cancellationToken);
        }

        sink.WindowStart = start;
        sink.Reported = counted is { IsLeast: false } ? counted.Rows : null;
        sink.Note = counted switch
        {
            { IsLeast: true } => string.Create(CultureInfo.InvariantCulture, $"Sentry itself counts no further than {counted.Most:N0}."),
            { } whole when whole.Rows != sink.Rows => string.Create(
                CultureInfo.InvariantCulture, $"Sentry counted {whole.Rows:N0} at the beginning and listed {sink.Rows:N0}: its count is an estimate, and issues that wait for deletion are counted but not listed."),
            _ => null,
        };
    }

    private async Task ActivityAsync(EvidenceSink sink, CancellationToken cancellationToken)
    {
        var issue = await client.Issues.GetAsync(org, Issue(sink), cancellationToken);
        var activity = issue.Activity ?? [];
        sink.WindowStart = activity.Min(static one => one.DateCreated);
        await sink.AddPartAsync(new EvidencePart(issue.Id), activity.Select(one => EvidenceMapping.Of(one, issue.Id)), cancellationToken);
    }

    private async Task IssueEventsAsync(EvidenceSink sink, CancellationToken cancellationToken)
    {
        var issue = await client.Issues.GetAsync(org, Issue(sink), cancellationToken);
        List<SentryIssueEvent> events = [];
        await foreach (var page in client.Issues.ListEvents(org, issue.Id).Pages(cancellationToken))
        {
            events.AddRange(page);
            if (events.Count >= options.MostEvents)
            {
                sink.Note = string.Create(CultureInfo.InvariantCulture, $"The newest {events.Count:N0} events; there may be older ones.");
                break;
            }
        }

        sink.WindowStart = events.Min(static one => one.DateCreated);
        await sink.AddPartAsync(new EvidencePart(issue.Id), events.Select(one => EvidenceMapping.Of(one, issue.Id)), cancellationToken);
    }

    private static string Issue(EvidenceSink sink) => sink.Part ?? throw new InvalidOperationException("An issue must be named.");
}
