using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Tags of issues and projects with their values, counted over the stored events.</summary>
internal static class IssueTagRoutes
{
    private const int MostTopValues = 10;

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/issues/{issue}/tags/{key}/", IssueRoutes.Reading, Read),
        Route.Get("O/issues/{issue}/tags/{key}/values/", IssueRoutes.Reading, Values),
        Route.Get("P/tags/", "project:read project:write project:admin", OfProject),
        Route.Get("P/tags/{key}/values/", "project:read project:write project:admin", ValuesOfProject),
    ];

    private static Answer Read(Call call)
    {
        var (tag, refusal) = Find(call);
        return refusal ?? Answer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, tag.Key);
            writer.WriteString("name"u8, tag.Name);
            writer.WriteNumber("uniqueValues"u8, tag.Values.Count);
            writer.WriteNumber("totalValues"u8, tag.Total);
            writer.WriteStartArray("topValues"u8);
            foreach (var value in tag.Values.Take(MostTopValues))
            {
                WriteValue(writer, tag.Key, value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static Answer Values(Call call)
    {
        var (tag, refusal) = Find(call);
        return refusal ?? Pages.GenericOffset(call, tag.Values, (writer, value) => WriteValue(writer, tag.Key, value));
    }

    private static (TagCounts Tag, Answer? Refusal) Find(Call call)
    {
        var (issue, refusal) = IssueDetailRoutes.Find(call);
        if (refusal is not null)
        {
            return (null!, refusal);
        }

        var tag = TagCounts.Of(call.Organization, issue).FirstOrDefault(tag => tag.Key == call.Parameter("key"));
        return (tag!, tag is null ? Refusals.NotFound() : null);
    }

    private static Answer OfProject(Call call) => Pages.All(CountsOf(call), (writer, tag) =>
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, tag.Key);
        writer.WriteString("name"u8, tag.Name);
        writer.WriteNumber("uniqueValues"u8, tag.Values.Count);
        writer.WriteBoolean("canDelete"u8, tag.Key is not ("environment" or "level" or "user"));
        writer.WriteEndObject();
    });

    private static Answer ValuesOfProject(Call call)
    {
        var key = call.Parameter("key");
        return CountsOf(call).FirstOrDefault(tag => tag.Key == key) is { } tag
            ? Pages.GenericOffset(call, tag.Values, (writer, value) => WriteValue(writer, key, value))
            : Refusals.NotFound();
    }

    /// <summary>The tags of all issues of the project, added up.</summary>
    private static List<TagCounts> CountsOf(Call call) =>
    [
        .. call.Organization.Evidence.IssueRows.Of(call.Project)
            .SelectMany(issue => TagCounts.Of(call.Organization, issue))
            .GroupBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(TagCounts.Sum)
            .OrderBy(tag => tag.Key, StringComparer.Ordinal),
    ];

    private static void WriteValue(Utf8JsonWriter writer, string key, TagValue value)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WriteString("name"u8, value.Value);
        writer.WriteString("value"u8, value.Value);
        writer.WriteNumber("count"u8, value.Count);
        writer.WriteInstant("lastSeen"u8, value.LastSeen);
        writer.WriteInstant("firstSeen"u8, value.FirstSeen);
        writer.WriteEndObject();
    }
}
