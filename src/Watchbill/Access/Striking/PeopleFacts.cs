using Watchbill.Access.Effective;
using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>Members and invitations.</summary>
internal static class PeopleFacts
{
    public static IEnumerable<StrikingFact> Of(StrikingBasis basis, Standings standings) =>
    [
        .. StrikingFacts.About("without-two-factor", Gravity.Medium, Ids(standings.Active, static standing => standing.Member.HasTwoFactor is false),
            static count => $"{Count(count, "active member")} {Fit(count, "has", "have")} no second factor."),
        .. StrikingFacts.About("dormant", Gravity.Medium, Ids(standings.Active, standing => IsDormant(basis, standing)),
            count => $"{Count(count, "active member")} {Fit(count, "was", "were")} not seen for {Count((long)basis.DormantAfter.TotalDays, "day")} or more."),
        .. StrikingFacts.About("token-only", Gravity.Low, Ids(standings.Active, static standing => standing.Obstacles.Count > 0),
            static count => $"{Count(count, "active member")} cannot sign in for want of single sign-on or a second factor, but API tokens they made still work."),
        .. StrikingFacts.About("stopped-with-teams", Gravity.Low, Ids(standings.All, static standing => standing is { IsStopped: true, Member.Pending: false, Teams.Count: > 0 }),
            static count => $"{Count(count, "deactivated or restricted member")} still {Fit(count, "holds", "hold")} team memberships."),
        .. StrikingFacts.About("without-team", Gravity.Low, Ids(standings.Active, static standing => standing is { Role: { IsGlobal: false, AllowsTeamRoles: true }, Teams.Count: 0 }),
            static count => $"{Count(count, "active member")} {Fit(count, "is", "are")} on no team."),
        .. Invitations(standings),
        .. HiddenMemberships(basis.Graph),
    ];

    /// <summary>Last activity was told and is long ago, or was told to have been never.</summary>
    public static bool IsDormant(StrikingBasis basis, Standing standing) =>
        basis.Activity.TryGetValue(standing.Member.Id, out var seen)
        && (seen.LastActive ?? seen.LastLogin ?? DateTimeOffset.MinValue) <= basis.Graph.At - basis.DormantAfter;

    private static IEnumerable<StrikingFact> Invitations(Standings standings) =>
    [
        .. StrikingFacts.About("invitations", Gravity.Low, Ids(standings.All, static standing => standing.Member is { Pending: true, Expired: false }),
            count => $"{Count(count, "invitation")} {Fit(count, "is", "are")} open{WithTeams(standings, expired: false)}."),
        .. StrikingFacts.About("expired-invitations", Gravity.Low, Ids(standings.All, static standing => standing.Member is { Pending: true, Expired: true }),
            count => $"{Count(count, "invitation")} {Fit(count, "has", "have")} expired and {Fit(count, "was", "were")} not withdrawn{WithTeams(standings, expired: true)}."),
    ];

    private static string WithTeams(Standings standings, bool expired)
    {
        var count = standings.All.Count(standing => standing.Member.Pending && standing.Member.Expired == expired && standing.Teams.Count > 0);
        return count == 0 ? "" : $"; {Number(count)} of them {Fit(count, "holds", "hold")} team memberships already";
    }

    private static IEnumerable<StrikingFact> HiddenMemberships(AccessGraph graph) => StrikingFacts.About(
        "hidden-memberships",
        Gravity.Low,
        graph.Teams.SelectMany(graph.MembershipsOf).Select(static edge => edge.MemberId).Where(id => graph.FindMember(id) is null).Distinct(StringComparer.Ordinal),
        static count => $"{Count(count, "user")} whom the member list hides (deactivated accounts) still {Fit(count, "holds", "hold")} team memberships.");

    private static IEnumerable<string> Ids(IEnumerable<Standing> standings, Func<Standing, bool> which) =>
        standings.Where(which).Select(static standing => standing.Member.Id);
}
