using Watchbill.Cli.Output;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary>How access that ends by itself is shown.</summary>
internal static class RequestSheets
{
    private static readonly IReadOnlyList<Column<PlaceLine>> PlaceColumns =
    [
        new("kind", "Kind", static one => one.Kind),
        new("name", "Name", static one => one.Name),
        new("role", "Role", static one => one.Role),
        new("project", "Leads to", static one => one.Project) { IsOptional = true },
        new("longestMinutes", "At most (min)", static one => one.LongestMinutes),
        new("held", "Now", static one => one.Held) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<RequestLine>> RequestColumns =
    [
        new("id", "Request", static one => one.Id),
        new("name", "Who", static one => one.Name),
        new("resource", "On", static one => one.Resource),
        new("role", "Role", static one => one.Role),
        new("project", "For", static one => one.Project) { IsOptional = true },
        new("minutes", "Minutes", static one => one.Minutes),
        new("state", "State", static one => one.State),
        new("emergency", null, static one => one.IsEmergency),
        new("reason", "Why", static one => one.Reason),
        new("ticket", null, static one => one.Ticket),
        new("askedAt", "Asked", static one => one.AskedAt),
        new("decidedAt", null, static one => one.DecidedAt),
        new("note", "Note", static one => one.Note) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<GrantLine>> GrantColumns =
    [
        new("id", "Grant", static one => one.Id),
        new("request", "Request", static one => one.Request),
        new("member", "Member", static one => one.Member),
        new("team", "Team", static one => one.Team) { IsOptional = true },
        new("role", "Role", static one => one.Role),
        new("state", "State", static one => one.State),
        new("provisioning", "In Sentry", static one => one.Provisioning),
        new("startsAt", null, static one => one.StartsAt),
        new("endsAt", "Ends", static one => one.EndsAt),
        new("provenAt", null, static one => one.ProvenAt),
        new("note", "Note", static one => one.Note) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<DriftLine>> DriftColumns =
    [
        new("id", "Drift", static one => one.Id),
        new("kind", "What", static one => one.Kind),
        new("state", "State", static one => one.State),
        new("name", "Who", static one => one.Name),
        new("resource", "On", static one => one.Resource),
        new("foundRole", "Sentry shows", static one => one.FoundRole),
        new("by", "By", static one => one.LoggedActor),
        new("foundAt", "Found", static one => one.FoundAt),
        new("reason", "Why", static one => one.Reason) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<(string Key, string Heading, Cell Value)>> LineColumns =
    [
        new("what", "", static line => line.Heading),
        new("value", "", static line => line.Value),
    ];

    public static Sheet<PlaceLine> Places(IReadOnlyList<PlaceLine> places) => new(PlaceColumns, places)
    {
        Headline = $"{Listing.Count(places.Count, "thing")} to ask for.",
        WhenEmpty = "Nothing of that name can be asked for.",
    };

    public static Sheet<RequestLine> Requests(IReadOnlyList<RequestLine> requests) => new(RequestColumns, requests)
    {
        Headline = $"{Listing.Count(requests.Count, "request")}.",
        WhenEmpty = "There is no request.",
    };

    public static Sheet<GrantLine> Grants(IReadOnlyList<GrantLine> grants) => new(GrantColumns, grants)
    {
        Headline = $"{Listing.Count(grants.Count, "temporary grant")}.",
        WhenEmpty = "No temporary access is there now.",
    };

    public static Sheet<DriftLine> Drifts(IReadOnlyList<DriftLine> drifts) => new(DriftColumns, drifts)
    {
        Headline = $"{Listing.Count(drifts.Count, "place")} where Sentry shows something else than what was granted.",
        WhenEmpty = "Nothing differs from what was granted.",
    };

    public static Sheet<PolicyChangeLine> PolicyChanges(IReadOnlyList<PolicyChangeLine> changes) => new([new("name", "Policy", static one => one.Name), new("change", "Change", static one => one.Change)], changes)
    {
        Headline = $"{Listing.Count(changes.Count, "policy", "policies")}.",
        WhenEmpty = "The file holds no policy.",
    };

    public static Sheet<(string Key, string Heading, Cell Value)> Page(RequestPage page)
    {
        var request = page.Request;
        List<(string, string, Cell)> lines =
        [
            ("id", "Request", request.Id), ("who", "Who", request.Name), ("resource", "On", request.Resource), ("role", "Role", request.Role), ("state", "State", request.State),
            ("reason", "Why", request.Reason), ("minutes", "Minutes", request.Minutes), ("askedAt", "Asked", request.AskedAt),
        ];
        lines.AddRange(page.Steps.Select(static (step, index) => ($"step{index + 1}", $"Decides, step {index + 1}", (Cell)step)));
        lines.AddRange(page.Said.Select(static (said, index) => ($"said{index + 1}", "Said", (Cell)said)));
        if (page.Grant is { } grant)
        {
            lines.AddRange([("grant", "Grant", grant.Id), ("grantState", "Stands", $"{grant.State}, {grant.Provisioning}"), ("endsAt", "Ends", grant.EndsAt)]);
        }

        return new(LineColumns, lines);
    }
}
