using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>What requests that change issues say. Everything is checked before anything is changed.</summary>
internal static class IssueBody
{
    private const string InNextRelease = "resolvedInNextRelease";

    public static Answer? Apply(Call call, IReadOnlyList<Issue> issues)
    {
        var (assignee, badAssignee) = Assignee(call);
        if ((CheckChoice(call, "status", [Issue.Resolved, Issue.Unresolved, Issue.Ignored, InNextRelease, "muted"])
            ?? CheckChoice(call, "priority", ["low", "medium", "high"]) ?? badAssignee) is { } refused)
        {
            return refused;
        }

        foreach (var issue in issues)
        {
            ApplyStatus(call, issue);
            call.Organization.ChangeIssue(issue, changed => ApplyRest(call, changed));
            if (assignee is { } whom)
            {
                call.Organization.ChangeIssue(issue, changed => (changed.AssignedUser, changed.AssignedTeam) = whom);
            }
        }

        return null;
    }

    /// <summary>What a change of several issues answers: the values that were set.</summary>
    public static Answer Echo(Call call, IReadOnlyList<Issue> issues) => Answer.Json(200, writer =>
    {
        var first = issues[0];
        writer.WriteStartObject();
        writer.WriteBoolean("isPublic"u8, first.ShareId is not null);
        writer.WriteString("status"u8, first.Status);
        writer.WriteStartObject("statusDetails"u8);
        writer.WriteEndObject();
        if (call.Field("assignedTo") is not null && (first.AssignedUser is not null || first.AssignedTeam is not null))
        {
            IssueJson.WriteAssignee(writer, first);
        }

        writer.WriteEndObject();
    });

    private static void ApplyStatus(Call call, Issue issue)
    {
        if (call.Text("status") is not { } status)
        {
            return;
        }

        var isResolving = status is Issue.Resolved or InNextRelease;
        call.Organization.SetStatus(issue, isResolving ? Issue.Resolved : status == "muted" ? Issue.Ignored : status, call.Caller.User);
        if (isResolving)
        {
            var details = call.Field("statusDetails") is { ValueKind: JsonValueKind.Object } sent ? sent : default;
            call.Organization.ChangeIssue(issue, changed =>
            {
                changed.ResolvedInNextRelease = status == InNextRelease || IsTrue(details, "inNextRelease");
                changed.ResolvedInRelease = details.ValueKind == JsonValueKind.Object && details.TryGetProperty("inRelease", out var release) ? release.ToString() : null;
            });
        }
    }

    private static void ApplyRest(Call call, Issue issue)
    {
        issue.Priority = call.Text("priority") ?? issue.Priority;
        issue.Substatus = call.Text("substatus") ?? issue.Substatus;
        issue.IsBookmarked = Flag(call, "isBookmarked") ?? issue.IsBookmarked;
        issue.IsSubscribed = Flag(call, "isSubscribed") ?? issue.IsSubscribed;
        issue.HasSeen = Flag(call, "hasSeen") ?? issue.HasSeen;
        if (Flag(call, "isPublic") is { } isPublic)
        {
            issue.ShareId = isPublic ? issue.ShareId ?? call.World.Secret(32) : null;
        }
    }

    /// <summary>
    /// Reads <c>assignedTo</c>: an address, <c>user:id</c>, <c>team:id</c>, or empty for nobody. The outer null means that it was not sent.
    /// </summary>
    private static ((User? User, Team? Team)? Assignee, Answer? Refusal) Assignee(Call call)
    {
        if (call.Field("assignedTo") is not { } value)
        {
            return (null, null);
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var (kind, id) = text.Split(':', 2) is [var before, var after] ? (before, after) : ("", text);
        (User? User, Team? Team) found = (kind, id) switch
        {
            ("", "") => (null, null),
            ("team", _) => (null, call.Organization.TeamRows.Find(id)),
            _ => (call.Organization.MemberRows.Listed.FirstOrDefault(member => $"{member.User?.Id}" == id || member.User?.Email == id)?.User, null),
        };
        return text.Length > 0 && found is (null, null) ? (null, Refusals.Invalid("assignedTo", "Unknown actor input")) : (found, null);
    }

    private static Answer? CheckChoice(Call call, string name, ReadOnlySpan<string> choices) =>
        call.Text(name) is { } text && !choices.Contains(text) ? Refusals.Invalid(name, $"\"{text}\" is not a valid choice.") : null;

    private static bool? Flag(Call call, string name) => call.Field(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static bool IsTrue(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
