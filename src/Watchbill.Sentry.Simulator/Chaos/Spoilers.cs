using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Chaos;

/// <summary>The faults that spoil an answer the simulator has made.</summary>
internal static partial class Spoilers
{
    private static readonly HashSet<string> Essential = new(StringComparer.Ordinal) { "id", "slug", "email", "name", "user", "teams", "version" };

    public static Answer Spoil(Answer answer, FaultRule rule) => rule.Action switch
    {
        FaultAction.RepeatCursor => Header(answer, "Link", RepeatCursor),
        FaultAction.WrongLinkHost => Header(answer, "Link", link => LinkHost().Replace(link, "<https://other.example.net/")),
        FaultAction.NoneHeaders => Header(answer, "X-Sentry-Rate-Limit-", _ => "None"),
        FaultAction.DropRow => Rows(answer, rows => rows.RemoveAt(0)),
        FaultAction.DuplicateRow => Rows(answer, rows => rows.Insert(0, rows[0]!.DeepClone())),
        FaultAction.ExtraFields => Objects(answer, Extend),
        FaultAction.MissingFields => Objects(answer, Strip),
        _ => answer,
    };

    private static Answer Header(Answer answer, string prefix, Func<string, string> edit)
    {
        for (var index = 0; index < answer.Headers.Count; index++)
        {
            var (name, value) = answer.Headers[index];
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                answer.Headers[index] = KeyValuePair.Create(name, edit(value));
            }
        }

        return answer;
    }

    // Turns the next cursor into the one of the page before it, which a client asked for already.
    private static string RepeatCursor(string link)
    {
        var cursor = OffsetCursor().Match(link[link.LastIndexOf("cursor=", StringComparison.Ordinal)..]);
        var repeated = cursor.Success ? $"{cursor.Groups[1].Value}:{Math.Max(0, long.Parse(cursor.Groups[2].Value) - 1)}:0" : "0:0:0";
        var next = link.LastIndexOf('<');
        return link[..next] + AnyCursor().Replace(link[next..], "${1}" + repeated).Replace("results=\"false\"", "results=\"true\"", StringComparison.Ordinal);
    }

    private static Answer Rows(Answer answer, Action<JsonArray> edit) => Edit(answer, node =>
    {
        if (node is JsonArray { Count: > 0 } rows)
        {
            edit(rows);
        }
    });

    private static Answer Objects(Answer answer, Action<JsonObject> edit) => Edit(answer, node =>
    {
        foreach (var item in node is JsonArray rows ? rows.OfType<JsonObject>() : [node.AsObject()])
        {
            edit(item);
        }
    });

    private static Answer Edit(Answer answer, Action<JsonNode> edit)
    {
        if (answer.ContentType != Answer.JsonType || answer.Status != 200)
        {
            return answer;
        }

        var node = JsonNode.Parse(answer.Body.Span)!;
        edit(node);
        return answer.WithBody(Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    private static void Extend(JsonObject item)
    {
        item["futureField"] = new JsonObject { ["nested"] = new JsonArray(1, "two", null) };
        item["actorType"] = "service_account";
    }

    private static void Strip(JsonObject item)
    {
        foreach (var name in item.Select(pair => pair.Key).Where(name => !Essential.Contains(name)).ToArray())
        {
            item.Remove(name);
        }
    }

    [GeneratedRegex("<https?://[^/]+/")]
    private static partial Regex LinkHost();

    [GeneratedRegex("""(\d+):(-?\d+):0""")]
    private static partial Regex OffsetCursor();

    [GeneratedRegex("""(cursor="?)[-\d.:]+""")]
    private static partial Regex AnyCursor();
}
