using System.Globalization;

namespace Watchbill.Connectors.Sentry;

/// <summary>How the memberships of teams are read.</summary>
internal enum PlacesSource
{
    /// <summary>The members of each team that is not empty; tells team roles.</summary>
    ByTeam,

    /// <summary>The teams of each member; tells team roles.</summary>
    ByMember,

    /// <summary>A hundred teams with all their members at once; tells no team roles.</summary>
    ByScim,
}

/// <summary>The cheapest way to read the memberships of teams that tells all that counts.</summary>
/// <param name="Source">The way.</param>
/// <param name="Requests">What it takes.</param>
/// <param name="Sentence">What was chosen, and why not the others; for the run's log.</param>
internal sealed record PlacesPlan(PlacesSource Source, int Requests, string Sentence)
{
    /// <summary>Chooses.</summary>
    /// <param name="costs">What each way takes, and what is known of SCIM.</param>
    public static PlacesPlan Cheapest(PlacesCosts costs)
    {
        List<(PlacesSource Source, string Words, int Requests)> ways = [(PlacesSource.ByTeam, "team by team", costs.ByTeam)];
        if (costs.ByMember is { } byMember)
        {
            ways.Add((PlacesSource.ByMember, "member by member", byMember));
        }

        if (costs.WhyNotScim is null)
        {
            ways.Add((PlacesSource.ByScim, "through SCIM", costs.ByScim));
        }

        var (source, words, requests) = ways.MinBy(static way => way.Requests);
        var others = ways.Where(way => way.Source != source).Select(static way => $"; {way.Words} it would take {Count(way.Requests)}");
        var scim = costs.WhyNotScim is { } why ? $"; SCIM cannot be used, because {why}" : "";
        return new PlacesPlan(source, requests, $"Memberships are read {words} with {Count(requests)}{string.Concat(others)}{scim}.");
    }

    private static string Count(int requests) => requests == 1 ? "1 request" : $"{requests.ToString("N0", CultureInfo.InvariantCulture)} requests";
}

/// <summary>What each way to read memberships takes.</summary>
internal sealed record PlacesCosts
{
    /// <summary>Requests for the members of each team that is not empty.</summary>
    public required int ByTeam { get; init; }

    /// <summary>Requests for each member; null where only some teams are read.</summary>
    public required int? ByMember { get; init; }

    /// <summary>How many teams there are.</summary>
    public required int Teams { get; init; }

    /// <summary>Whether team roles are in force; null when Sentry does not tell.</summary>
    public required bool? HasTeamRoles { get; init; }

    /// <summary>Whether the single sign-on provider has SCIM switched on; null when there is none, or it is not known.</summary>
    public required bool? HasScim { get; init; }

    /// <summary>Requests for all teams through SCIM.</summary>
    public int ByScim => RequestPlan.OfListing(Teams);

    /// <summary>Why SCIM does not tell enough, or is not there; null when it can be used.</summary>
    public string? WhyNotScim => HasTeamRoles is not false ? "team roles are in force, and it does not tell them"
        : HasScim is not true ? "it is not switched on"
        : null;
}
