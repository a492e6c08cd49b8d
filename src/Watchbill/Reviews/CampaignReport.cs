using System.Globalization;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>A campaign with everything that was decided and what became of it.</summary>
public sealed record ReviewReport
{
    /// <summary>The campaign.</summary>
    public required Campaign Campaign { get; init; }

    /// <summary>Every item, in the order of the population.</summary>
    public required IReadOnlyList<ReviewItem> Items { get; init; }

    /// <summary>How many items have which decision; those without one under null's place are in <see cref="Undecided"/>.</summary>
    public required IReadOnlyDictionary<Decision, int> Decisions { get; init; }

    /// <summary>How many items have which outcome.</summary>
    public required IReadOnlyDictionary<Outcome, int> Outcomes { get; init; }

    /// <summary>How many items nobody decided.</summary>
    public required int Undecided { get; init; }

    /// <summary>The counts fit: as many items as rows in the frozen population, and each in exactly one place.</summary>
    public required bool Reconciles { get; init; }

    /// <summary>The frozen population still has the hash that was noted when it was frozen.</summary>
    public required bool PopulationIsIntact { get; init; }

    /// <summary>The SHA-256 of the record as CSV.</summary>
    public required string RecordSha256 { get; init; }
}

/// <summary>The report of a campaign, with counts that reconcile with the frozen population, and its files.</summary>
public sealed class CampaignReport
{
    private static readonly ItemColumn[] Columns =
    [
        new("item", static item => item.Id.ToString()),
        new("kind", static item => Word.Of(item.Kind)),
        new("principal", static item => item.Principal),
        new("name", static item => item.Name),
        new("email", static item => item.Email),
        new("resource", static item => item.Resource),
        new("resource_name", static item => item.ResourceName),
        new("role", static item => item.Role),
        new("privileged", static item => item.IsPrivileged ? "yes" : "no"),
        new("change", static item => item.Change),
        new("advice", static item => Word.Of(item.Advice)),
        new("advice_reason", static item => item.AdviceReason),
        new("reviewer", static item => item.Reviewer.ToString()),
        new("reviewer_by", static item => item.ReviewerBy),
        new("stage", static item => item.Stage.ToString(CultureInfo.InvariantCulture)),
        new("earlier_stages", static item => string.Join("; ", item.Earlier.Select(static stage => stage.Said(Word.Of)))),
        new("decision", static item => item.Decision is { } decision ? Word.Of(decision) : null),
        new("new_role", static item => item.NewRole),
        new("until", static item => PopulationFile.Instant(item.Until)),
        new("reason", static item => item.Reason),
        new("decided_at", static item => PopulationFile.Instant(item.DecidedAt)),
        new("submitted_at", static item => PopulationFile.Instant(item.SubmittedAt)),
        new("outcome", static item => Word.Of(item.Outcome)),
        new("outcome_note", static item => item.OutcomeNote),
        new("outcome_at", static item => PopulationFile.Instant(item.OutcomeAt)),
        new("change_in_sentry", static item => item.Task?.ToString()),
    ];

    private readonly Database _database;

    internal CampaignReport(Database database) => _database = database;

    /// <summary>The report as of now; final once the campaign ended.</summary>
    public async Task<Result<ReviewReport>> RunAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        return await _database.InSnapshotAsync<Result<ReviewReport>>(
            async session =>
            {
                if (await ReviewStore.FindAsync(session, id, cancellationToken) is not { } row)
                {
                    return ReviewRefusals.NoSuchCampaign(id);
                }

                List<ReviewItem> items = [.. (await ReviewStore.ItemsAsync(session, id, cancellationToken)).Select(static item => item.ToItem())];
                var population = await ReviewStore.PopulationAsync(session, id, cancellationToken);
                return ReportOf(row.ToCampaign(), items, population);
            },
            cancellationToken);
    }

    /// <summary>The frozen population as it was kept; null before the campaign started.</summary>
    public async Task<Result<string?>> PopulationAsync(CampaignId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await ReviewStore.PopulationAsync(session, id, cancellationToken));
    }

    /// <summary>The record as CSV: every item with its decision and what became of it.</summary>
    public static string Csv(IReadOnlyList<ReviewItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return PopulationFile.Write(items, Columns);
    }

    /// <summary>
    /// The record as a workbook: a sheet that says what it is a view of, and a sheet with every item. It is a view: its bytes differ each time, the CSV is the record.
    /// Everything in it is text, so nothing that somebody typed is ever run as a formula.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where it is written; not closed.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static Task WriteWorkbookAsync(ReviewReport report, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(target);
        var sheets = new Dictionary<string, object>
        {
            ["About"] = About(report).Select(static line => new Dictionary<string, object?> { ["What"] = line.What, ["Value"] = line.Value }),
            ["Record"] = report.Items.Select(static item => Columns.ToDictionary(static column => column.Name, column => (object?)column.Value(item))),
        };
        return target.SaveAsAsync(sheets, configuration: new OpenXmlConfiguration { AutoFilter = true, FreezeRowCount = 1 }, cancellationToken: cancellationToken);
    }

    private static IEnumerable<(string What, string? Value)> About(ReviewReport report) =>
    [
        ("Review", report.Campaign.Plan.Name),
        ("Number", report.Campaign.Id.ToString()),
        ("State", Word.Of(report.Campaign.State)),
        ("Population frozen at", PopulationFile.Instant(report.Campaign.StartedAt)),
        ("Nothing was read from Sentry before", PopulationFile.Instant(report.Campaign.ReadAt)),
        ("Grants in the frozen population", report.Campaign.PopulationRows.ToString(CultureInfo.InvariantCulture)),
        ("SHA-256 of the frozen population (CSV)", report.Campaign.PopulationSha256),
        ("Rows in this record", report.Items.Count.ToString(CultureInfo.InvariantCulture)),
        ("SHA-256 of this record as CSV", report.RecordSha256),
        ("Counts reconcile with the population", report.Reconciles ? "yes" : "no"),
        ("The frozen population is intact", report.PopulationIsIntact ? "yes" : "no"),
        ("This workbook", "is a view; the CSV file with the hash above is the record"),
    ];

    private static ReviewReport ReportOf(Campaign campaign, IReadOnlyList<ReviewItem> items, string? population)
    {
        var decisions = items.Where(static item => item.Decision is not null && item.SubmittedAt is not null).CountBy(static item => item.Decision!.Value).ToDictionary();
        var undecided = items.Count - decisions.Values.Sum();
        return new ReviewReport
        {
            Campaign = campaign,
            Items = items,
            Decisions = decisions,
            Outcomes = items.CountBy(static item => item.Outcome).ToDictionary(),
            Undecided = undecided,
            Reconciles = items.Count == campaign.PopulationRows && decisions.Values.Sum() + undecided == items.Count && (population is null || RowsOf(population) == items.Count),
            PopulationIsIntact = population is null || PopulationFile.Sha256(population) == campaign.PopulationSha256,
            RecordSha256 = PopulationFile.Sha256(Csv(items)),
        };
    }

    private static int RowsOf(string population)
    {
        using var reader = CsvReader.Create(new StringReader(population), new CsvReaderOptions { HasHeader = true });
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return rows;
    }
}
