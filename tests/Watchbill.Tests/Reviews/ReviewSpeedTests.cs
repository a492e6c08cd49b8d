using System.Diagnostics;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>Measures a review of some fifty thousand grants; run it by name, on a quiet machine.</summary>
public sealed class ReviewSpeedTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Explicit = true), EveryEngine]
    public async Task Fifty_thousand_items(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false, size: new OrganizationSize(Members: 12_000, Teams: 1000, Projects: 500, AuditRows: 10));
        var prepared = await scene.PrepareAsync();
        var campaign = await TimeAsync("started", async () => ReviewScene.Must(await scene.Get<StartCampaign>().RunAsync(prepared.Id, ReviewScene.Ada, Stop)));
        output.WriteLine($"{campaign.PopulationRows} items");
        List<double> pages = [];
        for (var page = 0; page < 200; page++)
        {
            var watch = Stopwatch.StartNew();
            var search = new ItemSearch { Campaign = campaign.Id, Reviewer = Accounts.Ben.Id, Open = true, Offset = page * 25, Limit = 25 };
            ReviewScene.Must(await scene.Get<ManageCampaigns>().ItemsAsync(search, ReviewScene.Ben, Stop));
            pages.Add(watch.Elapsed.TotalMilliseconds);
        }

        output.WriteLine($"a page of 25: median {pages.Order().ElementAt(100):0.0} ms, 99 of 100 within {pages.Order().ElementAt(197):0.0} ms");
        var items = await TimeAsync("report", () => scene.ItemsAsync(campaign.Id));
        await TimeAsync("1,000 drafts", async () => ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(
            campaign.Id, [.. items.Where(static item => item.Reviewer == Accounts.Ben.Id).Take(1000).Select(static item => new DraftDecision(item.Id, Decision.Certify) { Reason = "Needed." })], ReviewScene.Ben, Stop)));
        await TimeAsync("submitted", async () => ReviewScene.Must(await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ReviewScene.Ben, Stop)));
        await TimeAsync("closed", () => scene.CloseAsync(campaign.Id));
    }

    private async Task<T> TimeAsync<T>(string what, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        return result;
    }
}
