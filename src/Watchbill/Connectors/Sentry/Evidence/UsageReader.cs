using System.Globalization;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>
/// Reads how much each project received. Sentry's table by project may leave rows out when there are many, so it is held against the sum of the whole
/// organization; where they differ, it is read again in groups of projects, and what still differs is no complete read.
/// </summary>
internal sealed class UsageReader(SentryClient client, string org, EvidencePlan plan, CollectOptions options)
{
    private const int ProjectsInGroup = 50;

    public async Task ReadAsync(EvidenceSink sink, CancellationToken cancellationToken)
    {
        // Full hours that are over: what is still being counted would never add up.
        var end = new DateTimeOffset(sink.StartedAt.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(-1);
        var start = end - options.UsageWindow;
        var projects = await plan.ProjectsAsync(cancellationToken);
        var whole = SumOf(await client.Usage.GetTotalsAsync(org, start, end, cancellationToken));
        var usage = (await client.Usage.GetByProjectAsync(org, start, end, [], cancellationToken)).Projects;
        if (SumOf(usage) != whole)
        {
            var groups = await Task.WhenAll(
                projects.Select(static project => project.Key).Chunk(ProjectsInGroup).Select(group => client.Usage.GetByProjectAsync(org, start, end, group, cancellationToken)));
            usage = [.. groups.SelectMany(static group => group.Projects)];
        }

        if (SumOf(usage) is var sum && sum != whole)
        {
            throw new UnbelievableAnswerException(string.Create(
                CultureInfo.InvariantCulture, $"Sentry counts {whole:N0} for the whole organization and {sum:N0} for its projects together; the table by project is not complete."));
        }

        var received = usage.ToLookup(static project => project.Id, StringComparer.Ordinal);
        await sink.AddAsync(projects.Select(project => EvidenceMapping.Of(project.Key, project.Slug, Counters(start, end, received[project.Key]))), cancellationToken);
    }

    private static UsageCounters Counters(DateTimeOffset start, DateTimeOffset end, IEnumerable<SentryProjectUsage> usage) => new(
        start,
        end,
        [
            .. usage.SelectMany(static project => project.Stats ?? [])
                .Select(static category => new CategoryUsageDocument(category.Category, Received(category.Outcomes ?? new Dictionary<string, long>())))
                .Where(static category => category.Outcomes.Count > 0).OrderBy(static category => category.Category, StringComparer.Ordinal),
        ]);

    private static SortedDictionary<string, long> Received(IReadOnlyDictionary<string, long> outcomes) =>
        new(outcomes.Where(static outcome => outcome.Value != 0).ToDictionary(), StringComparer.Ordinal);

    private static long SumOf(IEnumerable<SentryProjectUsage> usage) =>
        usage.SelectMany(static project => project.Stats ?? []).Sum(static category => category.Outcomes?.Values.Sum() ?? 0);

    private static long SumOf(SentryUsageTotals totals) => totals.Groups.Sum(static group => group.Totals.GetValueOrDefault(UsageApi.Quantity));
}
