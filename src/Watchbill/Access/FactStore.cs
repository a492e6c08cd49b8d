using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Access.Facts;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>
/// The SQL of one kind of fact. All comparisons between the ledger and what a run staged are made by the database, over sets: neither
/// side is ever held in memory. It is text, not LINQ: eight kinds times a dozen statements would take seconds to translate in every new
/// process, and both engines understand the same text.
/// </summary>
internal abstract class FactStore(FactKind kind, string name)
{
    /// <summary>How a fact ended, and which.</summary>
    private static readonly string[] EndColumns = ["connector_id", "key", "last_run", "valid_from", "valid_to"];

    private readonly string _fact = $"{name}_fact";

    public static IReadOnlyList<FactStore> All { get; } =
    [
        new FactStore<OrganizationFact>(FactKind.Organization, "organization"),
        new FactStore<AuthProviderFact>(FactKind.AuthProvider, "auth_provider"),
        new FactStore<MemberFact>(FactKind.Member, "member"),
        new FactStore<TeamFact>(FactKind.Team, "team"),
        new FactStore<TeamMembershipFact>(FactKind.TeamMembership, "team_membership"),
        new FactStore<ProjectFact>(FactKind.Project, "project"),
        new FactStore<ProjectTeamFact>(FactKind.ProjectTeam, "project_team"),
        new FactStore<NonHumanFact>(FactKind.NonHuman, "non_human"),
    ];

    public FactKind Kind { get; } = kind;

    protected string StagedTable { get; } = $"{name}_staged";

    /// <summary>Open facts in the scopes that the run may change.</summary>
    protected string HeldSql =>
        $"""
        fact.connector_id = @connector AND fact.valid_to = @open
        AND fact.scope IN (SELECT mark.scope FROM staged_scope AS mark WHERE mark.sync_run = @run AND NOT mark.is_unchanged)
        """;

    /// <summary>Staged facts whose key is not open. A run is of one connector; to ask each row for it would mean to read all rows, where an index can tell.</summary>
    protected string ArrivingSql =>
        $"""
        staged.first_run = @run
        AND NOT EXISTS (SELECT 1 FROM {_fact} AS fact WHERE fact.connector_id = @connector AND fact.key = staged.key AND fact.valid_to = @open)
        """;

    public static FactStore Of(FactKind kind) => All.Single(store => store.Kind == kind);

    public abstract Task StageAsync(Transaction transaction, IEnumerable<Fact> facts, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<Fact>> ListClosingAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<Fact>> ListOpeningAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken);

    /// <summary>Takes what the run ended. Call it after <see cref="CloseAsync"/>.</summary>
    public Task SealEndedAsync(Transaction transaction, ConnectorId connector, SyncRunId run, RowSeal seal, CancellationToken cancellationToken) => transaction.ForEachAsync(
        $"SELECT {string.Join(", ", EndColumns)} FROM {_fact} WHERE connector_id = @connector AND ended_by = @run",
        [("connector", connector.Value), ("run", run.Value)],
        reader => seal.Row("ended", _fact).Take(EndColumns, reader.GetValue),
        cancellationToken);

    /// <summary>Takes what the run is about to begin. Call it between <see cref="CloseAsync"/> and <see cref="OpenAsync"/>.</summary>
    public Task SealBeginningAsync(Transaction transaction, ConnectorId connector, SyncRunId run, RowSeal seal, CancellationToken cancellationToken)
    {
        // Of what all of them say the same is not read again with each: there may be hundreds of thousands, and people wait.
        var shared = new Dictionary<string, object> { ["connector_id"] = connector.Value, ["first_run"] = run.Value };
        var columns = BeginColumnsOf(transaction);
        return transaction.ForEachAsync(
            $"SELECT {string.Join(", ", columns.Except(shared.Keys))} FROM {StagedTable} AS staged WHERE {ArrivingSql}",
            [("connector", connector.Value), ("run", run.Value), ("open", Conventions.ToMicroseconds(Conventions.OpenEnd))],
            reader =>
            {
                var read = 0;
                seal.Row("begun", _fact).Take(columns, index => shared.GetValueOrDefault(columns[index]) ?? reader.GetValue(read++));
            },
            cancellationToken);
    }

