using Watchbill.Access.Facts;

namespace Watchbill.Access.History;

/// <summary>Tells periods as a story, newest first.</summary>
internal static class HistoryLines
{
    public static IReadOnlyList<HistoryLine> OfMember(HistoryRows rows) => Newest(
        Told(rows, rows.Members, Arrived, Changes, static member => member.Pending ? "the invitation was gone" : "no longer a member")
            .Concat(Told(
                rows, rows.Memberships,
                place => $"on team {Team(rows, place.TeamId)}{As(place)}",
                (before, now) => [$"{before.TeamRole ?? "contributor"} became {now.TeamRole ?? "contributor"} on team {Team(rows, now.TeamId)}"],
                place => $"no longer on team {Team(rows, place.TeamId)}")));

    public static IReadOnlyList<HistoryLine> OfTeam(HistoryRows rows) => Newest(
        Told(rows, rows.Teams, static team => $"team {team.Slug} there", Changes, static team => $"team {team.Slug} was gone")
            .Concat(Told(
                rows, rows.Memberships,
                place => $"{Member(rows, place.MemberId)} on the team{As(place)}",
                (before, now) => [$"{Member(rows, now.MemberId)} became {now.TeamRole ?? "contributor"}, was {before.TeamRole ?? "contributor"}"],
                place => $"{Member(rows, place.MemberId)} no longer on the team"))
            .Concat(Told(rows, rows.Links, link => $"owned project {Project(rows, link.ProjectId)}", NoChanges, link => $"no longer owned project {Project(rows, link.ProjectId)}")));

    public static IReadOnlyList<HistoryLine> OfProject(HistoryRows rows) => Newest(
        Told(rows, rows.Projects, static project => $"project {project.Slug} there", Changes, static project => $"project {project.Slug} was gone")
            .Concat(Told(rows, rows.Links, link => $"owned by team {Team(rows, link.TeamId)}", NoChanges, link => $"no longer owned by team {Team(rows, link.TeamId)}")));

    private static IReadOnlyList<HistoryLine> Newest(IEnumerable<HistoryLine> lines) => [.. lines.OrderByDescending(static line => line.At)];

    /// <summary>A period that begins where the one before ended is a change; any other begins anew, and ends where nothing follows at once.</summary>
    private static IEnumerable<HistoryLine> Told<TFact>(
        HistoryRows rows, IReadOnlyList<TFact> periods, Func<TFact, string> began, Func<TFact, TFact, IEnumerable<string>> changed, Func<TFact, string> ended)
        where TFact : Fact
    {
        foreach (var one in periods.GroupBy(static period => period.Key, StringComparer.Ordinal))
        {
            TFact? before = null;
            TFact[] story = [.. one.OrderBy(static period => period.ValidFrom)];
            for (var index = 0; index < story.Length; index++)
            {
                var now = story[index];
                var goesOn = before is not null && before.ValidTo == now.ValidFrom;
                var cause = CauseOf(rows, now, now.ValidFrom, isEnd: false);
                foreach (var sentence in goesOn ? Sentences(changed(before!, now)) : [began(now) + WhenFirstRead(rows, now)])
                {
                    yield return new HistoryLine(now.ValidFrom, sentence, now.Period().IsOpen, cause);
                }

                if (!now.Period().IsOpen && (index == story.Length - 1 || story[index + 1].ValidFrom != now.ValidTo))
                {
                    yield return new HistoryLine(now.ValidTo, ended(now), IsNow: false, CauseOf(rows, now, now.ValidTo, isEnd: true));
                }

                before = now;
            }
        }
    }

    private static Logged.LoggedEvent? CauseOf(HistoryRows rows, Fact fact, DateTimeOffset at, bool isEnd) =>
        rows.Causes.GetValueOrDefault((FactKinds.Of(fact), fact.Key, at, isEnd));

    /// <summary>What the first read of its scope saw may have been there for years.</summary>
    private static string WhenFirstRead(HistoryRows rows, Fact fact) => rows.FirstReads.TryGetValue(fact.Scope, out var first) && first == fact.ValidFrom ? " when first read" : "";

    private static IEnumerable<string> Sentences(IEnumerable<string> changes) => changes.DefaultIfEmpty("details changed");

    private static string Arrived(MemberFact now) => now.Pending ? $"invited, as {now.OrgRole}" : $"a member, as {now.OrgRole}";

    private static IEnumerable<string> Changes(MemberFact before, MemberFact now) => Differences(before, now).Where(static one => one.Differs).Select(static one => one.Sentence);

    private static IEnumerable<(bool Differs, string Sentence)> Differences(MemberFact before, MemberFact now) =>
    [
        (before.Pending && !now.Pending, "accepted the invitation"),
        (before.OrgRole != now.OrgRole, $"role changed from {before.OrgRole} to {now.OrgRole}"),
        (before.Email != now.Email, $"address changed from {before.Email}"),
        (before.HasTwoFactor != now.HasTwoFactor && now.HasTwoFactor is true, "second factor enrolled"),
        (before.HasTwoFactor is true && now.HasTwoFactor is false, "second factor gone"),
        (before.SsoLinked != now.SsoLinked, now.SsoLinked ? "single sign-on linked" : "single sign-on unlinked"),
        (before.UserIsActive is not false && now.UserIsActive is false, "account deactivated"),
        (before.UserIsActive is false && now.UserIsActive is true, "account active again"),
        (!before.Expired && now.Expired, "the invitation expired"),
    ];

    private static IEnumerable<string> Changes(TeamFact before, TeamFact now) => before.Slug != now.Slug ? [$"renamed from {before.Slug} to {now.Slug}"] : [];

    private static IEnumerable<string> Changes(ProjectFact before, ProjectFact now) => before.Slug != now.Slug ? [$"renamed from {before.Slug} to {now.Slug}"] : [];

    private static IEnumerable<string> NoChanges(ProjectTeamFact before, ProjectTeamFact now) => [];

    private static string As(TeamMembershipFact place) => place.TeamRole is { } role ? $" as {role}" : "";

    private static string Member(HistoryRows rows, string id) => rows.MemberNames.GetValueOrDefault(id) ?? $"member {id}";

    private static string Team(HistoryRows rows, string id) => rows.TeamNames.GetValueOrDefault(id) ?? id;

    private static string Project(HistoryRows rows, string id) => rows.ProjectNames.GetValueOrDefault(id) ?? id;
}
