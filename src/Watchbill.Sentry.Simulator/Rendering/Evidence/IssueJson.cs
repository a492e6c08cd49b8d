using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Issues. The count of events is a text, the count of people a number.</summary>
internal static class IssueJson
{
    /// <summary>A row of the organization's list. <c>collapse</c> takes parts out, <c>expand</c> brings further ones.</summary>
    public static void WriteRow(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteStartObject();
        WriteBase(writer, issue, call);
        WriteCounts(writer, issue);
        IssueParts.WriteDerived(writer, issue);
        IssueParts.WriteCollapsible(writer, issue, call);
        IssueParts.WriteExpanded(writer, issue, call);
        writer.WriteNull("matchingEventId"u8);
        writer.WriteNull("matchingEventEnvironment"u8);
        writer.WriteEndObject();
    }

    /// <summary>A row of a project's list, which has the day's counts in it.</summary>
    public static void WriteProjectRow(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteStartObject();
        WriteBase(writer, issue, call);
        WriteCounts(writer, issue);
        writer.WriteStartObject("stats"u8);
        IssueParts.WriteDay(writer, issue, call.World.Now);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteDetail(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteStartObject();
        WriteBase(writer, issue, call);
        WriteCounts(writer, issue);
        IssueParts.WriteDerived(writer, issue);
        IssueDetail.Write(writer, issue, call);
        writer.WriteEndObject();
    }

    /// <summary>Without counts, as the look-up by short id nests it.</summary>
    public static void WriteReference(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteStartObject();
        WriteBase(writer, issue, call);
        WriteCounts(writer, issue);
        writer.WriteEndObject();
    }

    public static void WriteAssignee(Utf8JsonWriter writer, Issue issue)
    {
        if (issue.AssignedUser is { } user)
        {
            writer.WriteStartObject("assignedTo"u8);
            writer.WriteString("type"u8, "user"u8);
            writer.WriteId("id"u8, user.Id);
            writer.WriteString("name"u8, user.Name);
            writer.WriteString("email"u8, user.Email);
            writer.WriteEndObject();
        }
        else if (issue.AssignedTeam is { } team)
        {
            writer.WriteStartObject("assignedTo"u8);
            writer.WriteString("type"u8, "team"u8);
            writer.WriteId("id"u8, team.Id);
            writer.WriteString("name"u8, team.Slug);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("assignedTo"u8);
        }
    }

    private static void WriteBase(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteId("id"u8, issue.Id);
        writer.WriteString("shareId"u8, issue.ShareId);
        writer.WriteString("shortId"u8, issue.ShortId);
        writer.WriteString("title"u8, issue.Title);
        writer.WriteString("culprit"u8, issue.Culprit);
        writer.WriteString("permalink"u8, $"{call.World.ControlUrl}/organizations/{call.Organization.Slug}/issues/{issue.Id}/");
        writer.WriteNull("logger"u8);
        writer.WriteString("level"u8, issue.Level);
        writer.WriteString("status"u8, issue.Status);
        WriteStatusDetails(writer, issue);
        writer.WriteString("substatus"u8, issue.Substatus);
        writer.WriteBoolean("isPublic"u8, issue.ShareId is not null);
        writer.WriteString("platform"u8, issue.Project.Platform ?? "other");
        writer.WriteString("priority"u8, issue.Priority);
        foreach (var name in (ReadOnlySpan<string>)["priorityLockedAt", "seerFixabilityScore", "seerAutofixLastTriggered", "seerExplorerAutofixLastTriggered"])
        {
            writer.WriteNull(name);
        }

        WriteProject(writer, issue);
        WriteKind(writer, issue);
        WriteAssignee(writer, issue);
        WriteRelation(writer, issue);
    }

    private static void WriteCounts(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteBoolean("isUnhandled"u8, issue.IsUnhandled);
        writer.WriteString("count"u8, $"{issue.Count}");
        writer.WriteNumber("userCount"u8, issue.UserCount);
        writer.WriteInstant("firstSeen"u8, issue.FirstSeen);
        writer.WriteInstant("lastSeen"u8, issue.LastSeen);
    }

    private static void WriteStatusDetails(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject("statusDetails"u8);
        if (issue.ResolvedInNextRelease)
        {
            writer.WriteBoolean("inNextRelease"u8, true);
        }

        if (issue.ResolvedInRelease is { } release)
        {
            writer.WriteString("inRelease"u8, release);
        }

        writer.WriteEndObject();
    }

    private static void WriteProject(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject("project"u8);
        writer.WriteId("id"u8, issue.Project.Id);
        writer.WriteString("name"u8, issue.Project.Name);
        writer.WriteString("slug"u8, issue.Project.Slug);
        writer.WriteString("platform"u8, issue.Project.Platform);
        writer.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteString("type"u8, "error"u8);
        writer.WriteString("issueType"u8, "error"u8);
        writer.WriteString("issueCategory"u8, "error"u8);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("type"u8, issue.ErrorType);
        writer.WriteString("value"u8, issue.ErrorValue);
        writer.WriteString("filename"u8, "app/main.py"u8);
        writer.WriteEndObject();
        writer.WriteNumber("numComments"u8, issue.Comments);
    }

    private static void WriteRelation(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteBoolean("isBookmarked"u8, issue.IsBookmarked);
        writer.WriteBoolean("isSubscribed"u8, issue.IsSubscribed);
        writer.WriteNull("subscriptionDetails"u8);
        writer.WriteBoolean("hasSeen"u8, issue.HasSeen);
        writer.WriteStartArray("annotations"u8);
        if (issue.Ticket is { } ticket)
        {
            writer.WriteStartObject();
            writer.WriteString("displayName"u8, ticket);
            writer.WriteString("url"u8, IssueParts.AddressOf(ticket));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
