using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Postures;

/// <summary>The SQL of postures, written by hand (see <see cref="HandWritten"/>): each question reads a whole table of one connector once.</summary>
internal sealed class PostureStore(ReadSession session, ConnectorId connector, CancellationToken cancellationToken)
{
    private const string Holds = "f.connector_id = @connector AND f.valid_to = @open";

    private readonly (string Name, object Value)[] _values = [("connector", connector.Value), ("open", Conventions.ToMicroseconds(Conventions.OpenEnd))];

    public static OrganizationSettings SettingsOf(OrganizationFact? organization) =>
        organization?.OtherSettings is { } text ? JsonSerializer.Deserialize(text, ComplianceJson.Default.OrganizationSettings) ?? new OrganizationSettings() : new OrganizationSettings();

    public async Task<OrganizationFact?> OrganizationAsync() => (await WholeAsync<OrganizationFact>("organization_fact")).FirstOrDefault();

    public async Task<AuthProviderFact?> AuthProviderAsync() => (await WholeAsync<AuthProviderFact>("auth_provider_fact")).FirstOrDefault();

    /// <summary>Members and principals that are no people, each with when they were seen last.</summary>
    public async Task<(IReadOnlyList<MemberPosture> Members, IReadOnlyList<NonHumanPosture> NonHumans)> PrincipalsAsync()
    {
        var seen = await ActivityAsync();
        return (
            [.. (await WholeAsync<MemberFact>("member_fact")).Select(fact => new MemberPosture(fact, seen.GetValueOrDefault(fact.Key).Active, seen.GetValueOrDefault(fact.Key).Login))],
            [.. (await WholeAsync<NonHumanFact>("non_human_fact")).Select(fact => new NonHumanPosture(fact, seen.GetValueOrDefault(fact.Key).Active))]);
    }

    public async Task<IReadOnlyList<TeamPosture>> TeamsAsync()
    {
        var members = (await ReadAsync($"SELECT f.team_id, count(*) FROM team_membership_fact f WHERE {Holds} GROUP BY f.team_id", static row => (Team: row.GetString(0), Count: row.GetInt64(1))))
            .ToDictionary(static row => row.Team, static row => row.Count, StringComparer.Ordinal);
        return await ReadAsync($"SELECT f.key, f.slug FROM team_fact f WHERE {Holds} ORDER BY f.key", row => new TeamPosture(row.GetString(0), row.GetString(1), members.GetValueOrDefault(row.GetString(0))));
    }

    public async Task<IReadOnlyList<ProjectPosture>> ProjectsAsync()
    {
        var json = EvidenceJson.Default;
        var teams = (await ReadAsync($"SELECT f.project_id, count(*) FROM project_team_fact f WHERE {Holds} GROUP BY f.project_id", static row => (Project: row.GetString(0), Count: row.GetInt64(1))))
            .ToDictionary(static row => row.Project, static row => row.Count, StringComparer.Ordinal);
        var settings = (await CollectedAsync(EvidenceKind.ProjectSettings, json.ProjectSettingsDocument)).ToDictionary(static one => one.Key, static one => one.Document, StringComparer.Ordinal);
        var usage = (await CollectedAsync(EvidenceKind.Usage, json.UsageDocument, json.UsageCounters)).ToDictionary(static one => one.Key, static one => one.Counters, StringComparer.Ordinal);
        return await ReadAsync(
            $"SELECT f.key, f.slug, f.date_created FROM project_fact f WHERE {Holds} ORDER BY f.key",
            row => new ProjectPosture(row.GetString(0), row.GetString(1), row.Instant(2), teams.GetValueOrDefault(row.GetString(0)))
            {
                Settings = settings.GetValueOrDefault(row.GetString(0)),
                Usage = usage.GetValueOrDefault(row.GetString(0)),
            });
    }

    /// <summary>Everything of a kind that holds now.</summary>
    public Task<List<Collected<TDocument>>> CollectedAsync<TDocument>(EvidenceKind kind, JsonTypeInfo<TDocument> document) => ReadAsync(
        $"SELECT f.key, f.name, f.valid_from, f.parent, f.document FROM collected_row f WHERE {Holds} AND f.kind = @kind ORDER BY f.key",
        row => new Collected<TDocument>(row.GetString(0), row.GetString(1), row.Instant(2)!.Value, JsonSerializer.Deserialize(row.GetString(4), document)!) { Parent = row.Text(3) },
        ("kind", kind.ToString()));

