using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;

namespace Watchbill.Console.Pages.Explore;

/// <summary>Something that began or ended for a member.</summary>
/// <param name="At">When a read first saw it.</param>
/// <param name="Sentence">It, in words.</param>
/// <param name="IsNow">It still holds.</param>
internal sealed record HistoryLine(DateTimeOffset At, string Sentence, bool IsNow);

/// <summary>Tells a member's periods as a story, newest first.</summary>
internal static class HistoryLines
{
    private const int Most = 60;

    public static IReadOnlyList<HistoryLine> Of(MemberHistory history, AccessGraph graph) =>
    [
        .. Own(history.Periods).Concat(Teams(history.Teams, graph)).OrderByDescending(static line => line.At).Take(Most),
    ];

    private static IEnumerable<HistoryLine> Own(IReadOnlyList<MemberFact> periods)
    {
        for (var index = 0; index < periods.Count; index++)
        {
            var (now, isNow) = (periods[index], periods[index].Period().IsOpen);
            var before = index > 0 && periods[index - 1].ValidTo == now.ValidFrom ? periods[index - 1] : null;
            foreach (var sentence in before is null ? [Arrived(now)] : Changes(before, now))
            {
                yield return new HistoryLine(now.ValidFrom, sentence, isNow);
            }

            if (!isNow && (index == periods.Count - 1 || periods[index + 1].ValidFrom != now.ValidTo))
            {
                yield return new HistoryLine(now.ValidTo, now.Pending ? "the invitation was gone" : "no longer a member", IsNow: false);
            }
        }
    }

    private static string Arrived(MemberFact now) => now.Pending ? $"seen as invited, as {now.OrgRole}" : $"seen as a member, as {now.OrgRole}";

    private static IEnumerable<string> Changes(MemberFact before, MemberFact now)
    {
        var told = false;
        foreach (var (differs, sentence) in Differences(before, now))
        {
            if (differs)
            {
                told = true;
                yield return sentence;
            }
        }

        if (!told)
        {
            yield return "details of the account changed";
        }
    }

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

    private static IEnumerable<HistoryLine> Teams(IReadOnlyList<TeamMembershipFact> periods, AccessGraph graph)
    {
        foreach (var period in periods)
        {
            var team = graph.FindTeam(period.TeamId)?.Slug ?? $"team {period.TeamId}";
            yield return new HistoryLine(period.ValidFrom, $"on {team}{(period.TeamRole is { } role ? $" as {role}" : "")}", period.Period().IsOpen);
            if (!period.Period().IsOpen && !periods.Any(other => other.TeamId == period.TeamId && other.ValidFrom == period.ValidTo))
            {
                yield return new HistoryLine(period.ValidTo, $"no longer on {team}", IsNow: false);
            }
        }
    }

}
