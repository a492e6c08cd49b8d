using Watchbill.Kernel;
using Watchbill.Packs.Container;
using Watchbill.Reviews;

namespace Watchbill.Packs.Parts;

/// <summary>The access reviews that ended in the period: the frozen population, every decision with what became of it, and the figures.</summary>
internal static class ReviewsPart
{
    public static async Task WriteAsync(PackWriter pack, PackScope scope)
    {
        foreach (var row in await PackStore.CampaignsAsync(scope))
        {
            var campaign = row.ToCampaign();
            var folder = $"data/reviews/{campaign.Id}";
            IReadOnlyList<ReviewItem> items = [.. (await ReviewStore.ItemsAsync(scope.Session, campaign.Id, scope.CancellationToken)).Select(static item => item.ToItem())];
            if (await ReviewStore.PopulationAsync(scope.Session, campaign.Id, scope.CancellationToken) is { } population)
            {
                await pack.AddAsync($"{folder}/population.csv", population);
            }

            await pack.AddAsync($"{folder}/record.csv", CampaignReport.Csv(items));
            await pack.AddAsync($"{folder}/campaign.json", PackJson.Of(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("campaign", campaign.Id.Value);
                writer.WriteString("name", campaign.Plan.Name);
                writer.WriteString("state", Word.Of(campaign.State));
                writer.WriteString("startedAt", PopulationFile.Instant(campaign.StartedAt));
                writer.WriteString("endedAt", PopulationFile.Instant(campaign.EndedAt));
                writer.WriteString("nothingReadBefore", PopulationFile.Instant(campaign.ReadAt));
                writer.WriteNumber("populationRows", campaign.PopulationRows);
                writer.WriteString("populationSha256", campaign.PopulationSha256);
                writer.WriteNumber("recordRows", items.Count);
                writer.WriteEndObject();
            }));
        }
    }
}
