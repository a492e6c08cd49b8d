namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>How often each value of one tag occurs among the stored events of an issue.</summary>
internal sealed record TagCounts(string Key, IReadOnlyList<TagValue> Values)
{
    public string Name => Naming(Key);

    public int Total => Values.Sum(value => value.Count);

    /// <summary>All tags of the issue, by key; within a tag the commonest value first.</summary>
    public static IReadOnlyList<TagCounts> Of(Organization organization, Issue issue) =>
    [
        .. organization.Evidence.Events.Of(issue)
            .SelectMany(@event => @event.Tags.Select(tag => (tag.Key, tag.Value, @event.Time)))
            .GroupBy(tag => tag.Key, StringComparer.Ordinal)
            .OrderBy(tags => tags.Key, StringComparer.Ordinal)
            .Select(tags => new TagCounts(tags.Key, ValuesOf(tags))),
    ];

    /// <summary>Adds up counts of one key from several issues.</summary>
    public static TagCounts Sum(IGrouping<string, TagCounts> parts) => new(parts.Key,
    [
        .. parts.SelectMany(part => part.Values)
            .GroupBy(value => value.Value, StringComparer.Ordinal)
            .Select(same => new TagValue(same.Key, same.Sum(value => value.Count), same.Min(value => value.FirstSeen), same.Max(value => value.LastSeen)))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal),
    ]);

    /// <summary>The words Sentry shows for a key: <c>server_name</c> becomes <c>Server Name</c>.</summary>
    public static string Naming(string key) =>
        string.Join(' ', key.Split('_', '.').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static List<TagValue> ValuesOf(IEnumerable<(string Key, string Value, DateTimeOffset Time)> tags) =>
    [
        .. tags.GroupBy(tag => tag.Value, StringComparer.Ordinal)
            .Select(same => new TagValue(same.Key, same.Count(), same.Min(tag => tag.Time), same.Max(tag => tag.Time)))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal),
    ];
}

internal sealed record TagValue(string Value, int Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
