using Watchbill.Access;

namespace Watchbill.Connectors.Sentry;

/// <summary>Which scopes a run reads. What it leaves out is neither fresh by it nor stale.</summary>
internal sealed record ReadChoice
{
    /// <summary>A full run.</summary>
    public static ReadChoice Everything { get; } = new() { IsEverything = true };

    /// <summary>All there is.</summary>
    public bool IsEverything { get; private init; }

    /// <summary>The scopes to read, those of single teams included.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>The members to read one by one, when these are all that changed; empty when the list is read whole, or not at all.</summary>
    public IReadOnlyCollection<string> Members { get; init; } = [];

    /// <summary>Those of them that the log says were removed: Sentry then answers that they do not exist.</summary>
    public IReadOnlySet<string> RemovedMembers { get; init; } = new HashSet<string>();

    /// <summary>The slugs of the teams to read when the list of teams is not; by id.</summary>
    public IReadOnlyDictionary<string, string> TeamSlugs { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether a team is read too when Sentry counts another number of members than are known: the only sign of a change where the log cannot be read. Counts
    /// hold accounts that are switched off, which the lists leave out, so that some teams differ for ever.
    /// </summary>
    public bool ComparesCounts { get; init; }

    /// <summary>Why just these, in one sentence for the run's log; null for a full run.</summary>
    public string? Note { get; init; }

    /// <summary>Nothing changed.</summary>
    public bool IsNothing => !IsEverything && Scopes.Count == 0;

    /// <summary>Whether the scope is read.</summary>
    public bool Wants(string scope) => IsEverything || Scopes.Contains(scope);

    /// <summary>The same, and these teams; where one is not known, the list of teams too.</summary>
    public ReadChoice And(IReadOnlyDictionary<string, string> teamSlugs, bool listsTeams) => this with
    {
        Scopes = Scopes.Concat(teamSlugs.Keys.Select(Scope.TeamMembers)).Concat(listsTeams ? [Scope.Teams] : []).ToHashSet(StringComparer.Ordinal),
        TeamSlugs = TeamSlugs.Concat(teamSlugs).DistinctBy(static team => team.Key).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Whether the memberships of any team are read.</summary>
    public bool WantsTeamMembers => IsEverything || Scopes.Any(static scope => Scope.TeamOf(scope) is not null);
}
