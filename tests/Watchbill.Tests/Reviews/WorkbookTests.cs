using System.IO.Compression;
using MiniExcelLibs;
using Watchbill.Reviews;

namespace Watchbill.Tests.Reviews;

/// <summary>The record of a review for people who work with spreadsheets.</summary>
public sealed class WorkbookTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The workbook holds what the CSV holds, says that it is a view, and runs nothing that somebody typed.</summary>
    [Fact]
    public async Task The_workbook_is_a_view_of_the_record()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);
        await scene.DecideAsync(campaign.Id, new DraftDecision(items[0].Id, Decision.Revoke) { Reason = "=HYPERLINK(\"https://elsewhere.example.org\")" });
        var report = ReviewScene.Must(await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Ada, Stop));
        using var workbook = new MemoryStream();

        await CampaignReport.WriteWorkbookAsync(report, workbook, Stop);

        var about = workbook.Query(useHeaderRow: true, sheetName: "About").Cast<IDictionary<string, object?>>().ToDictionary(static row => $"{row["What"]}", static row => $"{row["Value"]}");
        Assert.Equal((report.RecordSha256, $"{items.Count}"), (about["SHA-256 of this record as CSV"], about["Rows in this record"]));
        var rows = workbook.Query(useHeaderRow: true, sheetName: "Record").Cast<IDictionary<string, object?>>().ToList();
        using var csv = CsvHelper.CsvReader.Create(new StringReader(CampaignReport.Csv(report.Items)), new CsvHelper.CsvReaderOptions { HasHeader = true });
        foreach (var row in rows)
        {
            Assert.True(csv.Read());
            Assert.All(row, (cell, index) => Assert.Equal(csv.GetString(row.Keys.ToList().IndexOf(cell.Key)), $"{cell.Value}"));
        }

        Assert.Equal(items.Count, rows.Count);
        using var parts = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var part in parts.Entries.Where(static part => part.FullName.Contains("sheet", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(part.Open());
            Assert.DoesNotContain("<x:f>", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
        }
    }
}
