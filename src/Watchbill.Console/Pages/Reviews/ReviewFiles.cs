using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Reviews;

namespace Watchbill.Console.Pages.Reviews;

/// <summary>The frozen population and the record of a review, byte for byte as their hashes say.</summary>
internal static class ReviewFiles
{
    public static void MapReviewDownloads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/reviews/{campaign:long}").RequireAuthorization(new NeedsAttribute(Right.ReadAccess)).ExcludeFromDescription();
        group.MapGet("/population.csv", async (long campaign, CampaignReport reports, CurrentCaller me, CancellationToken cancellationToken) =>
            await reports.PopulationAsync(new CampaignId(campaign), me.Caller, cancellationToken) is { Succeeded: true, Value: { } content } ? File(content, $"review-{campaign}-population.csv") : Results.NotFound());
        group.MapGet("/record.csv", async (long campaign, CampaignReport reports, CurrentCaller me, CancellationToken cancellationToken) =>
            await reports.RunAsync(new CampaignId(campaign), me.Caller, cancellationToken) is { Succeeded: true, Value: { } report } ? File(CampaignReport.Csv(report.Items), $"review-{campaign}-record.csv") : Results.NotFound());
        group.MapGet("/record.xlsx", async (long campaign, CampaignReport reports, CurrentCaller me, CancellationToken cancellationToken) =>
            await reports.RunAsync(new CampaignId(campaign), me.Caller, cancellationToken) is { Succeeded: true, Value: { } report } ? await WorkbookAsync(report, cancellationToken) : Results.NotFound());
    }

    private static async Task<IResult> WorkbookAsync(ReviewReport report, CancellationToken cancellationToken)
    {
        var workbook = new MemoryStream();
        await CampaignReport.WriteWorkbookAsync(report, workbook, cancellationToken);
        workbook.Position = 0;
        return Results.File(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"review-{report.Campaign.Id}-record.xlsx");
    }

    private static IResult File(string content, string name) => Results.File(Encoding.UTF8.GetBytes(content), "text/csv; charset=utf-8", name);
}
