using CsCheck;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>Random histories of an organization, read by random runs: the ledger must say what a naive list says.</summary>
public sealed class LedgerModelTests
{
    private const int NotRead = -2;
    private const int Failed = -1;
    private const int Discarded = 0;
    private const int Interrupted = 1;
    private static readonly string[] Teams = ["10", "20", "30"];

    /// <summary>
    /// For each of three teams' memberships: not read, failed, or what was read, as a number of three ternary digits (per member: absent,
    /// plain, team admin). Then how the run ends.
    /// </summary>
    private static readonly Gen<(int[] Reads, int End)[]> Histories =
        Gen.Select(Gen.Int[NotRead, 26].Array[Teams.Length], Gen.Int[0, 5]).Array[1, 8];

    [Theory, EveryEngine]
    public async Task The_ledger_equals_a_naive_model(TestEngine engine)
    {
        var histories = engine is TestEngine.Sqlite ? 60 : 10;
        await Histories.SampleAsync(history => CheckAsync(engine, history), iter: histories, threads: 1);
    }

    private static async Task CheckAsync(TestEngine engine, (int[] Reads, int End)[] history)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        var model = new LedgerModel();
        for (var run = 1; run <= history.Length; run++)
        {
            await RunAsync(harness, model, run, history[run - 1]);
            Assert.Equal(model.Periods(), await harness.PeriodsAsync<TeamMembershipFact>());
        }
    }

    private static async Task RunAsync(LedgerHarness harness, LedgerModel model, int run, (int[] Reads, int End) plan)
    {
        if (run > 1)
        {
            await harness.Ledger.AdoptAsync(Run(run - 1), Run(run), CancellationToken.None);
        }

        for (var i = 0; i < Teams.Length; i++)
        {
            var hour = (run * Teams.Length) + i;
            await ReadAsync(harness, model, (run, Teams[i], hour), plan.Reads[i]);
        }

        switch (plan.End)
        {
            case Interrupted:
                break;
            case Discarded:
                await harness.Ledger.DiscardAsync(Run(run), CancellationToken.None);
                model.Discard();
                break;
            default:
                await harness.ApplyAsync(run);
                model.Apply(run);
                break;
        }
    }

    private static async Task ReadAsync(LedgerHarness harness, LedgerModel model, (int Run, string Team, int Hour) at, int read)
    {
        switch (read)
        {
            case NotRead:
                break;
            case Failed:
                await harness.Ledger.MarkStaleAsync(Connector, [new(Scope.TeamMembers(at.Team), "No answer.")], At(at.Hour), CancellationToken.None);
                break;
            default:
                var members = MembersOf(read);
                await harness.StageAsync(at.Run, Members(at.Hour, at.Team, [.. members.Select(member => Membership(at.Team, member.Key, member.Value))]));
                model.Stage(at.Team, at.Hour, members);
                break;
        }
    }

    private static Dictionary<string, string?> MembersOf(int read)
    {
        var members = new Dictionary<string, string?>();
        for (var member = 1; member <= 3; member++, read /= 3)
        {
            if (read % 3 != 0)
            {
                members.Add($"{member}", read % 3 == 1 ? null : "admin");
            }
        }

        return members;
    }

    /// <summary>The rules of the ledger, written down as simply as possible and without regard to cost.</summary>
    private sealed class LedgerModel
    {
        private readonly List<Period> _periods = [];
        private readonly Dictionary<string, int> _lastRun = [];
        private Dictionary<string, (int Hour, Dictionary<string, string?> Members)> _staged = [];

        public void Stage(string team, int hour, Dictionary<string, string?> members) => _staged[team] = (hour, members);

        public void Discard() => _staged = [];

        public void Apply(int run)
        {
            foreach (var (team, read) in _staged)
            {
                foreach (var period in _periods.Where(period => period.Team == team && period.To is null).ToList())
                {
                    if (!read.Members.TryGetValue(period.Member, out var role) || role != period.Role)
                    {
                        (period.To, period.LastRun) = (read.Hour, _lastRun[team]);
                    }
                }

                foreach (var (member, role) in read.Members.Where(member => !_periods.Any(period => period.Team == team && period.Member == member.Key && period.To is null)))
                {
                    _periods.Add(new Period { Team = team, Member = member, Role = role, From = read.Hour, FirstRun = run });
                }

                _lastRun[team] = run;
            }

            _staged = [];
        }

        public IEnumerable<string> Periods() => _periods
            .OrderBy(period => $"{period.Team}:{period.Member}", StringComparer.Ordinal).ThenBy(period => period.From)
            .Select(period => $"{period.Team}:{period.Member} [{period.From},{period.To}) {period.FirstRun}..{period.LastRun}");
    }

    private sealed class Period
    {
        public required string Team { get; init; }

        public required string Member { get; init; }

        public string? Role { get; init; }

        public int From { get; init; }

        public int? To { get; set; }

        public int FirstRun { get; init; }

        public int? LastRun { get; set; }
    }
}