    /// <summary>Gives every fact of every connector to the seal of the run that began it, and of the one that ended it.</summary>
    public Task SealAllAsync(ReadSession session, Func<long, RowSeal> sealOf, CancellationToken cancellationToken)
    {
        var begin = BeginColumnsOf(session);
        string[] columns = [.. begin, .. EndColumns, "first_run", "ended_by"];
        return session.ForEachAsync(
            $"SELECT {string.Join(", ", columns)} FROM {_fact}",
            [],
            reader =>
            {
                sealOf(reader.GetInt64(columns.Length - 2)).Row("begun", _fact).Take(begin, reader.GetValue);
                if (!reader.IsDBNull(columns.Length - 1))
                {
                    sealOf(reader.GetInt64(columns.Length - 1)).Row("ended", _fact).Take(EndColumns, index => reader.GetValue(begin.Length + index));
                }
            },
            cancellationToken);
    }

    /// <summary>Everything that is said of a fact, in one order; how it ends is not known when it begins.</summary>
    private string[] BeginColumnsOf(DatabaseSession session) => [.. ColumnsOf(session).Except(["valid_to", "last_run"]).Order(StringComparer.Ordinal)];

    /// <summary>Removes what a run staged in one scope.</summary>
    public Task UnstageAsync(Transaction transaction, SyncRunId run, string scope, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(
            $"DELETE FROM {StagedTable} WHERE first_run = @run AND scope = @scope", cancellationToken, StoreParameters.Run(run), StoreParameters.Text("scope", scope));

    /// <summary>Removes everything a run staged.</summary>
    public Task UnstageAsync(Transaction transaction, SyncRunId run, CancellationToken cancellationToken) =>
        Database.DeleteAsync(transaction, StagedTable, ("first_run", run.Value), cancellationToken);

    /// <summary>Makes what one run staged the other's.</summary>
    public Task AdoptAsync(Transaction transaction, SyncRunId from, SyncRunId to, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(
            $"UPDATE {StagedTable} SET first_run = @to WHERE first_run = @run", cancellationToken, StoreParameters.Run(from), StoreParameters.Number("to", to.Value));

    /// <summary>Ends the open facts of the staged scopes that were not staged, or not with these attributes. Call it before <see cref="OpenAsync"/>.</summary>
    public async Task<long> CloseAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken) =>
        await transaction.Connection.ExecuteAsync(
            $"""
            UPDATE {_fact} AS fact SET
                valid_to = (SELECT mark.read_at FROM staged_scope AS mark WHERE mark.sync_run = @run AND mark.scope = fact.scope),
                last_run = (SELECT state.last_complete_run FROM scope_state AS state WHERE state.connector_id = @connector AND state.scope = fact.scope),
                ended_by = @run
            WHERE {HeldSql}
            AND NOT EXISTS (
                SELECT 1 FROM {StagedTable} AS staged
                WHERE staged.first_run = @run AND staged.scope = fact.scope AND staged.key = fact.key AND staged.fingerprint = fact.fingerprint)
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));

    /// <summary>Begins the staged facts that are not open.</summary>
    public async Task<long> OpenAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", ColumnsOf(transaction));
        return await transaction.Connection.ExecuteAsync(
            $"INSERT INTO {_fact} ({columns}) SELECT {columns} FROM {StagedTable} AS staged WHERE {ArrivingSql}",
            cancellationToken,
            StoreParameters.Of(connector, run));
    }

    /// <summary>Counts what applying the run would do, by family of scopes.</summary>
    public async Task<IReadOnlyList<DifferenceLine>> CompareAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var held = await CountHeldAsync(session, connector, run, cancellationToken);
        var arriving = (await CountArrivingAsync(session, connector, run, cancellationToken)).ToDictionary(static row => row.Family, static row => row.Opening);
        return
        [
            .. held.Select(row => new DifferenceLine(Kind, row.Family, row.Open, row.Closing, row.Changing, arriving.GetValueOrDefault(row.Family))),
            .. arriving.ExceptBy(held.Select(static row => row.Family), static row => row.Key).Select(row => new DifferenceLine(Kind, row.Key, 0, 0, 0, row.Value)),
        ];
    }

    /// <summary>The scopes with open facts that are <paramref name="family"/> itself or parts of it.</summary>
    public Task<List<string>> ScopesWithFactsAsync(DatabaseSession session, ConnectorId connector, string family, CancellationToken cancellationToken) =>
        session.Connection.QueryToListAsync<string>(
            $"""
            SELECT DISTINCT scope FROM {_fact}
            WHERE connector_id = @connector AND valid_to = @open AND (scope = @family OR substr(scope, 1, {family.Length + 1}) = @prefix)
            """,
            cancellationToken,
            StoreParameters.Number("connector", connector.Value),
            StoreParameters.Open,
            StoreParameters.Text("family", family),
            StoreParameters.Text("prefix", $"{family}:"));

    /// <summary>Lets the database plan for what the run staged.</summary>
    public Task AnalyzeStagedAsync(Transaction transaction, CancellationToken cancellationToken) => Database.AnalyzeAsync(transaction, StagedTable, cancellationToken);

    /// <summary>Lets the database plan for what is in the ledger now.</summary>
    public Task AnalyzeFactsAsync(Transaction transaction, CancellationToken cancellationToken) => Database.AnalyzeAsync(transaction, _fact, cancellationToken);

    protected abstract IEnumerable<string> ColumnsOf(DatabaseSession session);

    private Task<List<DifferenceRow>> CountHeldAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken) =>
        session.Connection.QueryToListAsync<DifferenceRow>(
            $"""
            SELECT mark.family,
                count(*) AS open,
                count(*) FILTER (WHERE NOT mark.is_unchanged AND staged.key IS NULL) AS closing,
                count(*) FILTER (WHERE NOT mark.is_unchanged AND staged.fingerprint <> fact.fingerprint) AS changing
            FROM staged_scope AS mark
            JOIN {_fact} AS fact ON fact.connector_id = @connector AND fact.scope = mark.scope AND fact.valid_to = @open
            LEFT JOIN {StagedTable} AS staged ON staged.first_run = @run AND staged.scope = fact.scope AND staged.key = fact.key
            WHERE mark.sync_run = @run
            GROUP BY mark.family
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));

