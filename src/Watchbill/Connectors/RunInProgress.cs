using Watchbill.Access;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>What a run has learned so far, and what that makes of it in the end.</summary>
internal sealed class RunInProgress(ConnectorId connectorId, StartedRun started, Actor actor, DateTimeOffset startedAt)
{
    private readonly Dictionary<string, SyncScope> _scopes = [];
    private HashSet<string>? _listedTeams;

    public ConnectorId ConnectorId => connectorId;

    public Lease Lease => started.Lease;

    public SyncRunId Id => started.Lease.Run;

    public SyncMode Mode => started.Mode;

    public Actor Actor => actor;

    public DateTimeOffset StartedAt => startedAt;

    public IReadOnlyDictionary<string, ScopeState> Known { get; set; } = new Dictionary<string, ScopeState>();

    public ReadEffort Effort { get; set; } = new(0, 0, 0, 0, 0);

    public string? OrganizationId { get; set; }

    /// <summary>What it read by intention; null while that is not decided.</summary>
    public ReadChoice? Choice { get; set; }

    /// <summary>Until when Sentry's audit log names no change of what was left out; null when the log was not asked.</summary>
    public DateTimeOffset? VouchedAt { get; set; }

    public LedgerDifference Difference { get; set; } = new([]);

    public long Rows => _scopes.Values.Sum(scope => (long)scope.Rows);

    public bool NothingWasRead => !_scopes.Values.Any(WasRead);

    public void AddKept(IEnumerable<StagedScope> kept)
    {
        foreach (var scope in kept)
        {
            _scopes[scope.Scope] = new SyncScope
            {
                Scope = scope.Scope,
                Outcome = scope.IsUnchanged ? ScopeOutcome.Unchanged : ScopeOutcome.Applied,
                ReadAt = scope.ReadAt,
                Duration = TimeSpan.Zero,
                Rows = (int)scope.RowCount,
                Note = "Kept from the interrupted run before.",
            };
        }
    }

