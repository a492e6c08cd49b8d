using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Wishes to join a team, and their answers.</summary>
internal static class AccessRequestRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/access-requests/", "org:read org:write org:admin team:read team:write team:admin member:read member:write member:admin", List),
        Route.Put("O/access-requests/{request}/", "org:write org:admin team:write team:admin member:write member:admin", Decide),
    ];

    private static Answer List(Call call) => Rows(call, call.Organization.Requests.Where(request => MayDecide(call, request)));

    private static Answer Decide(Call call)
    {
        if (call.Field("isApproved") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } approved)
        {
            return Refusals.Invalid("isApproved", "This field is required.");
        }

        if (call.Organization.Requests.Find(request => $"{request.Id}" == call.Parameter("request")) is not { } found)
        {
            return Refusals.NotFound();
        }

        if (!MayDecide(call, found))
        {
            return Answer.Empty(403);
        }

        call.Organization.Requests.Remove(found);
        if (approved.GetBoolean())
        {
            call.Organization.JoinTeam(found.Member, found.Team, call.Actor);
        }

        return Answer.Empty(204);
    }

    private static bool MayDecide(Call call, AccessRequest request) =>
        call.Access.Has("org:write org:admin member:write member:admin")
        || (call.Access.IsOn(request.Team) && call.Access.OnTeam(request.Team).Overlaps(ScopeSet.Parse("team:write team:admin")));

    private static Answer Rows(Call call, IEnumerable<AccessRequest> requests) => Pages.All(requests.ToList(), (writer, request) =>
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, request.Id);
        writer.WritePropertyName("member"u8);
        MemberJson.WriteRow(writer, request.Member);
        writer.WritePropertyName("team"u8);
        TeamJson.Write(writer, request.Team, call);
        if (request.Requester is { } requester)
        {
            writer.WritePropertyName("requester"u8);
            UserJson.Write(writer, requester);
        }

        writer.WriteEndObject();
    });
}