    private Task<List<DifferenceRow>> CountArrivingAsync(DatabaseSession session, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken) =>
        session.Connection.QueryToListAsync<DifferenceRow>(
            $"""
            SELECT mark.family, CAST(sum(arriving.facts) AS bigint) AS opening
            FROM (SELECT staged.scope, count(*) AS facts FROM {StagedTable} AS staged WHERE {ArrivingSql} GROUP BY staged.scope) AS arriving
            JOIN staged_scope AS mark ON mark.sync_run = @run AND mark.scope = arriving.scope
            GROUP BY mark.family
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));

    /// <summary>What a count returns; the columns that a query does not select stay 0.</summary>
    private sealed class DifferenceRow
    {
        public required string Family { get; init; }

        public long Open { get; init; }

        public long Closing { get; init; }

        public long Changing { get; init; }

        public long Opening { get; init; }
    }
}

/// <inheritdoc/>
internal sealed class FactStore<TFact>(FactKind kind, string name) : FactStore(kind, name)
    where TFact : Fact
{
    public override Task StageAsync(Transaction transaction, IEnumerable<Fact> facts, CancellationToken cancellationToken) =>
        transaction.InsertAllAsync(facts.Cast<TFact>(), cancellationToken, StagedTable);

    public override async Task<IReadOnlyList<Fact>> ListClosingAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken)
    {
        var open = session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == query.Connector && fact.ValidTo == Conventions.OpenEnd);
        var scopes = LedgerStore.Marks(session, query.Run).Where(mark => !mark.IsUnchanged).Select(mark => mark.Scope);
        return await open
            .Where(fact => scopes.Contains(fact.Scope) && !Staged(session, query.Run).Any(staged => staged.Scope == fact.Scope && staged.Key == fact.Key))
            .OrderBy(fact => fact.Scope).ThenBy(fact => fact.Key).Take(query.Limit).ToListAsync(cancellationToken);
    }

    public override async Task<IReadOnlyList<Fact>> ListOpeningAsync(DatabaseSession session, DifferenceQuery query, CancellationToken cancellationToken)
    {
        var open = session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == query.Connector && fact.ValidTo == Conventions.OpenEnd);
        return await Staged(session, query.Run)
            .Where(staged => staged.ConnectorId == query.Connector && !open.Any(fact => fact.Key == staged.Key))
            .OrderBy(fact => fact.Scope).ThenBy(fact => fact.Key).Take(query.Limit).ToListAsync(cancellationToken);
    }

    protected override IEnumerable<string> ColumnsOf(DatabaseSession session) =>
        session.Connection.MappingSchema.GetEntityDescriptor(typeof(TFact)).Columns.Select(static column => column.ColumnName);

    private IQueryable<TFact> Staged(DatabaseSession session, SyncRunId run) =>
        session.Connection.GetTable<TFact>().TableName(StagedTable).Where(fact => fact.FirstRun == run);
}
