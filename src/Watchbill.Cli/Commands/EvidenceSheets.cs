using Watchbill.Cli.Output;
using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>How evidence is shown.</summary>
internal static class EvidenceSheets
{
    private static readonly IReadOnlyList<Column<EvidenceStanding>> StandingColumns =
    [
        new("kind", "Kind", static one => one.Definition.Name),
        new("kept", "Kept", static one => one.Complete?.Kept),
        new("collectedAt", "As of", static one => one.Complete?.StartedAt),
        new("remaining", "Still to read", static one => one.Complete?.Remaining),
        new("latest", "Last collection", static one => one.Latest is { } latest ? Word.Of(latest.State) : one.Definition.IsOnDemand ? "on demand" : "never"),
        new("problem", "Problem", static one => one.Problem) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<Collection>> CollectionColumns =
    [
        new("id", "Collection", static one => one.Id.Value),
        new("kind", "Kind", static one => EvidenceKinds.Of(one.Kind).Name),
        new("state", "State", static one => Word.Of(one.State)),
        new("startedAt", "As of", static one => one.StartedAt),
        new("requests", "Requests", static one => one.Requests),
        new("rows", "Rows", static one => one.Rows),
        new("reported", "Sentry counts", static one => one.Reported) { IsOptional = true },
        new("opened", "New", static one => one.Opened),
        new("changed", "Changed", static one => one.Changed),
        new("closed", "Gone", static one => one.Closed),
        new("note", "Note", static one => one.Note) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<EvidenceRecord>> RecordColumns =
    [
        new("key", "Key", static row => row.Key),
        new("name", "Name", static row => row.Name),
        new("parent", "Of", static row => row.Parent) { IsOptional = true },
        new("state", "State", static row => row.State) { IsOptional = true },
        new("at", "Made", static row => row.At) { IsOptional = true },
        new("lastAt", "Last seen", static row => row.LastAt) { IsOptional = true },
        new("from", "Known since", static row => row.From),
        new("to", "Until", static row => row.To) { IsOptional = true },
        new("document", "Document", static row => row.Document),
        new("counters", "Counters", static row => row.Counters) { IsOptional = true },
    ];

    public static Sheet<EvidenceStanding> Standings(string connector, IReadOnlyList<EvidenceStanding> standings) => new(StandingColumns, standings)
    {
        Headline = $"Evidence collected from {connector}.",
    };

    public static Sheet<Collection> Collections(IReadOnlyList<Collection> collections) => new(CollectionColumns, collections)
    {
        Headline = $"{Listing.Count(collections.Count, "collection")}, {Listing.Count((int)collections.Sum(static one => one.Requests), "request")}.",
    };

    public static Sheet<EvidenceRecord> Records(EvidenceDefinition kind, EvidenceList page) => new(RecordColumns, page.Rows)
    {
        Headline = page.Source is { } source
            ? $"{Listing.Count((int)Math.Min(page.Count ?? page.Rows.Count, int.MaxValue), "record")} of {kind.Title.ToLowerInvariant()}{(page.Rows.Count < page.Count ? $" (the first {page.Rows.Count:N0} are shown)" : "")}, as of {((Cell)source.StartedAt).ForPeople()} UTC."
            : $"{kind.Title} were never collected completely.",
        About = [("total", page.Count), ("collection", page.Source?.Id.Value), ("asOf", page.Source?.StartedAt)],
    };

    public static Sheet<EvidenceRecord> History(IReadOnlyList<EvidenceRecord> periods) => new(RecordColumns, periods)
    {
        Headline = $"{Listing.Count(periods.Count, "period")} of {periods[0].Name}.",
    };
}
