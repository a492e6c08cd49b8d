using System.Text.Json;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Events, short as in lists and whole. They name people and addresses.</summary>
internal static class EventJson
{
    /// <summary>A row of a list; <paramref name="full"/> gives the whole event instead.</summary>
    public static void WriteRow(Utf8JsonWriter writer, IssueEvent row, bool full)
    {
        writer.WriteStartObject();
        WriteBase(writer, row);
        writer.WriteString("event.type"u8, "error"u8);
        writer.WriteNull("crashFile"u8);
        if (full)
        {
            WriteBody(writer, row);
        }

        writer.WriteEndObject();
    }

    /// <param name="writer">Where to.</param>
    /// <param name="row">What.</param>
    /// <param name="newer">Id of the next event of the issue, or null.</param>
    /// <param name="older">Id of the previous one, or null.</param>
    public static void WriteDetail(Utf8JsonWriter writer, IssueEvent row, string? newer, string? older)
    {
        writer.WriteStartObject();
        WriteWhole(writer, row);
        writer.WriteNull("userReport"u8);
        writer.WriteNull("release"u8);
        writer.WriteStartArray("sdkUpdates"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("resolvedWith"u8);
        writer.WriteEndArray();
        writer.WriteString("nextEventID"u8, newer);
        writer.WriteString("previousEventID"u8, older);
        writer.WriteEndObject();
    }

    /// <summary>The members of a whole event into the open object.</summary>
    public static void WriteWhole(Utf8JsonWriter writer, IssueEvent row)
    {
        WriteBase(writer, row);
        writer.WriteNull("crashFile"u8);
        WriteBody(writer, row);
    }

    private static void WriteBase(Utf8JsonWriter writer, IssueEvent row)
    {
        var issue = row.Issue;
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("eventID"u8, row.Id);
        writer.WriteId("groupID"u8, issue.Id);
        writer.WriteId("projectID"u8, issue.Project.Id);
        writer.WriteString("title"u8, issue.Title);
        writer.WriteString("message"u8, ""u8);
        writer.WriteString("culprit"u8, issue.Culprit);
        writer.WriteString("location"u8, "app/main.py"u8);
        writer.WriteString("platform"u8, issue.Project.Platform ?? "other");
        writer.WriteInstant("dateCreated"u8, row.Time);
        WritePerson(writer, row);
        WriteTags(writer, row);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("type"u8, issue.ErrorType);
        writer.WriteString("value"u8, issue.ErrorValue);
        writer.WriteEndObject();
    }

    private static void WritePerson(Utf8JsonWriter writer, IssueEvent row)
    {
        if (row.Person is not { } number)
        {
            writer.WriteNull("user"u8);
            return;
        }

        writer.WriteStartObject("user"u8);
        writer.WriteId("id"u8, number);
        writer.WriteString("email"u8, row.Email);
        writer.WriteString("username"u8, $"visitor{number}");
        writer.WriteString("ip_address"u8, row.IpAddress);
        writer.WriteNull("name"u8);
        writer.WriteNull("data"u8);
        writer.WriteStartObject("geo"u8);
        writer.WriteString("country_code"u8, "ZZ"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, IssueEvent row)
    {
        writer.WriteStartArray("tags"u8);
        foreach (var (key, value) in row.Tags)
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, key);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter writer, IssueEvent row)
    {
        writer.WriteString("type"u8, "error"u8);
        writer.WriteInstant("dateReceived"u8, row.Time.AddMilliseconds(400));
        writer.WriteNumber("size"u8, 4096 + (row.Number % 900));
        WriteEntries(writer, row.Issue);
        writer.WriteNull("dist"u8);
        writer.WriteNull("occurrence"u8);
        writer.WriteStartObject("sdk"u8);
        writer.WriteString("name"u8, "sentry.sdk"u8);
        writer.WriteString("version"u8, "8.1.0"u8);
        writer.WriteEndObject();
        foreach (var name in (ReadOnlySpan<string>)["contexts", "context", "packages", "_meta"])
        {
            writer.WriteStartObject(name);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("errors"u8);
        writer.WriteEndArray();
        writer.WriteTexts("fingerprints"u8, [row.Issue.Fingerprint]);
    }

    private static void WriteEntries(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartArray("entries"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "exception"u8);
        writer.WriteStartObject("data"u8);
        writer.WriteStartArray("values"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, issue.ErrorType);
        writer.WriteString("value"u8, issue.ErrorValue);
        writer.WriteNull("module"u8);
        writer.WriteNull("stacktrace"u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
