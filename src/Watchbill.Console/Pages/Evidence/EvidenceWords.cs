using System.Globalization;
using System.Text.Json;
using Watchbill.Access.Explore;
using Watchbill.Console.Shared;
using Watchbill.Evidence;

namespace Watchbill.Console.Pages.Evidence;

/// <summary>How evidence is called on screen, and in which mood.</summary>
internal static class EvidenceWords
{
    public static string Of(CollectionState state) => state switch
    {
        CollectionState.Running => "Collecting",
        CollectionState.Complete => "Complete",
        CollectionState.Failed => "Failed",
        CollectionState.Unavailable => "Not available",
        CollectionState.Interrupted => "Interrupted",
    };

    public static Tone ToneOf(CollectionState state) => state switch
    {
        CollectionState.Complete => Tone.Good,
        CollectionState.Running => Tone.Info,
        CollectionState.Failed => Tone.Bad,
        CollectionState.Unavailable => Tone.Warning,
        CollectionState.Interrupted => Tone.Plain,
    };

    /// <summary>What somebody can do about a collection that is not complete; null when there is nothing.</summary>
    public static string? Remedy(EvidenceStanding standing) => standing.Latest switch
    {
        { State: CollectionState.Unavailable } => $"Give the token {string.Join(" or ", standing.Definition.Scopes)}, or leave it: an older Sentry may not have it.",
        { IsHeld: true } => "Collect again and accept the loss, if it is right.",
        { State: CollectionState.Failed } => "It is tried again within the hour.",
        { State: CollectionState.Interrupted } => "It is collected again by itself.",
        _ => null,
    };

    /// <summary>How far a running collection is.</summary>
    public static string SoFar(Collection running) => running switch
    {
        { Rows: 0, Requests: 0 } => "Begins.",
        { Rows: 0 } => $"Reading: {Counted(running.Requests, "request")} so far.",
        { Reported: { } reported } => $"Reading: {running.Rows:N0} of about {Counted(reported, "row")}, {Counted(running.Requests, "request")} so far.",
        _ => $"Reading: {Counted(running.Rows, "row")}, {Counted(running.Requests, "request")} so far.",
    };

    private static string Counted(long count, string one) => $"{count:N0} {one}{(count == 1 ? "" : "s")}";

    public static string Took(Collection collection) =>
        collection.EndedAt is { } end ? (end - collection.StartedAt).TotalSeconds is < 60 and var seconds ? $"{seconds:0.#} s" : $"{(end - collection.StartedAt).TotalMinutes:0.#} min" : "still running";

    /// <summary>The fields of a document, as lines.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(static field => (field.Name, Text(field.Value)))];
    }

    /// <summary>The fields of a document with what each was before.</summary>
    /// <param name="now">The document.</param>
    /// <param name="before">The one of the period before; null when there was none.</param>
    /// <param name="isWhole">All fields; those that differ only, otherwise.</param>
    public static IEnumerable<(string Name, string Value, string? Before)> Differences(string now, string? before, bool isWhole)
    {
        var (fields, old) = (Fields(now), Fields(before).ToDictionary(static field => field.Name, static field => field.Value));
        foreach (var (name, value) in fields)
        {
            var was = before is null || old.GetValueOrDefault(name) == value ? null : old.GetValueOrDefault(name) ?? "not there";
            if (isWhole || before is null || was is not null)
            {
                yield return (name, value, was);
            }
        }

        foreach (var (name, value) in old.Where(field => fields.All(known => known.Name != field.Key)))
        {
            yield return (name, "not there any more", value);
        }
    }

    /// <summary>What a record belongs to, as people call it.</summary>
    public static string? ParentName(EvidenceRecord row, OrganizationPicture picture) =>
        row.Parent is { } parent && EvidenceKinds.Of(row.Kind).Part is not ("issue" or "release") && picture.Graph.FindProject(parent) is { } project ? project.Slug : row.Parent;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString()!.Contains('T', StringComparison.Ordinal) && value.TryGetDateTimeOffset(out var at) =>
            at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(" ", value.EnumerateObject().Select(static field => $"{field.Name}: {Text(field.Value)}")),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.ToString(),
    };
}
