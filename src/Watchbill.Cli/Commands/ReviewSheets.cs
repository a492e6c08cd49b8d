using Watchbill.Cli.Output;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary>How access reviews are shown.</summary>
internal static class ReviewSheets
{
    private static readonly IReadOnlyList<Column<CampaignLine>> CampaignColumns =
    [
        new("id", "Review", static one => one.Id),
        new("name", "Name", static one => one.Name),
        new("state", "State", static one => one.State),
        new("grants", "Grants", static one => one.Rows),
        new("startedAt", "Started", static one => one.StartedAt),
        new("dueAt", "Due", static one => one.DueAt),
        new("endedAt", "Ended", static one => one.EndedAt) { IsOptional = true },
        new("populationSha256", null, static one => one.PopulationSha256),
        new("note", "Note", static one => one.Note),
    ];

    private static readonly IReadOnlyList<Column<ReviewLine>> ItemColumns =
    [
        new("id", "Grant", static one => one.Id),
        new("kind", "Kind", static one => one.Kind) { IsOptional = true },
        new("name", "Who", static one => one.Name),
        new("email", "Address", static one => one.Email) { IsOptional = true },
        new("resource", "On", static one => one.Resource),
        new("role", "Role", static one => one.Role),
        new("reviewer", null, static one => one.Reviewer),
        new("decision", "Decision", static one => one.Decision),
        new("reason", "Why", static one => one.Reason),
        new("submittedAt", null, static one => one.SubmittedAt),
        new("outcome", "Now", static one => one.Outcome),
        new("outcomeNote", "Proof, or what stands against it", static one => one.OutcomeNote) { IsOptional = true },
        new("changeInSentry", null, static one => one.ChangeInSentry),
    ];

    private static readonly IReadOnlyList<Column<(string Key, string Heading, Cell Value)>> LineColumns =
    [
        new("what", "", static line => line.Heading),
        new("value", "", static line => line.Value),
    ];

    public static Sheet<CampaignLine> Campaigns(IReadOnlyList<CampaignLine> campaigns) => new(CampaignColumns, campaigns)
    {
        Headline = $"{Listing.Count(campaigns.Count, "review")}.",
        WhenEmpty = "There is no review.",
    };

    public static Sheet<ReviewLine> Draft(ReviewLine item) => new(ItemColumns, [item]) { Headline = "Kept as a draft; it counts when you submit." };

    public static Sheet<ReviewLine> Report(ReportLines report) => new(ItemColumns, report.Items)
    {
        Headline = $"{report.Campaign.Name}: {report.Campaign.State}. {Listing.Count(report.Items.Count, "grant")}; {(report.Reconciles ? "the counts fit the frozen population" : "the counts do NOT fit the frozen population")}.",
        About = About(report),
    };

    public static Sheet<(string Key, string Heading, Cell Value)> Standing(ReportLines report)
    {
        (string Key, string Heading, Cell Value)[] counts =
        [
            .. report.Items.CountBy(static item => item.Outcome).Select(static pair => ($"outcome-{pair.Key}", $"Now {pair.Key}", (Cell)pair.Value)),
            ("undecided", "Not decided", report.Undecided),
            ("reconciles", "The counts fit", report.Reconciles),
            ("populationIsIntact", "The population is intact", report.PopulationIsIntact),
            ("recordSha256", "SHA-256 of the record", report.RecordSha256),
        ];
        return new(LineColumns, counts) { Headline = $"{report.Campaign.Name}: {report.Campaign.State}, {Listing.Count(report.Campaign.Rows, "grant")}.", About = About(report) };
    }

    private static IReadOnlyList<(string Key, Cell Value)> About(ReportLines report) =>
    [
        ("review", report.Campaign.Id), ("name", report.Campaign.Name), ("state", report.Campaign.State), ("grants", report.Campaign.Rows), ("populationSha256", report.Campaign.PopulationSha256),
        ("recordSha256", report.RecordSha256), ("reconciles", report.Reconciles), ("populationIsIntact", report.PopulationIsIntact),
    ];
}