    /// <inheritdoc cref="CollectedAsync{TDocument}(EvidenceKind, JsonTypeInfo{TDocument})"/>
    public Task<List<Collected<TDocument, TCounters>>> CollectedAsync<TDocument, TCounters>(EvidenceKind kind, JsonTypeInfo<TDocument> document, JsonTypeInfo<TCounters> counters)
        where TCounters : class => ReadAsync(
        $"SELECT f.key, f.name, f.valid_from, f.document, f.counters FROM collected_row f WHERE {Holds} AND f.kind = @kind ORDER BY f.key",
        row => Counted(row, document, counters),
        ("kind", kind.ToString()));

    /// <summary>The issues that some check may have something to say about, and how many there are in all. The others are counted by the database and never come here.</summary>
    public async Task<(IReadOnlyList<Collected<IssueDocument, IssueCounters>> Issues, long Count)> IssuesAsync()
    {
        // Documents are written by one serializer, without white space: what a text does not hold, the document does not say.
        var issues = await ReadAsync(
            $"""
            SELECT f.key, f.name, f.valid_from, f.document, f.counters FROM collected_row f
            WHERE {Holds} AND f.kind = @kind AND (f.document NOT LIKE '%"isPublic":false%' OR f.document LIKE '%"substatus":"archived_forever"%'
                OR (f.state = 'unresolved' AND (f.document LIKE '%"priority":"high"%' OR f.document LIKE '%"level":"fatal"%'
                    OR f.document LIKE '%"substatus":"regressed"%' OR f.document LIKE '%"substatus":"escalating"%')))
            ORDER BY f.key
            """,
            static row => Counted(row, EvidenceJson.Default.IssueDocument, EvidenceJson.Default.IssueCounters),
            ("kind", nameof(EvidenceKind.Issues)));
        var count = await ReadAsync($"SELECT count(*) FROM collected_row f WHERE {Holds} AND f.kind = @kind", static row => row.GetInt64(0), ("kind", nameof(EvidenceKind.Issues)));
        return (issues, count[0]);
    }

    public async Task<CommitCounts> CommitsAsync() => (await ReadAsync(
        $"SELECT coalesce(sum(CASE WHEN f.state = 'merged' THEN 1 ELSE 0 END), 0), count(*) FROM collected_row f WHERE {Holds} AND f.kind = @kind",
        static row => new CommitCounts(row.GetInt64(0), row.GetInt64(1)),
        ("kind", nameof(EvidenceKind.Commits))))[0];

    /// <summary>Lines of the log with these names, oldest first, as far as checks look at them.</summary>
    public Task<List<LoggedEvent>> LogAsync(IReadOnlyList<string> events, DateTimeOffset since)
    {
        List<(string Name, object Value)> values = [("since", Conventions.ToMicroseconds(since))];
        var named = string.Join(" OR ", events.Select((name, index) =>
        {
            // Names of events hold no characters that LIKE knows but the underscore, which then stands for itself as well.
            values.Add(($"event{index}", name.EndsWith('*') ? name[..^1] + "%" : name));
            return name.EndsWith('*') ? $"f.event LIKE @event{index}" : $"f.event = @event{index}";
        }));
        return events.Count == 0 ? Task.FromResult<List<LoggedEvent>>([]) : session.ReadAsync(
            $"SELECT f.entry_id, f.at, f.event, f.actor, f.org_role, f.note FROM logged_event f WHERE f.connector_id = @connector AND f.at >= @since AND ({named}) ORDER BY f.at, f.entry_id",
            [_values[0], .. values],
            row => new LoggedEvent
            {
                ConnectorId = connector,
                EntryId = row.GetInt64(0),
                At = row.Instant(1)!.Value,
                Event = row.GetString(2),
                Actor = row.Text(3),
                OrgRole = row.Text(4),
                Note = row.Text(5),
                SeenAt = default,
            },
            cancellationToken);
    }

    public async Task<LoggedReach?> ReachAsync() => (await session.ReadAsync(
        "SELECT f.since, f.through, f.is_whole FROM logged_reach f WHERE f.connector_id = @connector", [_values[0]],
        row => new LoggedReach { ConnectorId = connector, Since = row.Instant(0)!.Value, Through = row.Instant(1)!.Value, IsWhole = row.GetBoolean(2) }, cancellationToken)).FirstOrDefault();

    public async Task<DateTimeOffset?> OldestLogLineAsync() =>
        (await session.ReadAsync("SELECT min(f.at) FROM logged_event f WHERE f.connector_id = @connector", [_values[0]], static row => row.Instant(0), cancellationToken))[0];

