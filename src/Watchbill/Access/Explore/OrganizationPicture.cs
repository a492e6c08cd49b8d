using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Striking;

namespace Watchbill.Access.Explore;

/// <summary>
/// An organization at one instant with everything the pages ask of it, ready in memory. Immutable; what is expensive is computed when it is first
/// asked for. The truth stays in the database: a picture is thrown away when the ledger has moved on.
/// </summary>
public sealed class OrganizationPicture
{
    private const int MostSmall = 2000;

    private readonly IReadOnlyDictionary<string, PrincipalActivity> _activity;
    private readonly Lazy<MemberRow[]> _members;
    private readonly Lazy<TeamRow[]> _teams;
    private readonly Lazy<ProjectRow[]> _projects;
    private readonly Lazy<NonHumanRow[]> _nonHumans;
    private readonly Lazy<AccessCounts> _counts;
    private readonly Lazy<IReadOnlyList<StrikingFact>> _facts;

    internal OrganizationPicture(PictureRows rows, bool isNow)
    {
        Version = rows.Version;
        Graph = rows.Graph;
        Freshness = rows.Freshness;
        IsNow = isNow;
        _activity = rows.Activity;
        var builder = new Lazy<RowBuilder>(() => new RowBuilder(Graph, _activity));
        _members = new(() => builder.Value.Members());
        _teams = new(() => builder.Value.Teams());
        _projects = new(() => builder.Value.Projects());
        _nonHumans = new(() => [.. rows.NonHumans.Select(Row).OrderBy(static row => row.Principal.Kind).ThenBy(static row => row.Principal.Name, StringComparer.OrdinalIgnoreCase)]);
        _counts = new(() => AccessCounts.Of(Graph));
        _facts = new(() => Access.Striking.StrikingFacts.Of(new StrikingBasis(Graph, _activity, Freshness)));
    }

    /// <summary>The facts as a graph.</summary>
    public AccessGraph Graph { get; }

    /// <summary>The instant it shows.</summary>
    public DateTimeOffset At => Graph.At;

    /// <summary>Whether it shows now rather than an instant that somebody named.</summary>
    public bool IsNow { get; }

    /// <summary>What it rests on.</summary>
    public Freshness Freshness { get; }

    /// <summary>Nothing was ever read: whatever else it says is empty.</summary>
    public bool IsUnread => Graph.Organization is null;

    /// <summary>Members and invitations, by address.</summary>
    public IReadOnlyList<MemberRow> Members => _members.Value;

    /// <summary>Teams, by slug.</summary>
    public IReadOnlyList<TeamRow> Teams => _teams.Value;

    /// <summary>Projects, by slug.</summary>
    public IReadOnlyList<ProjectRow> Projects => _projects.Value;

    /// <summary>Principals that are no persons, by kind and name.</summary>
    public IReadOnlyList<NonHumanRow> NonHumans => _nonHumans.Value;

    /// <summary>How much access there is.</summary>
    public AccessCounts Counts => _counts.Value;

    /// <summary>What is most striking, the gravest first.</summary>
    public IReadOnlyList<StrikingFact> Striking => _facts.Value;

    internal LedgerVersion Version { get; }

    /// <summary>Whether loading it takes longer than a reader would like to wait.</summary>
    internal bool IsLarge => Graph.Members.Count + Graph.Projects.Count > MostSmall;

    /// <summary>Computes at once what most pages need, where that takes long: whoever comes first would wait for it.</summary>
    internal void Prepare()
    {
        if (IsLarge)
        {
            _ = (Members.Count, Teams.Count, Projects.Count, Counts, Striking.Count);
        }
    }

    /// <summary>Whom or what a striking fact speaks of, by Sentry's ids or the ledger's keys; nobody when it does not hold.</summary>
    public IReadOnlySet<string> SubjectsOf(string factCode) =>
        Striking.Where(fact => fact.Code == factCode).SelectMany(static fact => fact.SubjectIds).ToHashSet(StringComparer.Ordinal);

    private NonHumanRow Row(NonHumanFact fact)
    {
        var seen = _activity.GetValueOrDefault(fact.Key);
        return new NonHumanRow(fact, fact.ProjectId is { } id ? Graph.FindProject(id) : null, seen?.LastActive);
    }
}
