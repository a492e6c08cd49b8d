using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>An observation made ready to be compared and staged: every key once, every fact sealed and dated.</summary>
internal sealed record ObservedScope(StagedScope Mark, IReadOnlyCollection<Fact> Facts, IReadOnlyCollection<PrincipalActivity> Activity, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// Prepares an observation. Pages that shift while they are read can deliver a row twice: equal rows collapse, of different ones the
    /// later counts and a warning says so.
    /// </summary>
    /// <exception cref="ArgumentException">A fact belongs to another scope.</exception>
    public static ObservedScope Prepare(ConnectorId connector, SyncRunId run, Observation observation)
    {
        var readAt = Conventions.ToStoredPrecision(observation.ReadAt);
        var facts = new Dictionary<(FactKind Kind, string Key), Fact>(observation.Facts.Count);
        var warnings = new List<string>();
        var fingerprint = new FingerprintBuilder();
        foreach (var fact in observation.Facts)
        {
            if (fact.Scope != observation.Scope)
            {
                throw new ArgumentException($"The fact {fact.Key} belongs to {fact.Scope}, not to the observed {observation.Scope}.", nameof(observation));
            }

            Begin(fact, connector, run, readAt);
            fact.Seal(fingerprint);
            var key = (FactKinds.Of(fact), fact.Key);
            if (facts.TryGetValue(key, out var earlier) && earlier.Fingerprint != fact.Fingerprint)
            {
                warnings.Add($"{key.Item1} {fact.Key} arrived twice with different attributes in {observation.Scope}; the later one counts.");
            }

            facts[key] = fact;
        }

        var mark = new StagedScope
        {
            SyncRun = run,
            ConnectorId = connector,
            Scope = observation.Scope,
            Family = Scope.FamilyOf(observation.Scope),
            ReadAt = readAt,
            Digest = ObservationDigest.Of(facts.Values),
            RowCount = facts.Count,
            IsUnchanged = false,
            IsPatched = observation.IsPatched,
        };
        return new ObservedScope(mark, facts.Values, LatestOf(observation.Activity), warnings);
    }

    /// <summary>What to stage of the activity: only principals whose stored activity differs.</summary>
    public IEnumerable<StagedActivity> ActivityOtherThan(IReadOnlyDictionary<string, PrincipalActivity> stored) =>
        from activity in Activity
        where !stored.TryGetValue(activity.PrincipalKey, out var known)
            || known.LastActive != Conventions.ToStoredPrecision(activity.LastActive)
            || known.LastLogin != Conventions.ToStoredPrecision(activity.LastLogin)
        select new StagedActivity
        {
            SyncRun = Mark.SyncRun,
            Scope = Mark.Scope,
            ConnectorId = Mark.ConnectorId,
            PrincipalKey = activity.PrincipalKey,
            LastActive = activity.LastActive,
            LastLogin = activity.LastLogin,
            ObservedAt = Mark.ReadAt,
        };

    private static void Begin(Fact fact, ConnectorId connector, SyncRunId run, DateTimeOffset readAt)
    {
        fact.ConnectorId = connector;
        fact.FirstRun = run;
        fact.LastRun = null;
        fact.ValidFrom = readAt;
        fact.ValidTo = Conventions.OpenEnd;
    }

    private static Dictionary<string, PrincipalActivity>.ValueCollection LatestOf(IReadOnlyList<PrincipalActivity> activity)
    {
        var latest = new Dictionary<string, PrincipalActivity>(activity.Count);
        foreach (var one in activity)
        {
            latest[one.PrincipalKey] = one;
        }

        return latest.Values;
    }
}
