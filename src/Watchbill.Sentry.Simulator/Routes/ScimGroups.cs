using System.Text.Json;
using System.Text.RegularExpressions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>SCIM groups, which are teams.</summary>
internal static partial class ScimGroups
{
    private const int MostOperations = 100;
    private const string Reading = "team:read team:write team:admin";
    private const string One = "O/scim/v2/Groups/{group}";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/scim/v2/Groups", Reading, Scim.WhenEnabled(List)),
        Route.Post("O/scim/v2/Groups", "team:write team:admin", Scim.WhenEnabled(Create)),
        Route.Get(One, Reading, OnGroup((call, team) => Row(call, team, 200))),
        Route.Patch(One, "team:write team:admin", OnGroup(Patch)),
        Route.Delete(One, "team:admin", OnGroup(Delete)),
    ];

    private static Func<Call, Answer> OnGroup(Func<Call, Team, Answer> act) => Scim.WhenEnabled(call =>
        call.Organization.TeamRows.Find(call.Parameter("group")) is { } team ? act(call, team) : Scim.Error(404, "Group not found"));

    private static Answer List(Call call)
    {
        var (key, value, refusal) = Scim.Filter(call, "displayName");
        if (refusal is not null)
        {
            return refusal;
        }

        var rows = call.Organization.TeamRows.InSlugOrder;
        var found = key is null ? rows : [.. rows.Where(team => team.Name == value || team.Slug == value)];
        return Scim.List(call, found, (writer, team) => ScimJson.WriteGroup(writer, team, ShowsMembers(call)));
    }

    private static Answer Create(Call call)
    {
        if (call.Text("displayName") is not { Length: > 0 } name || Slugs.From(name) is not { Length: > 0 } slug)
        {
            return Scim.Error(400, "displayName: This field is required.");
        }

        if (call.Organization.TeamRows.HasSlug(slug))
        {
            return Scim.Error(409, "A team with this slug already exists.");
        }

        var team = call.Organization.CreateTeam(slug, name, call.Actor);
        team.IsIdpProvisioned = true;
        return Row(call, team, 201);
    }

    private static Answer Delete(Call call, Team team)
    {
        call.Organization.DeleteTeam(team, call.Actor);
        return Answer.Empty(204);
    }

    private static Answer Patch(Call call, Team team)
    {
        if (call.Field("Operations") is not { ValueKind: JsonValueKind.Array } operations)
        {
            return Scim.Error(400, "Operations: This field is required.");
        }

        if (operations.GetArrayLength() > MostOperations)
        {
            return Scim.Error(400, "Too many operations sent, limit is 100.");
        }

        foreach (var operation in operations.EnumerateArray())
        {
            if (Apply(call, team, operation) is { } refusal)
            {
                return refusal;
            }
        }

        return Answer.Empty(204);
    }

    private static Answer? Apply(Call call, Team team, JsonElement operation)
    {
        var path = operation.TryGetProperty("path", out var named) ? named.GetString() ?? "" : "";
        var value = operation.TryGetProperty("value", out var given) ? given : default;
        switch ((operation.TryGetProperty("op", out var verb) ? verb.GetString()?.ToLowerInvariant() : null, path))
        {
            case ("add", "members"):
                return Join(call, team, value);
            case ("remove", var single) when MemberPath().Match(single) is { Success: true } match:
                return Leave(call, team, match.Groups[1].Value);
            case ("replace", "members"):
                return Join(call, team, value) ?? LeaveExcept(call, team, value);
            case ("replace", "displayName"):
                return Rename(call, team, value.ToString());
            case ("replace", "") when value.ValueKind == JsonValueKind.Object && value.TryGetProperty("displayName", out var name):
                return Rename(call, team, name.ToString());
            default:
                return Scim.Error(400, "Invalid Patch Operation.");
        }
    }

    private static Answer? Join(Call call, Team team, JsonElement value)
    {
        foreach (var id in Ids(value))
        {
            if (!long.TryParse(id, out var number) || call.Organization.MemberRows.Find(number) is not { } member)
            {
                return Scim.Error(404, "User not found");
            }

            call.Organization.JoinTeam(member, team, call.Actor);
        }

        return null;
    }

    private static Answer? Leave(Call call, Team team, string id)
    {
        if (!long.TryParse(id, out var number) || call.Organization.MemberRows.Find(number) is not { } member)
        {
            return Scim.Error(404, "User not found");
        }

        call.Organization.LeaveTeam(member, team, call.Actor);
        return null;
    }

    private static Answer? LeaveExcept(Call call, Team team, JsonElement value)
    {
        var keep = Ids(value).ToHashSet(StringComparer.Ordinal);
        foreach (var link in team.Links.Values.Where(link => !keep.Contains($"{link.Member.Id}")).ToArray())
        {
            call.Organization.LeaveTeam(link.Member, team, call.Actor);
        }

        return null;
    }

    private static Answer? Rename(Call call, Team team, string name)
    {
        var slug = Slugs.From(name);
        if (slug != team.Slug && call.Organization.TeamRows.HasSlug(slug))
        {
            return Scim.Error(409, "A team with this slug already exists.");
        }

        call.Organization.RenameTeam(team, slug, name, call.Actor);
        return null;
    }

    private static IEnumerable<string> Ids(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetProperty("value").ToString()) : [];

    private static bool ShowsMembers(Call call) => !call.Query["excludedAttributes"].Contains("members");

    private static Answer Row(Call call, Team team, int status) => Answer.Json(status, writer => ScimJson.WriteGroup(writer, team, ShowsMembers(call)));

    [GeneratedRegex("""^members\[value eq "(\d+)"\]$""")]
    private static partial Regex MemberPath();
}
