using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>Those who may do most.</summary>
internal static class PrivilegeFacts
{
    public static IEnumerable<StrikingFact> Of(StrikingBasis basis, Standings standings)
    {
        var roles = string.Join(" or ", basis.Graph.Roles.OrgRoles.Where(static role => role.IsGlobal).Select(static role => role.Id));
        return
        [
            .. StrikingFacts.About("global-roles", Gravity.Low, Ids(standings.Privileged),
                count => $"{Count(count, "active member")} {Fit(count, "holds", "hold")} the role {roles} and {Fit(count, "reaches", "reach")} every project."),
            .. StrikingFacts.About("privileged-without-two-factor", Gravity.High, Ids(standings.Privileged.Where(static standing => standing.Member.HasTwoFactor is false)),
                count => $"{Count(count, "active member")} with the role {roles} {Fit(count, "has", "have")} no second factor."),
            .. StrikingFacts.About("privileged-dormant", Gravity.High, Ids(standings.Privileged.Where(standing => PeopleFacts.IsDormant(basis, standing))),
                count => $"{Count(count, "active member")} with the role {roles} {Fit(count, "was", "were")} not seen for {Count((long)basis.DormantAfter.TotalDays, "day")} or more."),
            .. StrikingFacts.About("privileged-invitations", Gravity.Medium,
                Ids(standings.All.Where(static standing => standing.Member is { Pending: true, Expired: false } && standing.Role.IsGlobal)),
                count => $"{Count(count, "open invitation")} {Fit(count, "gives", "give")} the role {roles} to whoever accepts."),
            .. StrikingFacts.About("installation-privilege", Gravity.High,
                Ids(standings.Active.Where(static standing => standing.Member.HasInstallationPrivilege)),
                static count => $"{Count(count, "active member")} {Fit(count, "is superuser or staff", "are superusers or staff")} of the installation and may take over any organization in it."),
            .. standings.All.Where(static standing => standing.Role.IsRetired).GroupBy(static standing => standing.Role.Id)
                .SelectMany(static group => StrikingFacts.About("retired-role", Gravity.Medium, Ids(group),
                    count => $"{Count(count, "person holds", "people hold")} the retired role {group.Key}.")),
            .. standings.All.Where(static standing => !standing.Role.IsKnown).GroupBy(static standing => standing.Role.Id)
                .SelectMany(static group => StrikingFacts.About("unknown-role", Gravity.Medium, Ids(group),
                    count => $"{Count(count, "person holds", "people hold")} the role {group.Key}, of which nothing is known.")),
        ];
    }

    private static IEnumerable<string> Ids(IEnumerable<Effective.Standing> standings) => standings.Select(static standing => standing.Member.Id);
}
