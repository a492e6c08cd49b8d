using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Bench.Simulated;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>
/// The console's pages, asked for at a steady rate whether or not earlier answers have come, while the server reads the organization. The clock is the
/// asker's, which shares the machine's cores with the server and the simulated Sentry: times are upper bounds.
/// </summary>
internal sealed class ServerBenchmark(BenchOptions options, Welcome organization, Workspace workspace, Report report)
{
    private const int RequestsPerSecond = 50;
    private const double LargestPage = 300_000;
    private const double LongestStart = 1.5;

    private const string Org = "/org/1";

    private IReadOnlyList<string> _members = [];
    private IReadOnlyList<string> _projects = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddWatchbill(DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}"), workspace.KeyFolder);
        await using var provider = services.AddSingleton(new PublicAddress(new Uri("http://127.0.0.1"))).BuildServiceProvider();
        var session = await SignInAsync(provider, cancellationToken);
        await TellStartsAsync(session, cancellationToken);
        await using var server = await ServedProcess.StartAsync(options, workspace, session, cancellationToken);
        List<Answered> largest = [];
        foreach (var page in Pages(round: 0))
        {
            largest.Add(await server.AskAsync(page, cancellationToken));
        }

        report.Add(new("Server: largest page", $"{largest.Max(static page => page.Bytes) / 1000.0:0} kB", "", largest.Max(static page => page.Bytes), LargestPage));
        await LoadAsync(server, options.PageWarmUps * Pages(round: 0).Count(), cancellationToken);
        await provider.GetRequiredService<RequestSync>().RunAsync(new(1), SyncMode.Full, Caller.System, cancellationToken);
        var answers = await LoadAsync(server, options.PageRequests, cancellationToken);
        Tell(answers);
        await TellSlowAsync(answers);
        report.Add(new("Server: peak memory under load", $"{server.PeakMemory / (1 << 20):0} MB", "", server.PeakMemory / (double)(1 << 20), Target: null));
    }

    /// <summary>One start says little on a machine that others use too: the middle one of several is told.</summary>
    private async Task TellStartsAsync(string session, CancellationToken cancellationToken)
    {
        List<double> seconds = [];
        for (var start = 0; start < (options.IsSmoke ? 1 : 5); start++)
        {
            await using var server = await ServedProcess.StartAsync(options, workspace, session, cancellationToken);
            await server.AskAsync(new Ask("first", $"{Org}/members"), cancellationToken);
            seconds.Add(server.SinceStart.TotalSeconds);
        }

        var middle = seconds.Order().ElementAt(seconds.Count / 2);
        report.Add(new("Server: from start to first page", $"{middle:0.00} s", "", middle, LongestStart));
    }

    /// <summary>Sends on time; an answer that is late delays nobody, as with real readers.</summary>
    private async Task<IReadOnlyList<Answered>> LoadAsync(ServedProcess server, int requests, CancellationToken cancellationToken)
    {
        List<Task<Answered>> asked = [];
        var clock = Stopwatch.StartNew();
        for (var round = 0; asked.Count < requests; round++)
        {
            foreach (var page in Pages(round))
            {
                var due = TimeSpan.FromSeconds((double)asked.Count / RequestsPerSecond);
                if (due > clock.Elapsed)
                {
                    await Task.Delay(due - clock.Elapsed, TimeProvider.System, cancellationToken);
                }

                asked.Add(server.AskAsync(page, cancellationToken));
            }
        }

        return await Task.WhenAll(asked);
    }

    private void Tell(IReadOnlyList<Answered> answers)
    {
        foreach (var kind in answers.GroupBy(static answer => answer.Ask.Kind))
        {
            var times = kind.Select(static answer => answer.Time.TotalMilliseconds).Order().ToList();
            var target = kind.Key switch { "project page" => 80.0, _ => 50.0 };
            report.Add(new($"Server: {kind.Key}, half of all", $"{times[times.Count / 2]:0.0} ms", "", times[times.Count / 2], Target: null));
            report.Add(new($"Server: {kind.Key}, 99 of 100", $"{times[times.Count * 99 / 100]:0.0} ms", "", times[times.Count * 99 / 100], target));
        }
    }

    /// <summary>When answers were late: many in one second were held up by one thing.</summary>
    private static async Task TellSlowAsync(IReadOnlyList<Answered> answers)
    {
        foreach (var second in answers.Where(static answer => answer.Time.TotalMilliseconds > 50).GroupBy(static answer => (int)answer.At.TotalSeconds))
        {
            await Console.Error.WriteLineAsync($"    second {second.Key}: {second.Count()} answers took over 50 ms, the slowest {second.Max(static answer => answer.Time.TotalMilliseconds):0} ms");
        }
    }

    private IEnumerable<Ask> Pages(int round)
    {
        var member = organization.SomeMembers[round % organization.SomeMembers.Count];
        var project = organization.SomeProjects[round % organization.SomeProjects.Count];
        var part = (round % 20) + 1;
        yield return new("tables", $"{Org}/members?page={part}");
        yield return new("tables", $"{Org}/members?q={Uri.EscapeDataString(member[..3])}&sort=-reaches");
        yield return new("tables", $"{Org}/members?role=member&2fa=no&sort=name&page={part}");
        yield return new("tables", $"{Org}/teams?sort=-members&page={part % 5 + 1}");
        yield return new("tables", $"{Org}/projects?sort=-held&page={part}");
        yield return new("member page", $"{Org}/members/{_members[round % _members.Count]}");
        yield return new("project page", $"{Org}/projects/{_projects[round % _projects.Count]}");
        yield return new("search", $"/search?q={Uri.EscapeDataString(project.Length > 4 ? project[..4] : project)}");
        yield return new("overview", Org);
        yield return new("why", $"{Org}/why?member={_members[round % _members.Count]}&project={_projects[round % _projects.Count]}");
    }

    private async Task<string> SignInAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var picture = (await provider.GetRequiredService<Access.Explore.ExploreAccess>().PictureAsync(Caller.System, new(1), at: null, cancellationToken)).Value;
        _members = [.. picture.Members.Where((_, index) => index % 97 == 0).Select(static row => row.Member.Id)];
        _projects = [.. picture.Projects.Where((_, index) => index % 53 == 0).Select(static row => row.Project.Id)];
        var invited = await provider.GetRequiredService<InvitePerson>().InviteAsync(new InviteInput("reader@example.com", "Robin Reader", [Role.Auditor]), Caller.System, cancellationToken);
        var accepted = await provider.GetRequiredService<AcceptInvitation>().RunAsync(
            new AcceptInput(invited.Value.Link.Address.Segments[^1], "Robin Reader", "seven brown otters dancing"), new Visitor("127.0.0.1", "bench"), cancellationToken);
        return ((Entered.In)accepted.Value).SignedIn.Token;
    }
}

/// <summary>A page to ask for.</summary>
internal sealed record Ask(string Kind, string Path);

/// <summary>What came back.</summary>
/// <param name="Ask">To what.</param>
/// <param name="At">When it was asked for, after the server was started.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Bytes">How much it was.</param>
internal sealed record Answered(Ask Ask, TimeSpan At, TimeSpan Time, long Bytes);
