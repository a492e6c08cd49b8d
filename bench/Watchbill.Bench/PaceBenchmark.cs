using System.Diagnostics;
using System.Net;
using Watchbill.Bench.Simulated;
using Watchbill.Sentry;

namespace Watchbill.Bench;

/// <summary>How well the client uses the share of the rate limit that it may use, and what is left for others.</summary>
internal sealed class PaceBenchmark(BenchOptions options, SimulatedSentry sentry, Report report)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await MeasureAsync(share: 0.7, otherPerSecond: 0, cancellationToken);
        await MeasureAsync(share: 1, otherPerSecond: 0, cancellationToken);
        await MeasureAsync(share: 0.7, otherPerSecond: 10, cancellationToken);
    }

    private async Task MeasureAsync(double share, int otherPerSecond, CancellationToken cancellationToken)
    {
        await sentry.TakeAskedAsync(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var others = Task.WhenAll(Enumerable.Range(0, otherPerSecond > 0 ? 1 : 0).Select(_ => BeSomebodyElseAsync(otherPerSecond, done.Token)));
        var (wall, refused) = await ReadAsync(share, cancellationToken);
        await done.CancelAsync();
        await others;
        var asked = await sentry.TakeAskedAsync(cancellationToken);
        var ideal = (options.PacedRequests / (share * BenchSize.RequestsPerSecond)) + BenchSize.Latency.TotalSeconds;
        var name = $"Client at share {share:0.0#}" + (otherPerSecond > 0 ? $", somebody else at {otherPerSecond}/s" : "");
        report.Add(new($"{name}: {options.PacedRequests} requests", $"{wall.TotalSeconds:0.0} s", $"{ideal:0.0} s", wall.TotalSeconds / ideal, 1.25));
        report.Add(new($"{name}: its answers with 429", $"{refused}", "0", refused, share < 1 ? 0 : null));
        report.Add(new($"{name}: all answers with 429", $"{asked.Refused}", "0", asked.Refused, share < 1 ? 0 : null));
    }

    private async Task<(TimeSpan Wall, long Refused)> ReadAsync(double share, CancellationToken cancellationToken)
    {
        var slugs = sentry.Welcome.TeamSizes.Keys.ToList();
        using var client = new SentryClient(new SentryClientOptions
        {
            BaseAddress = sentry.Welcome.Address,
            Token = SentryToken.Parse(sentry.Welcome.Token),
            BudgetShare = share,
            AllowPrivateNetworks = true,
        });
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, options.PacedRequests).Select(async number =>
        {
            await using var pages = client.Teams.ListMembers(sentry.Welcome.Organization, slugs[number % slugs.Count]).Pages(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await pages.MoveNextAsync();
        }));
        return (clock.Elapsed, client.Statistics.RateLimited);
    }

    /// <summary>A plain script of somebody else in the organization, which neither paces itself nor retries.</summary>
    private async Task BeSomebodyElseAsync(int perSecond, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sentry.Welcome.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", sentry.Welcome.Token);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), TimeProvider.System);
        try
        {
            while (await beat.WaitForNextTickAsync(cancellationToken))
            {
                using var answer = await http.GetAsync($"api/0/organizations/{sentry.Welcome.Organization}/environments/", cancellationToken);
                Debug.Assert(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
            }
        }
        catch (OperationCanceledException)
        {
            // It stops when the measured client is done.
        }
    }
}
