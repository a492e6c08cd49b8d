using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>
/// The SQL of one kind of fact. All comparisons between the ledger and what a run staged are made by the database, over sets:
/// neither side is ever held in memory.
/// </summary>
internal abstract class FactStore(FactKind kind)
{
    public static IReadOnlyList<FactStore> All { get; } =
    [
        new FactStore<OrganizationFact>(FactKind.Organization),
        new FactStore<AuthProviderFact>(FactKind.AuthProvider),
        new FactStore<MemberFact>(FactKind.Member),
        new FactStore<TeamFact>(FactKind.Team),
        new FactStore<TeamMembershipFact>(FactKind.TeamMembership),
        new FactStore<ProjectFact>(FactKind.Project),
        new FactStore<ProjectTeamFact>(FactKind.ProjectTeam),
        new FactStore<NonHumanFact>(FactKind.NonHuman),
    ];

    public FactKind Kind { get; } = kind;

    public static FactStore Of(FactKind kind) => All.Single(store => store.Kind == kind);

    public abstract Task StageAsync(Transaction transaction, IEnumerable<Fact> facts, CancellationToken cancellationToken);

    /// <summary>Removes what a run staged; in one scope, or in all of them when it is null.</summary>
    public abstract Task UnstageAsync(Transaction transaction, SyncRunId run, string? scope, CancellationToken cancellationToken);

    /// <summary>Makes what one run staged the other's.</summary>
    public abstract Task AdoptAsync(Transaction transaction, SyncRunId from, SyncRunId to, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<DifferenceLine>> CompareAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<Fact>> ListClosingAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<Fact>> ListOpeningAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken);

