using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>The parts of an issue that a caller can take out of a list or ask for in addition.</summary>
internal static class IssueParts
{
    public static void WriteDerived(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject("derivedData"u8);
        writer.WriteString("blocker"u8, "none"u8);
        writer.WriteString("progress"u8, "none"u8);
        writer.WriteString("status"u8, issue.Status == Issue.Unresolved ? "open" : "closed");
        writer.WriteNumber("viewCount"u8, issue.UserCount % 40);
        writer.WriteBoolean("hasOpenFixPr"u8, false);
        writer.WriteBoolean("isAssigned"u8, issue.AssignedUser is not null || issue.AssignedTeam is not null);
        writer.WriteBoolean("hasRootCause"u8, false);
        writer.WriteString("lastCompletedAutofixStep"u8, ""u8);
        writer.WriteNull("lastProgressedAt"u8);
        writer.WriteEndObject();
    }

    /// <summary><c>stats</c>, <c>lifetime</c> and <c>filtered</c>, unless <c>collapse</c> names them.</summary>
    public static void WriteCollapsible(Utf8JsonWriter writer, Issue issue, Call call)
    {
        var collapsed = call.Query["collapse"];
        if (!collapsed.Contains("stats"))
        {
            writer.WriteStartObject("stats"u8);
            WriteDay(writer, issue, call.World.Now);
            writer.WriteEndObject();
        }

        if (!collapsed.Contains("lifetime"))
        {
            WriteLifetime(writer, issue);
        }

        if (!collapsed.Contains("filtered"))
        {
            writer.WriteNull("filtered"u8);
        }
    }

    /// <summary>Where a ticket is read.</summary>
    public static string AddressOf(string ticket) => $"https://tracker.example.com/browse/{ticket}";

    /// <summary>What <c>expand</c> names.</summary>
    public static void WriteExpanded(Utf8JsonWriter writer, Issue issue, Call call)
    {
        foreach (var part in call.Query["expand"])
        {
            switch (part)
            {
                case "inbox":
                    WriteInbox(writer, issue);
                    break;
                case "owners":
                    WriteOwners(writer, issue);
                    break;
                case "integrationIssues":
                    WriteTickets(writer, issue);
                    break;
                case "sentryAppIssues":
                    writer.WriteStartArray(part);
                    writer.WriteEndArray();
                    break;
                case "sessions":
                    writer.WriteNumber("sessionCount"u8, 0);
                    break;
                case "latestEventHasAttachments":
                    writer.WriteBoolean(part, false);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Events of each of the last 24 hours, as pairs of epoch second and count.</summary>
    public static void WriteDay(Utf8JsonWriter writer, Issue issue, DateTimeOffset now)
    {
        var hour = now.ToUnixTimeSeconds() / 3600 * 3600;
        writer.WriteStartArray("24h"u8);
        for (var ago = 23; ago >= 0; ago--)
        {
            var start = DateTimeOffset.FromUnixTimeSeconds(hour - (3600 * ago));
            writer.WriteStartArray();
            writer.WriteNumberValue(start.ToUnixTimeSeconds());
            writer.WriteNumberValue(issue.LastSeen >= start && issue.FirstSeen < start.AddHours(1) ? 1 : 0);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteLifetime(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject("lifetime"u8);
        writer.WriteString("count"u8, $"{issue.Count}");
        writer.WriteNumber("userCount"u8, issue.UserCount);
        writer.WriteInstant("firstSeen"u8, issue.FirstSeen);
        writer.WriteInstant("lastSeen"u8, issue.LastSeen);
        writer.WriteEndObject();
    }

    private static void WriteInbox(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject("inbox"u8);
        writer.WriteNumber("reason"u8, 0);
        writer.WriteNull("reason_details"u8);
        writer.WriteInstant("date_added"u8, issue.FirstSeen);
        writer.WriteEndObject();
    }

    private static void WriteOwners(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartArray("owners"u8);
        foreach (var team in issue.Project.OwningTeams)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "ownershipRule"u8);
            writer.WriteString("owner"u8, $"team:{team.Id}");
            writer.WriteInstant("date_added"u8, issue.FirstSeen);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTickets(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartArray("integrationIssues"u8);
        if (issue.Ticket is { } ticket)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, $"{issue.Id + 1}");
            writer.WriteString("key"u8, ticket);
            writer.WriteString("url"u8, AddressOf(ticket));
            writer.WriteString("title"u8, issue.Title);
            writer.WriteString("description"u8, ""u8);
            writer.WriteString("displayName"u8, ticket);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
