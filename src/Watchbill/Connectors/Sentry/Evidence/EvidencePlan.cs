using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>What is known already, and which parts of it have to be read again.</summary>
internal sealed class EvidencePlan(ConnectorId connector, ReadEvidence evidence, Ledger ledger, OpenFactsStore facts, LoggedStore logged)
{
    /// <summary>The keys of what holds now.</summary>
    public async Task<HashSet<string>> KnownKeysAsync(EvidenceKind kind, CancellationToken cancellationToken) =>
        [.. await evidence.KeysAsync(connector, kind, cancellationToken)];

    /// <summary>The projects as access knows them.</summary>
    /// <exception cref="UnbelievableAnswerException">Their list was never read to its end: what is missing from it would be missing here.</exception>
    public async Task<IReadOnlyList<ProjectFact>> ProjectsAsync(CancellationToken cancellationToken) =>
        (await StateAsync(Scope.Projects, cancellationToken))?.LastCompleteAt is null
            ? throw new UnbelievableAnswerException("The list of projects was never read to its end. Sync the source first.")
            : await facts.ProjectsAsync(connector, cancellationToken);

    /// <summary>The releases that were collected.</summary>
    public Task<IReadOnlyList<EvidenceRecord>> ReleasesAsync(CancellationToken cancellationToken) => evidence.OpenAsync(connector, EvidenceKind.Releases, cancellationToken);

    public Task<IReadOnlyDictionary<string, ReadPart>> PartsAsync(EvidenceKind kind, CancellationToken cancellationToken) => evidence.PartsAsync(connector, kind, cancellationToken);

    /// <summary>The lines of Sentry's audit log that were seen after an instant; null when the log cannot be read, and nobody tells of changes.</summary>
    public async Task<IReadOnlyCollection<LoggedEvent>?> ChangesAfterAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        await StateAsync(Scope.AuditLog, cancellationToken) is { LastCompleteAt: not null, StaleSince: null }
            ? await logged.SeenAfterAsync(connector, instant, instant - CauseFinder.Slack, cancellationToken)
            : null;

    private async Task<ScopeState?> StateAsync(string scope, CancellationToken cancellationToken) =>
        (await ledger.ScopesAsync(connector, cancellationToken)).FirstOrDefault(state => state.Scope == scope);
}

/// <summary>Which parts to read now, and which are gone.</summary>
/// <param name="Due">To be read, what was never read first.</param>
/// <param name="Gone">Read once, and not there any more.</param>
/// <param name="Remaining">So many are due beside these; the next collection reads them.</param>
internal sealed record PartsToRead<T>(IReadOnlyList<T> Due, IReadOnlyList<string> Gone, int Remaining)
{
    private const int AtOnce = 8;

    /// <summary>Reads those that are due, some side by side, and says which are gone.</summary>
    /// <param name="sink">Takes what is read.</param>
    /// <param name="read">Reads one part to its end.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>So many were not there any more: removed since they were listed, which the next list says, not this.</returns>
    public async Task<int> ReadAsync(EvidenceSink sink, Func<T, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        foreach (var gone in Gone)
        {
            await sink.AddPartAsync(new EvidencePart(gone, IsGone: true), [], cancellationToken);
        }

        var notThere = 0;
        await Parallel.ForEachAsync(
            Due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                try
                {
                    await read(part, token);
                }
                catch (SentryException failure) when (failure.Kind is SentryFailureKind.NotFound)
                {
                    Interlocked.Increment(ref notThere);
                }
            });
        sink.Remaining = Remaining;
        return notThere;
    }

    /// <summary>Takes as many as one collection reads.</summary>
    public static PartsToRead<T> Of(IReadOnlyList<T> due, IEnumerable<string> gone, int most) => new([.. due.Take(most)], [.. gone], Math.Max(0, due.Count - most));
}

/// <summary>Makes plans of what to read.</summary>
internal sealed class EvidencePlans(ReadEvidence evidence, Ledger ledger, OpenFactsStore facts, LoggedStore logged)
{
    public EvidencePlan Of(ConnectorId connector) => new(connector, evidence, ledger, facts, logged);
}
