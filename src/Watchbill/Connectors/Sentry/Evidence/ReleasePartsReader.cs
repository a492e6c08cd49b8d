using System.Text.Json;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>Reads the commits and deploys of releases: each release once, and again only when Sentry counts others than it did.</summary>
internal sealed class ReleasePartsReader(SentryClient client, string org, EvidencePlan plan, CollectOptions options)
{
    public Task DeploysAsync(EvidenceSink sink, CancellationToken cancellationToken) =>
        ReadAsync(
            EvidenceKind.Deploys,
            static release => release.DeployCount is > 0 ? $"{release.DeployCount} {release.LastDeploy?.DateFinished:O}" : null,
            async (release, token) => (await client.Releases.ListDeploys(org, release.Version).ToStableListAsync(cancellationToken: token)).Select(deploy => EvidenceMapping.Of(deploy, release.Key)),
            sink,
            cancellationToken);

    public Task CommitsAsync(EvidenceSink sink, CancellationToken cancellationToken) =>
        ReadAsync(
            EvidenceKind.Commits,
            static release => release.CommitCount is > 0 ? $"{release.CommitCount}" : null,
            async (release, token) => (await client.Releases.ListCommits(org, release.Version).ToStableListAsync(cancellationToken: token)).Select(commit => EvidenceMapping.Of(commit, release.Key)),
            sink,
            cancellationToken);

    /// <param name="kind">What is read.</param>
    /// <param name="markOf">How a release looks that has such rows; null when it has none.</param>
    /// <param name="read">Reads the rows of one release.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    private async Task ReadAsync(
        EvidenceKind kind, Func<ReleaseDocument, string?> markOf, Func<ReleaseToRead, CancellationToken, Task<IEnumerable<EvidenceItem>>> read, EvidenceSink sink, CancellationToken cancellationToken)
    {
        var parts = await ChooseAsync(kind, markOf, sink.StartedAt, cancellationToken);
        await parts.ReadAsync(
            sink, async (release, token) => await sink.AddPartAsync(new EvidencePart(release.Key, release.Mark), await read(release, token), token), cancellationToken);
        sink.Note = parts.Due.Count == 0 ? "No release changed." : null;
    }

    private async Task<PartsToRead<ReleaseToRead>> ChooseAsync(EvidenceKind kind, Func<ReleaseDocument, string?> markOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var releases = await plan.ReleasesAsync(cancellationToken);
        var parts = await plan.PartsAsync(kind, cancellationToken);
        List<ReleaseToRead> due = [];
        foreach (var release in releases.Where(release => release.At is null || release.At >= now - options.ReleaseWindow).OrderByDescending(static release => release.At))
        {
            var document = JsonSerializer.Deserialize(release.Document, EvidenceJson.Default.ReleaseDocument)!;
            if (markOf(document) is { } mark && parts.GetValueOrDefault(release.Key)?.Mark != mark)
            {
                due.Add(new ReleaseToRead(release.Key, document.Version, mark));
            }
        }

        var there = releases.Select(static release => release.Key).ToHashSet(StringComparer.Ordinal);
        return PartsToRead<ReleaseToRead>.Of(due, parts.Keys.Where(key => !there.Contains(key)), options.PartsAtOnce);
    }

    private sealed record ReleaseToRead(string Key, string Version, string Mark);
}
