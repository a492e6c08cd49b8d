using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The teams in a request about a member: <c>teamRoles</c>, or the older <c>teams</c> with slugs only.</summary>
/// <param name="WasSent">False when neither field was in the body.</param>
internal sealed record TeamAssignments(IReadOnlyList<(Team Team, string? Role)> Teams, bool WasSent)
{
    /// <summary>
    /// Reads and checks. Items without <c>teamSlug</c> or <c>role</c> crash Sentry: the exception becomes its 500, on purpose.
    /// </summary>
    /// <exception cref="KeyNotFoundException">An item lacks a key.</exception>
    public static TeamAssignments Read(Call call, FieldErrors errors)
    {
        if (call.Field("teamRoles") is { ValueKind: JsonValueKind.Array } roles)
        {
            var asked = roles.EnumerateArray()
                .Select(item => (Slug: item.GetProperty("teamSlug").GetString(), Role: item.GetProperty("role").GetString()))
                .ToList();
            if (asked.Exists(item => item.Role is not null && TeamRole.Find(item.Role) is null))
            {
                errors.Add("teamRoles", "Invalid team-role");
            }

            return Of(call, asked, "teamRoles", errors);
        }

        return call.Field("teams") is { ValueKind: JsonValueKind.Array } slugs
            ? Of(call, [.. slugs.EnumerateArray().Select(slug => (slug.GetString(), (string?)null))], "teams", errors)
            : new TeamAssignments([], false);
    }

    private static TeamAssignments Of(Call call, List<(string? Slug, string? Role)> asked, string field, FieldErrors errors)
    {
        var found = asked
            .Select(item => (Team: call.Organization.TeamRows.InSlugOrder.FirstOrDefault(team => team.Slug == item.Slug), item.Role))
            .Where(item => item.Team is not null)
            .DistinctBy(item => item.Team)
            .Select(item => (item.Team!, item.Role))
            .ToList();
        if (found.Count < asked.Count)
        {
            errors.Add(field, "Invalid teams");
        }

        return new TeamAssignments(found, true);
    }
}
