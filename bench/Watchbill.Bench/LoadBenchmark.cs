using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access.Explore;
using Watchbill.Bench.Simulated;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>
/// A full house: hundreds of people who open a page every few seconds, each with an account and a session of their own, while all organizations are to be read, some at a time. Server, simulated
/// Sentrys and readers share the machine's cores: times are upper bounds.
/// </summary>
internal sealed class LoadBenchmark(BenchOptions options, Report report)
{
    public const int People = 500;
    public const int Connectors = 50;
    private const double LongestAnswer = 300;

    /// <summary>Each person opens a page so often.</summary>
    public static readonly TimeSpan Thinks = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);
    private static readonly BenchSize Organization = new(200, 20, 60);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        await using var sentries = await SimulatedSentries.StartAsync(Connectors, Organization, cancellationToken);
        var address = DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}");
        Migrator.Migrate(address);
        await using var services = new ServiceCollection().AddWatchbill(address, workspace.KeyFolder).AddSingleton(new PublicAddress(new Uri("http://127.0.0.1"))).BuildServiceProvider();
        var connectors = await ConnectAsync(services, sentries, cancellationToken);
        var sessions = await SignInAsync(services, cancellationToken);
        await using var server = await ServedProcess.StartAsync(options, workspace, sessions[0], cancellationToken);
        await ReadAllAsync(services, connectors, cancellationToken);
        var addresses = await AddressesAsync(services, connectors, cancellationToken);
        await OpenAsync(server, (sessions, addresses), TimeSpan.FromSeconds(20), cancellationToken);
        foreach (var connector in connectors)
        {
            await services.GetRequiredService<RequestSync>().RunAsync(connector, SyncMode.Full, Caller.System, cancellationToken);
        }

        var answers = await OpenAsync(server, (sessions, addresses), Lasts, cancellationToken);
        await TellAsync(services, connectors, answers, cancellationToken);
        report.Add(new("Peak memory", $"{server.PeakMemory / (1 << 20):0} MB", "", server.PeakMemory / (double)(1 << 20), Target: null));
    }

    private static async Task<IReadOnlyList<ConnectorId>> ConnectAsync(IServiceProvider services, SimulatedSentries sentries, CancellationToken cancellationToken)
    {
        List<ConnectorId> connectors = [];
        foreach (var sentry in sentries.All)
        {
            var input = new ConnectInput { Name = $"bench-{connectors.Count}", Address = sentry.Address.AbsoluteUri, OrganizationSlug = sentry.Organization, Token = sentry.Token, BudgetShare = 1, AllowPrivateNetworks = true };
            connectors.Add((await services.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, cancellationToken)).Value.Connector.Id);
        }

        return connectors;
    }

    private static async Task<IReadOnlyList<string>> SignInAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var sessions = new string[People];
        await Parallel.ForEachAsync(Enumerable.Range(0, People), cancellationToken, async (number, stop) =>
        {
            var invited = await services.GetRequiredService<InvitePerson>().InviteAsync(new InviteInput($"reader{number}@example.com", $"Reader {number}", [Role.Auditor]), Caller.System, stop);
            var accepted = await services.GetRequiredService<AcceptInvitation>().RunAsync(
                new AcceptInput(invited.Value.Link.Address.Segments[^1], $"Reader {number}", "seven brown otters dancing"), new Visitor($"192.0.2.{number % 250}", "bench"), stop);
            sessions[number] = ((Entered.In)accepted.Value).SignedIn.Token;
        });
        return sessions;
    }

    /// <summary>Waits until every organization was read once.</summary>
    private static async Task ReadAllAsync(IServiceProvider services, IReadOnlyList<ConnectorId> connectors, CancellationToken cancellationToken)
    {
        foreach (var connector in connectors)
        {
            await services.GetRequiredService<RequestSync>().RunAsync(connector, SyncMode.Full, Caller.System, cancellationToken);
        }

        while (await EndedAsync(services, connectors, cancellationToken) < connectors.Count)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<int> EndedAsync(IServiceProvider services, IReadOnlyList<ConnectorId> connectors, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var connector in connectors)
        {
            ended += (await services.GetRequiredService<ConnectorQueries>().RunsAsync(connector, 10, Caller.System, cancellationToken)).Value.Count(static run => run.State is SyncRunState.Succeeded);
        }

        return ended;
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(IServiceProvider services, IReadOnlyList<ConnectorId> connectors, CancellationToken cancellationToken)
    {
        List<string> addresses = ["/sources", "/requests", "/reviews"];
        foreach (var connector in connectors)
        {
            var picture = (await services.GetRequiredService<ExploreAccess>().PictureAsync(Caller.System, connector, at: null, cancellationToken)).Value;
            var (member, project) = (picture.Members[0].Member.Id, picture.Projects[0].Project.Id);
            addresses.AddRange(new[] { "", "/members", "/teams?sort=-members", "/projects", $"/members/{member}", $"/projects/{project}", $"/why?member={member}&project={project}", "/changes" }.Select(page => $"/org/{connector}{page}"));
        }

        return addresses;
    }

    /// <summary>Everybody opens a page at their own time, whether or not answers of others have come.</summary>
    private static async Task<IReadOnlyList<Answered?>> OpenAsync(ServedProcess server, (IReadOnlyList<string> Sessions, IReadOnlyList<string> Addresses) who, TimeSpan lasts, CancellationToken cancellationToken)
    {
        var random = new Random(20261130);
        var between = Thinks / People;
        List<Task<Answered?>> asked = [];
        for (var clock = Stopwatch.StartNew(); between * asked.Count < lasts;)
        {
            var due = between * asked.Count;
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed, TimeProvider.System, cancellationToken);
            }

            asked.Add(TryAsync(server, who.Sessions[asked.Count % People], who.Addresses[random.Next(who.Addresses.Count)], cancellationToken));
        }

        return await Task.WhenAll(asked);
    }

    private static async Task<Answered?> TryAsync(ServedProcess server, string session, string address, CancellationToken cancellationToken)
    {
        try
        {
            return await server.AskAsync(new Ask("page", address), session, cancellationToken);
        }
        catch (Exception failed) when (failed is HttpRequestException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"    {failed.Message}");
            return null;
        }
    }

    private async Task TellAsync(IServiceProvider services, IReadOnlyList<ConnectorId> connectors, IReadOnlyList<Answered?> answers, CancellationToken cancellationToken)
    {
        var times = answers.OfType<Answered>().Select(static answer => answer.Time.TotalMilliseconds).Order().ToList();
        report.Add(new("Pages asked for", $"{answers.Count:N0}", "", answers.Count, Target: null));
        report.Add(new("Not answered, or with an error", $"{answers.Count - times.Count}", "0", answers.Count - times.Count, 0, IsCount: true));
        report.Add(new("Pages, half of all", $"{times[times.Count / 2]:0} ms", "", times[times.Count / 2], Target: null));
        report.Add(new("Pages, 95 of 100", $"{times[times.Count * 95 / 100]:0} ms", "", times[times.Count * 95 / 100], Target: null));
        report.Add(new("Pages, 99 of 100", $"{times[times.Count * 99 / 100]:0} ms", "", times[times.Count * 99 / 100], LongestAnswer));
        var ended = await EndedAsync(services, connectors, cancellationToken) - connectors.Count;
        report.Add(new("Organizations read meanwhile", $"{ended}", $"{Connectors}", (double)Connectors / Math.Max(ended, 1), 1));
    }
}