    public void Add(ScopeReading reading, StageOutcome? staged)
    {
        _scopes[reading.Scope] = new SyncScope
        {
            Scope = reading.Scope,
            Outcome = OutcomeOf(reading, staged),
            ReadAt = reading.ReadAt,
            Duration = reading.Duration,
            Requests = reading.Requests,
            Rows = staged?.Rows ?? 0,
            FailureCode = reading.Failure?.Code ?? staged?.Refusal?.Code,
            Note = reading.Failure?.Sentence ?? staged?.Refusal?.Message ?? reading.Note ?? (staged is { Warnings: [var warning, ..] } ? warning : null),
        };
        if (reading is { Scope: Scope.Teams, Observation: { } teams })
        {
            _listedTeams = teams.Facts.Select(static team => team.Key).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>Every scope that the ledger holds and that was not read completely now, with the reason.</summary>
    public IEnumerable<StaleScope> StaleScopes()
    {
        var failed = _scopes.Values.Where(scope => !WasRead(scope));
        var untried = Known.Keys.Where(scope => !_scopes.ContainsKey(scope) && !IsOfGoneTeam(scope) && !IsLeftOut(scope));
        var cause = FirstFailure?.Note ?? "It was not reached.";
        return failed.Select(scope => new StaleScope(scope.Scope, scope.Note ?? cause)).Concat(untried.Select(scope => new StaleScope(scope, cause)));
    }

    /// <summary>
    /// The difference with everything that is known beside it: an incremental run reads the few teams that change, and all that leave one of them are not a mass.
    /// </summary>
    public LedgerDifference DifferenceOfAll()
    {
        var places = Known.Values.Where(static state => Scope.FamilyOf(state.Scope) == Scope.TeamMembersFamily).Sum(static state => state.RowCount);
        return Mode is SyncMode.Full ? Difference : new LedgerDifference([.. Difference.Lines.Select(line =>
            line.Family == Scope.TeamMembersFamily ? line with { Open = Math.Max(line.Open, places) } : line)]);
    }

    public RunResult Failed(DateTimeOffset now) => End(SyncRunState.Failed, FirstFailure?.Note ?? "Nothing could be read.", now);

    public RunResult Interrupted(string reason, DateTimeOffset now) => End(SyncRunState.Interrupted, reason, now);

    public RunResult Held(string reason, DateTimeOffset now)
    {
        var result = End(SyncRunState.NeedsConfirmation, reason, now);
        return result with { Scopes = [.. result.Scopes.Select(scope => scope.Outcome is ScopeOutcome.Applied ? scope with { Outcome = ScopeOutcome.Held } : scope)] };
    }

    public RunResult Applied(DateTimeOffset now)
    {
        var stale = StaleScopes().Select(entry => entry.Scope).Where(IsMissed).Order(StringComparer.Ordinal).ToList();
        var result = stale.Count == 0 ? End(SyncRunState.Succeeded, reason: null, now) : End(SyncRunState.Degraded, StaleSentence(stale), now);
        return result with
        {
            Run = result.Run with
            {
                Opened = (int)Difference.Lines.Sum(line => line.Opening + line.Changing),
                Closed = (int)Difference.Lines.Sum(line => line.Closing + line.Changing),
            },
        };
    }

    /// <summary>A blind spot that always was one explains nothing that went wrong now.</summary>
    private SyncScope? FirstFailure => _scopes.Values.Where(scope => !WasRead(scope) && IsMissed(scope.Scope)).OrderBy(scope => scope.Outcome).FirstOrDefault();

    private static bool WasRead(SyncScope scope) => scope.Outcome is not (ScopeOutcome.Failed or ScopeOutcome.NotPermitted);

    /// <summary>A scope that these credentials never could read is a blind spot and named as such; it does not make every run incomplete.</summary>
    private bool IsMissed(string scope) =>
        Known.TryGetValue(scope, out var state) && state.LastCompleteAt is not null
        || !_scopes.TryGetValue(scope, out var line) || line.Outcome is not ScopeOutcome.NotPermitted || Scope.IsEssential(scope);

    /// <summary>An incremental run leaves most as it is; when it reads anything, then the organization too.</summary>
    private bool IsLeftOut(string scope) => Choice is { } choice && (choice.IsNothing || (!choice.Wants(scope) && scope is not Scope.Organization));

    /// <summary>A team that is no longer listed, and was found empty since, has nothing left to read.</summary>
    private bool IsOfGoneTeam(string scope) =>
        Scope.TeamOf(scope) is { } team && _listedTeams is { } listed && !listed.Contains(team) && Known[scope] is { RowCount: 0, StaleSince: null };

    private static ScopeOutcome OutcomeOf(ScopeReading reading, StageOutcome? staged) => reading.Failure is { } failure
        ? failure.Effect is FailureEffect.NotPermitted ? ScopeOutcome.NotPermitted : ScopeOutcome.Failed
        : staged?.Status switch
        {
            StageStatus.Unchanged => ScopeOutcome.Unchanged,
            StageStatus.Staged => ScopeOutcome.Applied,
            StageStatus.ClockWentBack or null => ScopeOutcome.Failed,
        };

    private string StaleSentence(IReadOnlyList<string> stale)
    {
        var names = string.Join(", ", stale.Take(3)) + (stale.Count > 3 ? $" and {stale.Count - 3} more" : "");
        return $"Not read completely: {names}. {FirstFailure?.Note}".TrimEnd();
    }

    private RunResult End(SyncRunState state, string? reason, DateTimeOffset now) => new(
        new SyncRun
        {
            Id = Id,
            ConnectorId = ConnectorId,
            State = state,
            Mode = Mode,
            Reason = reason,
            StartedAt = StartedAt,
            FinishedAt = now,
            Requests = Effort.Requests,
            PredictedRequests = Effort.Predicted,
            Rows = Rows,
            Retries = Effort.Retries,
            RateLimited = Effort.RateLimited,
            ClockSkew = Effort.Answered == 0 ? null : Effort.ClockSkew,
        },
        [.. _scopes.Values.OrderBy(scope => scope.Scope, StringComparer.Ordinal)],
        Actor,
        OrganizationId);
}
