using System.Globalization;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>
/// Reads the settings of projects, four requests each, so it reads no more than it must: what was never read, what Sentry's audit log names since, and what was
/// read too long ago.
/// </summary>
internal sealed class ProjectSettingsReader(SentryClient client, string org, EvidencePlan plan, CollectOptions options)
{
    public async Task ReadAsync(EvidenceSink sink, CancellationToken cancellationToken)
    {
        var parts = await ChooseAsync(sink.StartedAt, cancellationToken);
        var notThere = await parts.ReadAsync(sink, (project, token) => ReadAsync(project, sink, token), cancellationToken);
        sink.Note = notThere == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{notThere:N0} projects were not there any more; the next sync tells.");
    }

    private async Task ReadAsync(ProjectFact project, EvidenceSink sink, CancellationToken cancellationToken)
    {
        var settings = client.Projects.GetSettingsAsync(org, project.Key, cancellationToken);
        var filters = client.Projects.ListFilters(org, project.Key).ToListAsync(cancellationToken);
        var ownership = client.Projects.GetOwnershipAsync(org, project.Key, cancellationToken);
        var hooks = client.Projects.ListHooks(org, project.Key).ToListAsync(cancellationToken);
        await Task.WhenAll(settings, filters, ownership, hooks);
        var item = EvidenceMapping.Of(await settings, await filters, await ownership, await hooks);
        await sink.AddPartAsync(new EvidencePart(project.Key), [item], cancellationToken);
    }

    private async Task<PartsToRead<ProjectFact>> ChooseAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var projects = await plan.ProjectsAsync(cancellationToken);
        var read = await plan.PartsAsync(EvidenceKind.ProjectSettings, cancellationToken);
        var oldest = read.Count == 0 ? now : read.Values.Min(static part => part.ReadAt);
        var changes = await plan.ChangesAfterAsync(oldest, cancellationToken);
        var mayBeOld = changes is null ? options.Every : options.SettingsEvery;
        var named = Named(changes ?? []);
        List<(ProjectFact Project, DateTimeOffset ReadAt)> due = [];
        foreach (var project in projects)
        {
            var readAt = read.GetValueOrDefault(project.Key)?.ReadAt ?? DateTimeOffset.MinValue;
            var changedAt = Later(named.GetValueOrDefault(project.Key), named.GetValueOrDefault(project.Slug));
            if (readAt < now - mayBeOld || changedAt >= readAt)
            {
                due.Add((project, readAt));
            }
        }

        var there = projects.Select(static project => project.Key).ToHashSet(StringComparer.Ordinal);
        return PartsToRead<ProjectFact>.Of([.. due.OrderBy(static one => one.ReadAt).Select(static one => one.Project)], read.Keys.Where(key => !there.Contains(key)), options.PartsAtOnce);
    }

    /// <summary>When a line about each project, by id or slug, was seen last. Any line counts: a needless read costs little, a missed change much.</summary>
    private static Dictionary<string, DateTimeOffset> Named(IEnumerable<LoggedEvent> changes)
    {
        Dictionary<string, DateTimeOffset> named = new(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            foreach (var name in (ReadOnlySpan<string?>)[change.TargetObject, change.ProjectSlug])
            {
                if (name is not null)
                {
                    named[name] = Later(named.GetValueOrDefault(name), change.SeenAt);
                }
            }
        }

        return named;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
