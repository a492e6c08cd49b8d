using Watchbill.Access.Effective;

namespace Watchbill.Console.Pages.Explore;

/// <summary>One way from who to what, as a picture draws it; many equal ones are one way with a count.</summary>
/// <param name="Label">What it leads through: a role, a team, open membership.</param>
/// <param name="Detail">What it gives or how many take it, in a few words.</param>
/// <param name="Open">It is a possibility rather than a grant: drawn as a broken line.</param>
/// <param name="Href">Where the thing it leads through has its page; null when it has none.</param>
internal sealed record Way(string Label, string Detail, bool Open, string? Href);

/// <summary>Makes ways out of paths.</summary>
internal static class Ways
{
    /// <summary>The ways of one pair: one for each path.</summary>
    public static IReadOnlyList<Way> Of(IEnumerable<AccessPath> paths, string root) => [.. paths.Select(path => Of(path, ScopesOf(path), root))];

    /// <summary>The ways of many pairs: equal paths become one way with the number of those who take it, the busiest first.</summary>
    public static IReadOnlyList<Way> Of(IEnumerable<AccessPair> pairs, string root, string one, string many) =>
    [
        // Pairs share their paths, so that most are counted by reference before the few left are compared by what they lead through.
        .. pairs.SelectMany(static pair => pair.Paths).CountBy<AccessPath, AccessPath>(static path => path, ReferenceEqualityComparer.Instance)
            .GroupBy(static counted => (counted.Key.Kind, Through: counted.Key.Team?.Id ?? counted.Key.OrgRole?.Id))
            .Select(static group => (group.First().Key, Count: group.Sum(static counted => counted.Value)))
            .OrderBy(static group => Rank(group.Key.Kind)).ThenByDescending(static group => group.Count)
            .Select(group => Of(group.Key, Shared.Words.Count(group.Count, one, many), root)),
    ];

    private static Way Of(AccessPath path, string detail, string root) => path.Kind switch
    {
        AccessPathKind.OrgRole => new($"role {path.OrgRole!.Id}", detail, Open: false, $"{root}/members?role={Uri.EscapeDataString(path.OrgRole.Id)}"),
        AccessPathKind.TeamMembership => new($"team {path.Team!.Slug}", detail, Open: false, $"{root}/teams/{Uri.EscapeDataString(path.Team.Id)}"),
        AccessPathKind.JoinableTeam => new($"could join {path.Team!.Slug}", detail, Open: true, $"{root}/teams/{Uri.EscapeDataString(path.Team.Id)}"),
        AccessPathKind.OpenMembership => new("open membership", detail, Open: false, null),
        AccessPathKind.PerhapsOpenMembership => new("perhaps open membership", "Sentry did not tell", Open: true, null),
        _ => new(path.Sentence, detail, Open: false, null),
    };

    /// <summary>Grants first, then what is open to all, then what could be taken.</summary>
    private static int Rank(AccessPathKind kind) => kind switch
    {
        AccessPathKind.OrgRole => 0,
        AccessPathKind.TeamMembership => 1,
        AccessPathKind.OpenMembership or AccessPathKind.PerhapsOpenMembership => 2,
        _ => 3,
    };

    private static string ScopesOf(AccessPath path) => path.Scopes switch
    {
        null => "scopes not told",
        { Count: 0 } => "no scopes",
        { Count: <= 3 } scopes => string.Join(", ", scopes),
        { } scopes => $"{string.Join(", ", scopes.Where(static scope => scope.StartsWith("project:", StringComparison.Ordinal)))} and {scopes.Count(static scope => !scope.StartsWith("project:", StringComparison.Ordinal))} more",
    };
}
