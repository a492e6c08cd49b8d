using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>What an issue has only when it is read alone: its history, its people, its releases and tags.</summary>
internal static class IssueDetail
{
    public static void Write(Utf8JsonWriter writer, Issue issue, Call call)
    {
        WriteActivity(writer, issue);
        WritePeople(writer, "seenBy"u8, []);
        WritePeople(writer, "participants"u8, issue.AssignedUser is { } user ? [user] : []);
        writer.WriteNumber("userReportCount"u8, 0);
        var collapsed = call.Query["collapse"];
        if (!collapsed.Contains("release"))
        {
            WriteReleases(writer, issue, call.Organization);
        }

        if (!collapsed.Contains("tags"))
        {
            WriteTags(writer, issue, call.Organization);
        }

        if (!collapsed.Contains("stats"))
        {
            writer.WriteStartObject("stats"u8);
            IssueParts.WriteDay(writer, issue, call.World.Now);
            writer.WriteEndObject();
        }

        IssueParts.WriteExpanded(writer, issue, call);
    }

    /// <summary>Newest first, the first sighting at the end.</summary>
    private static void WriteActivity(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartArray("activity"u8);
        if (issue.Status == Issue.Resolved)
        {
            WriteAct(writer, issue.Id + 1, "set_resolved", issue.LastSeen.AddMinutes(1), issue.ResolvedBy);
        }

        WriteAct(writer, 0, "first_seen", issue.FirstSeen, null);
        writer.WriteEndArray();
    }

    private static void WriteAct(Utf8JsonWriter writer, long id, string type, DateTimeOffset time, User? user)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, id);
        writer.WriteString("type"u8, type);
        writer.WriteInstant("dateCreated"u8, time);
        writer.WriteStartObject("data"u8);
        writer.WriteEndObject();
        writer.WritePropertyName("user"u8);
        if (user is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            UserJson.Write(writer, user);
        }

        writer.WriteEndObject();
    }

    private static void WritePeople(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<User> people)
    {
        writer.WriteStartArray(name);
        foreach (var person in people)
        {
            UserJson.Write(writer, person);
        }

        writer.WriteEndArray();
    }

    /// <summary>The releases of the project that were the newest when the issue was first and last seen.</summary>
    private static void WriteReleases(Utf8JsonWriter writer, Issue issue, Organization organization)
    {
        foreach (var (name, instant) in (ReadOnlySpan<(string, DateTimeOffset)>)[("firstRelease", issue.FirstSeen), ("lastRelease", issue.LastSeen)])
        {
            writer.WritePropertyName(name);
            if (organization.Evidence.ReleaseRows.Of(issue.Project).FirstOrDefault(release => release.DateCreated <= instant) is { } found)
            {
                ReleaseJson.WriteReference(writer, found);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private static void WriteTags(Utf8JsonWriter writer, Issue issue, Organization organization)
    {
        writer.WriteStartArray("tags"u8);
        foreach (var tag in TagCounts.Of(organization, issue))
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, tag.Key);
            writer.WriteString("name"u8, tag.Name);
            writer.WriteNumber("totalValues"u8, tag.Total);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
