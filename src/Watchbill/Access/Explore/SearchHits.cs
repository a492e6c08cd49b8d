namespace Watchbill.Access.Explore;

/// <summary>What sort of thing was found.</summary>
public enum SearchHitKind
{
    /// <summary>A member or invitation.</summary>
    Member,

    /// <summary>A team.</summary>
    Team,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A principal that is no person.</summary>
    NonHuman,
}

/// <summary>Something whose name holds the words.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Id">Sentry's id, or the ledger's key of a principal that is no person.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What tells it from others of that name.</param>
/// <param name="Rank">How well it fits: 0 is exact, 1 begins with the words, 2 holds them.</param>
public sealed record SearchHit(SearchHitKind Kind, string Id, string Name, string Detail, int Rank);

/// <summary>Finds things by a part of their name, address or id.</summary>
internal static class SearchHits
{
    /// <summary>The most that is worth listing of one kind.</summary>
    public const int MostOfAKind = 25;

    public static IReadOnlyList<SearchHit> In(OrganizationPicture picture, string words)
    {
        var text = words.Trim();
        return text.Length == 0
            ? []
            :
            [
                .. Best(picture.Members.Select(row => Hit(SearchHitKind.Member, row.Member.Id, row.Member.Name, row.Member.Email, text))),
                .. Best(picture.Teams.Select(row => Hit(SearchHitKind.Team, row.Team.Id, row.Team.Slug, row.Team.Name, text))),
                .. Best(picture.Projects.Select(row => Hit(SearchHitKind.Project, row.Project.Id, row.Project.Slug, row.Project.Name, text))),
                .. Best(picture.NonHumans.Select(row => Hit(SearchHitKind.NonHuman, row.Principal.Key, row.Principal.Name, row.Project?.Slug ?? row.Principal.Provider ?? "", text))),
            ];
    }

    private static SearchHit? Hit(SearchHitKind kind, string id, string name, string detail, string text) =>
        Math.Min(Rank(name, text), Math.Min(Rank(detail, text), id == text ? 0 : int.MaxValue)) is < int.MaxValue and var rank
            ? new SearchHit(kind, id, name, detail, rank)
            : null;

    private static int Rank(string value, string text) =>
        value.IndexOf(text, StringComparison.OrdinalIgnoreCase) switch
        {
            < 0 => int.MaxValue,
            0 => value.Length == text.Length ? 0 : 1,
            _ => 2,
        };

    private static IEnumerable<SearchHit> Best(IEnumerable<SearchHit?> hits) =>
        hits.OfType<SearchHit>().OrderBy(static hit => hit.Rank).ThenBy(static hit => hit.Name, StringComparer.OrdinalIgnoreCase).Take(MostOfAKind);
}