    /// <summary>Ends the open facts of the staged scopes that were not staged, or not with these attributes. Call it before <see cref="OpenAsync"/>.</summary>
    public abstract Task<long> CloseAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken);

    /// <summary>Begins the staged facts that are not open.</summary>
    public abstract Task<long> OpenAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken);

    /// <summary>The scopes with open facts among those that begin with <paramref name="prefix"/> or are <paramref name="family"/> itself.</summary>
    public abstract Task<IReadOnlyList<string>> ScopesWithFactsAsync(DatabaseSession session, ConnectorId connector, string family, string prefix, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class FactStore<TFact>(FactKind kind) : FactStore(kind)
    where TFact : Fact
{
    public override async Task StageAsync(Transaction transaction, IEnumerable<Fact> facts, CancellationToken cancellationToken)
    {
        var options = new BulkCopyOptions { TableName = StagedTable(transaction) };
        await transaction.Connection.BulkCopyAsync(options, facts.Cast<TFact>(), cancellationToken);
    }

    public override Task UnstageAsync(Transaction transaction, SyncRunId run, string? scope, CancellationToken cancellationToken) =>
        Staged(transaction, run).Where(fact => scope == null || fact.Scope == scope).DeleteAsync(cancellationToken);

    public override Task AdoptAsync(Transaction transaction, SyncRunId from, SyncRunId to, CancellationToken cancellationToken) =>
        Staged(transaction, from).Set(fact => fact.FirstRun, to).UpdateAsync(cancellationToken);

    public override async Task<IReadOnlyList<DifferenceLine>> CompareAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var held = await HeldCountsAsync(session, connector, run, cancellationToken);
        var arriving = await ArrivingCountsAsync(session, connector, run, cancellationToken);
        return
        [
            .. held.Select(line => line with { Opening = arriving.GetValueOrDefault(line.Family) }),
            .. arriving.Where(count => held.All(line => line.Family != count.Key)).Select(count => new DifferenceLine(Kind, count.Key, 0, 0, 0, count.Value)),
        ];
    }

    public override async Task<IReadOnlyList<Fact>> ListClosingAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken) =>
        await InStagedScopes(session, query.Connector, query.Run)
            .Where(fact => !Staged(session, query.Run).Any(staged => staged.Scope == fact.Scope && staged.Key == fact.Key))
            .OrderBy(fact => fact.Scope).ThenBy(fact => fact.Key).Take(query.Limit).ToListAsync(cancellationToken);

    public override async Task<IReadOnlyList<Fact>> ListOpeningAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken) =>
        await Arriving(session, query.Connector, query.Run)
            .OrderBy(fact => fact.Scope).ThenBy(fact => fact.Key).Take(query.Limit).ToListAsync(cancellationToken);

    public override async Task<long> CloseAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken) =>
        await InStagedScopes(transaction, connector, run)
            .Where(fact => !Staged(transaction, run).Any(staged => staged.Scope == fact.Scope && staged.Key == fact.Key && staged.Fingerprint == fact.Fingerprint))
            .Set(fact => fact.ValidTo, fact => LedgerStore.Marks(transaction, run).Where(mark => mark.Scope == fact.Scope).Select(mark => mark.ReadAt).Single())
            .Set(fact => fact.LastRun, fact => LedgerStore.States(transaction, connector).Where(state => state.Scope == fact.Scope).Select(state => state.LastCompleteRun).Single())
            .UpdateAsync(cancellationToken);

    public override async Task<long> OpenAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken) =>
        await Arriving(transaction, connector, run)
            .InsertAsync(transaction.Connection.GetTable<TFact>(), static fact => fact, cancellationToken);

    public override async Task<IReadOnlyList<string>> ScopesWithFactsAsync(DatabaseSession session, ConnectorId connector, string family, string prefix, CancellationToken cancellationToken) =>
        await Open(session, connector).Select(fact => fact.Scope).Where(scope => scope == family || scope.StartsWith(prefix)).Distinct().ToListAsync(cancellationToken);

    private static string StagedTable(DatabaseSession session)
    {
        var name = session.Connection.MappingSchema.GetEntityDescriptor(typeof(TFact)).Name.Name;
        return string.Concat(name.AsSpan(0, name.Length - "fact".Length), "staged");
    }

    private static IQueryable<TFact> Staged(DatabaseSession session, SyncRunId run) =>
        session.Connection.GetTable<TFact>().TableName(StagedTable(session)).Where(fact => fact.FirstRun == run);

    private static IQueryable<TFact> Open(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector && fact.ValidTo == Conventions.OpenEnd);

    /// <summary>Open facts that the run may close.</summary>
    private static IQueryable<TFact> InStagedScopes(DatabaseSession session, ConnectorId connector, SyncRunId run) =>
        Open(session, connector).Where(fact => LedgerStore.Marks(session, run).Where(mark => !mark.IsUnchanged).Select(mark => mark.Scope).Contains(fact.Scope));

    /// <summary>Staged facts whose key is not open.</summary>
    private static IQueryable<TFact> Arriving(DatabaseSession session, ConnectorId connector, SyncRunId run) =>
        Staged(session, run).Where(staged => staged.ConnectorId == connector && !Open(session, connector).Any(fact => fact.Key == staged.Key));

    private async Task<List<DifferenceLine>> HeldCountsAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var pairs =
            from mark in LedgerStore.Marks(session, run)
            join fact in Open(session, connector) on mark.Scope equals fact.Scope
            from staged in Staged(session, run).LeftJoin(staged => staged.Scope == fact.Scope && staged.Key == fact.Key)
            select new { mark.Family, mark.IsUnchanged, Before = fact.Fingerprint, After = Sql.ToNullable(staged.Fingerprint) };
        var counts =
            from pair in pairs
            group pair by pair.Family into family
            select new
            {
                Family = family.Key,
                Open = family.LongCount(),
                Closing = family.LongCount(pair => !pair.IsUnchanged && pair.After == null),
                Changing = family.LongCount(pair => !pair.IsUnchanged && pair.After != null && pair.After != pair.Before),
            };
        var lines = await counts.ToListAsync(cancellationToken);
        return [.. lines.Select(line => new DifferenceLine(Kind, line.Family, line.Open, line.Closing, line.Changing, 0))];
    }

    private static async Task<Dictionary<string, long>> ArrivingCountsAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var counts =
            from staged in Arriving(session, connector, run)
            join mark in LedgerStore.Marks(session, run) on staged.Scope equals mark.Scope
            group staged by mark.Family into family
            select new { Family = family.Key, Count = family.LongCount() };
        return await counts.ToDictionaryAsync(line => line.Family, line => line.Count, cancellationToken);
    }
}