    public async Task<IReadOnlySet<long>> AcknowledgedAsync() =>
        (await session.ReadAsync("SELECT f.entry_id FROM log_acknowledgement f WHERE f.connector_id = @connector", [_values[0]], static row => row.GetInt64(0), cancellationToken)).ToHashSet();

    /// <summary>How many lines came from networks that were not known when they were read; null when none was compared.</summary>
    public async Task<long?> StrangeAddressesAsync(DateTimeOffset since)
    {
        var (compared, strange) = (await session.ReadAsync(
            "SELECT count(f.from_known_network), coalesce(sum(CASE WHEN NOT f.from_known_network THEN 1 ELSE 0 END), 0) FROM logged_event f WHERE f.connector_id = @connector AND f.at >= @since",
            [_values[0], ("since", Conventions.ToMicroseconds(since))], static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        return compared == 0 ? null : strange;
    }

    public async Task<TimeSpan?> ClockSkewAsync() => (await session.ReadAsync(
        "SELECT f.clock_skew_ms FROM sync_run f WHERE f.connector_id = @connector AND f.clock_skew_ms IS NOT NULL ORDER BY f.id DESC LIMIT 1", [_values[0]],
        static row => (TimeSpan?)TimeSpan.FromMilliseconds(row.GetInt64(0)), cancellationToken)).FirstOrDefault();

    /// <summary>How each part of the ledger stands; all teams' memberships are one, as bad as the worst of them.</summary>
    public async Task<IReadOnlyList<ReadingPosture>> ScopesAsync()
    {
        var scopes = await session.ReadAsync(
            "SELECT f.scope, f.last_complete_at, f.vouched_at, f.stale_since, f.stale_reason, f.row_count FROM scope_state f WHERE f.connector_id = @connector", [_values[0]],
            static row => (Scope: row.GetString(0), Complete: row.Instant(1), Vouched: row.Instant(2), Since: row.Instant(3), Reason: row.Text(4), Rows: row.GetInt64(5)), cancellationToken);
        return
        [
            .. scopes.GroupBy(static scope => Scope.FamilyOf(scope.Scope)).Select(static family => new ReadingPosture(family.Key, TitleOf(family.Key))
            {
                CompleteAt = family.Any(static scope => scope.Complete is null) ? null : family.Min(static scope => scope.Vouched > scope.Complete ? scope.Vouched : scope.Complete),
                Problem = family.Where(static scope => scope.Since is not null).Select(static scope => scope.Reason ?? "It could not be read.").FirstOrDefault(),
                IsUnavailable = family.All(static scope => scope.Complete is null),
                Rows = family.Sum(static scope => scope.Rows),
            }),
        ];
    }

    private static string TitleOf(string scope) => scope == Scope.TeamMembersFamily
        ? "Members of teams"
        : Enum.GetValues<CheckInput>().Where(input => CheckInputs.ScopeOf(input) == scope).Select(CheckInputs.TitleOf).FirstOrDefault() ?? scope;

    private async Task<Dictionary<string, (DateTimeOffset? Active, DateTimeOffset? Login)>> ActivityAsync() =>
        (await session.ReadAsync(
            "SELECT f.principal_key, f.last_active, f.last_login FROM principal_activity f WHERE f.connector_id = @connector", [_values[0]],
            static row => (Key: row.GetString(0), Active: row.Instant(1), Login: row.Instant(2)), cancellationToken))
        .ToDictionary(static row => row.Key, static row => (row.Active, row.Login), StringComparer.Ordinal);

    private static Collected<TDocument, TCounters> Counted<TDocument, TCounters>(DbDataReader row, JsonTypeInfo<TDocument> document, JsonTypeInfo<TCounters> counters)
        where TCounters : class =>
        new(
            row.GetString(0), row.GetString(1), row.Instant(2)!.Value, JsonSerializer.Deserialize(row.GetString(3), document)!,
            row.Text(4) is { } counted ? JsonSerializer.Deserialize(counted, counters) : null);

    private Task<List<TFact>> WholeAsync<TFact>(string table)
        where TFact : Fact => session.ReadWholeAsync<TFact>($"SELECT * FROM {table} f WHERE {Holds} ORDER BY f.key", _values, cancellationToken);

    private Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object Value)[] more) => session.ReadAsync(sql, [.. _values, .. more], row, cancellationToken);
}
