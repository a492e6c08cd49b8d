using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Logged;

/// <summary>Explains what a run changed by Sentry's audit log, in the transaction that changes it. What was there at the first read has no beginning to explain.</summary>
internal sealed class CauseStore(Transaction transaction, ConnectorId connector, SyncRunId run)
{
    /// <summary>A run that changes more than this is no work of single hands; explaining each would hold the transaction for long.</summary>
    private const int MostChanges = 20_000;

    /// <summary>Call it after the facts were changed and before the checkpoint: it needs to know when each scope was read before.</summary>
    /// <param name="marks">The scopes that were applied and differ.</param>
    /// <param name="before">How each scope stood before, by name.</param>
    /// <param name="kinds">The kinds of facts that changed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many members, places, teams and so on changed without a line that explains it; null when the log is not kept or nothing was read before.</returns>
    public async Task<int?> RecordAsync(
        IReadOnlyList<StagedScope> marks, IReadOnlyDictionary<string, ScopeState> before, IReadOnlyCollection<FactKind> kinds, CancellationToken cancellationToken)
    {
        var reads = marks.Where(mark => before.GetValueOrDefault(mark.Scope)?.LastCompleteAt is not null)
            .ToDictionary(static mark => mark.Scope, mark => (mark.ReadAt, Before: before[mark.Scope].LastCompleteAt!.Value), StringComparer.Ordinal);
        if (reads.Count == 0 || !await LoggedStore.IsKeptAsync(transaction, connector, cancellationToken))
        {
            return null;
        }

        var events = await LoggedStore.BetweenAsync(
            transaction, connector, reads.Values.Min(static read => read.Before) - CauseFinder.Slack, reads.Values.Max(static read => read.ReadAt) + CauseFinder.Slack, cancellationToken);
        var changes = await ChangesAsync(reads, kinds, cancellationToken);
        if (changes.Count is 0 or > MostChanges)
        {
            return changes.Count == 0 ? 0 : null;
        }

        var finder = new CauseFinder(connector, events, await NamesAsync(changes, cancellationToken));
        var causes = changes.Select(finder.Of).OfType<FactCause>().ToList();
        await LoggedStore.ExplainAsync(transaction, causes, cancellationToken);
        return changes.Select(KeyOf).Except(causes.Select(static cause => (cause.Kind, cause.Key))).Count();
    }

    private static (FactKind Kind, string Key) KeyOf(FactChangeSeen change) => (FactKinds.Of(change.Fact), change.Fact.Key);

    private async Task<List<FactChangeSeen>> ChangesAsync(
        Dictionary<string, (DateTimeOffset ReadAt, DateTimeOffset Before)> reads, IReadOnlyCollection<FactKind> kinds, CancellationToken cancellationToken)
    {
        List<Fact> facts = [];
        foreach (var kind in kinds)
        {
            facts.AddRange(kind switch
            {
                FactKind.Organization => await ChangedAsync<OrganizationFact>(reads.Values, cancellationToken),
                FactKind.Member => await ChangedAsync<MemberFact>(reads.Values, cancellationToken),
                FactKind.Team => await ChangedAsync<TeamFact>(reads.Values, cancellationToken),
                FactKind.TeamMembership => await ChangedAsync<TeamMembershipFact>(reads.Values, cancellationToken),
                FactKind.Project => await ChangedAsync<ProjectFact>(reads.Values, cancellationToken),
                FactKind.ProjectTeam => await ChangedAsync<ProjectTeamFact>(reads.Values, cancellationToken),
                FactKind.NonHuman => await ChangedAsync<NonHumanFact>(reads.Values, cancellationToken),
                _ => (IReadOnlyList<Fact>)[],
            });
        }

        var known = facts.Where(fact => reads.ContainsKey(fact.Scope)).ToList();
        var began = known.Where(static fact => fact.Period().IsOpen).Select(static fact => (FactKinds.Of(fact), fact.Key)).ToHashSet();
        var ended = known.Where(static fact => !fact.Period().IsOpen).Select(static fact => (FactKinds.Of(fact), fact.Key)).ToHashSet();
        return [.. known.Select(fact => new FactChangeSeen(
            fact, reads[fact.Scope].ReadAt, reads[fact.Scope].Before, IsEnd: !fact.Period().IsOpen,
            GoesOn: (fact.Period().IsOpen ? ended : began).Contains((FactKinds.Of(fact), fact.Key))))];
    }

    /// <summary>What the run began, and what it ended: it alone writes within its scopes at those instants.</summary>
    private async Task<IReadOnlyList<Fact>> ChangedAsync<TFact>(
        IReadOnlyCollection<(DateTimeOffset ReadAt, DateTimeOffset Before)> reads, CancellationToken cancellationToken)
        where TFact : Fact
    {
        var (first, last) = (reads.Min(static read => read.ReadAt), reads.Max(static read => read.ReadAt));
        var scopes = LedgerStore.Marks(transaction, run).Where(mark => !mark.IsUnchanged).Select(mark => mark.Scope);
        return await transaction.Connection.GetTable<TFact>()
            .Where(fact => fact.ConnectorId == connector && scopes.Contains(fact.Scope)
                && ((fact.ValidTo == Conventions.OpenEnd && fact.FirstRun == run) || (fact.ValidTo >= first && fact.ValidTo <= last)))
            .Take(MostChanges + 1).ToListAsync(cancellationToken);
    }

    /// <summary>Whom and what the changes are about, also what was closed just now: lines about a removal name those.</summary>
    private async Task<NamesAtHand> NamesAsync(IReadOnlyList<FactChangeSeen> changes, CancellationToken cancellationToken)
    {
        var places = changes.Select(static change => change.Fact).OfType<TeamMembershipFact>().ToList();
        var links = changes.Select(static change => change.Fact).OfType<ProjectTeamFact>();
        return new NamesAtHand(
            await LastKnownStore.OfAsync<MemberFact, MemberFact>(transaction, connector, places.Select(static place => place.MemberId), static member => member, cancellationToken),
            await LastKnownStore.OfAsync<TeamFact, string>(
                transaction, connector, places.Select(static place => place.TeamId).Concat(links.Select(static link => link.TeamId)), static team => team.Slug, cancellationToken));
    }
}
