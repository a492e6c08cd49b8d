using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The part of the member PUT that sends an invitation again, and what callers without <c>member:admin</c> are reduced to.</summary>
internal static class Reinvitation
{
    /// <summary>Null when the request is none of this and the caller may go on to change the member.</summary>
    public static Answer? TryAnswer(Call call)
    {
        var isAdmin = call.Access.Has("member:admin");
        var isReinvite = call.Field("reinvite") is { ValueKind: JsonValueKind.True };
        if (isAdmin && !isReinvite)
        {
            return null;
        }

        var others = call.Body.ValueKind == JsonValueKind.Object
            && call.Body.EnumerateObject().Any(property => property.Name is not ("reinvite" or "regenerate"));
        if (others || !isReinvite)
        {
            return Refusals.Detail(403, "You cannot modify member details when resending an invitation. Separate requests are required.");
        }

        return !isAdmin && call.Member.Inviter != call.Caller.User
            ? Refusals.Detail(403, "You cannot modify invitations sent by someone else.")
            : Send(call, isAdmin);
    }

    private static Answer Send(Call call, bool isAdmin)
    {
        var member = call.Member;
        if (!member.IsPending)
        {
            return Refusals.Detail(400, "You cannot send an invitation to a user who is already a full member.");
        }

        if (call.Field("regenerate") is { ValueKind: JsonValueKind.True })
        {
            if (!isAdmin)
            {
                return Refusals.Detail(400, "You are missing the member:admin scope.");
            }

            member.IsExpired = false;
        }
        else if (member.IsExpired)
        {
            return Refusals.Detail(400, "You cannot resend an expired invitation without regenerating the token.");
        }

        call.Organization.Reinvite(member, call.Actor);
        return Answer.Json(200, writer => MemberJson.WriteDetail(writer, call.Organization, member, isAdmin));
    }
}
