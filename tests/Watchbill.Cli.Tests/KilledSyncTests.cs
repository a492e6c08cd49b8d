using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests;

/// <summary>
/// The real executable, killed without warning at chosen points of a sync and started again: no fact is lost, none invented, none doubled.
/// The points are counted in requests that the simulated Sentry has answered, so that no test has to wait for a time.
/// </summary>
public sealed class KilledSyncTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SimulatorServer _sentry = null!;

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("WATCHBILL_CHAOS_ROUNDS"), out var rounds) ? Math.Clamp(rounds, 1, 10_000) : 8;

    private string Database => _folder.File("watchbill.db");

    [Fact]
    public async Task Killed_at_any_point_the_next_run_ends_where_an_undisturbed_one_would()
    {
        await ConnectAsync();
        var whole = await CountRequestsAsync();
        AssertLedgerIsTruth();

        foreach (var share in (double[])[0.02, 0.3, 0.6, 0.9, 0.99, 1, 1])
        {
            Change();
            await KillAfterAsync((int)(whole * share));
            AssertNoPeriodIsDoubled();
        }

        Assert.Equal(0, await RunAsync("sync"));
        AssertLedgerIsTruth();
        AssertNoPeriodIsDoubled();
        Assert.Equal(0, await RunAsync("evidence", "verify-log"));
    }

    /// <summary>Full runs, runs of changes and collections, each killed somewhere or not: bounded here, longer with <c>WATCHBILL_CHAOS_ROUNDS</c>.</summary>
    [Fact]
    public async Task Killed_at_random_whatever_it_does_nothing_is_lost_invented_or_doubled()
    {
        await ConnectAsync(readsAuditLog: true);
        var whole = await CountRequestsAsync();
        var random = new Random(20261128);
        for (var round = 0; round < Rounds; round++)
        {
            Change();
            string[] command = random.GetItems<string[]>([["sync"], ["sync", "--incremental"], ["collect", "--kind", "issues", "--kind", "releases", "--kind", "project-settings"]], 1)[0];
            await KillAfterAsync(random.Next(whole + 20), command);
            AssertWhole();
        }

        Assert.Equal(0, await RunAsync("sync"));
        Assert.Equal(0, await RunAsync("collect", "--kind", "issues", "--kind", "releases", "--kind", "project-settings"));
        AssertLedgerIsTruth();
        AssertWhole();
        Assert.Equal(_sentry.World.Organization("acme").Projects.Select(static project => $"{project.Id}").Order(StringComparer.Ordinal), OpenEvidence("ProjectSettings"));
        Assert.Empty(Query("SELECT key FROM collected_staged"));
        Assert.Equal(0, await RunAsync("evidence", "verify-log"));
    }

    /// <summary>A disk that is full in the middle: the operating system refuses to let any file grow further.</summary>
    [Fact]
    public async Task A_disk_that_is_full_is_told_and_nothing_half_done_stays()
    {
        await ConnectAsync();
        Assert.Equal(0, await RunAsync("sync"));
        List<string> before = [.. OpenKeys("member_fact")];
        for (var more = 0; more < 40; more++)
        {
            Change();
        }

        foreach (var command in (string[][])[["sync"], ["collect", "--kind", "issues"]])
        {
            using var process = Start(command, mostKilobytesOfAFile: 40);
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal(1, process.ExitCode);
            Assert.Contains("Check the disk", await output + await error, StringComparison.Ordinal);
            AssertWhole();
        }

        Assert.Equal(before, OpenKeys("member_fact"));
        Assert.Equal(0, await RunAsync("sync"));
        AssertLedgerIsTruth();
    }

    /// <summary>A change, killed anywhere between its wish and its proof: what was written down takes effect, and once.</summary>
    [Fact]
    public async Task Killed_at_any_point_of_a_change_it_takes_effect_once()
    {
        await ConnectAsync();
        Assert.Equal(0, await RunAsync("sync"));
        var acme = _sentry.World.Organization("acme");
        var owner = acme.Members.First(static member => member is { Role.Id: "owner", IsPending: false }).User!;
        await File.WriteAllTextAsync(_folder.File("owner"), acme.IssueToken(TokenKind.Personal, owner.Id, "org:read", "org:write", "org:admin", "member:read", "member:admin"));
        Assert.Equal(0, await RunAsync("provisioning", "on", "--token-file", _folder.File("owner")));
        var leavers = acme.Members.Where(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }).Select(static member => $"{member.Id}").ToList();
        List<string> removals = [];

        foreach (var (requests, leaver) in new[] { 1, 4, 6, 7, 8, 9, 10, 11, 12, 13 }.Zip(leavers))
        {
            await KillAfterAsync(requests, "provisioning", "request", "remove-member", "--member", leaver, "--reason", "Left");
            Note();
        }

        _sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("provisioning", "request", "remove-member", "--member", leavers[^1], "--reason", "Left"));
        Note();
        var asked = Query("SELECT member FROM provisioning_task").Order(StringComparer.Ordinal).ToList();
        Assert.InRange(asked.Count, 4, 11);
        Assert.Equal(["Proven"], Query("SELECT DISTINCT state FROM provisioning_task"));
        Assert.Equal(asked, removals.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(acme.Members, member => asked.Contains($"{member.Id}"));

        void Note() => removals.AddRange(_sentry.RequestLog.Entries.Where(static request => request is { Method: "DELETE", Status: 204 }).Select(static request => request.Path.Split('/')[^2]));
    }

    /// <summary>A review, killed anywhere between its close and the proof of what it revoked: closed whole or not at all, and each revocation takes effect once.</summary>
    [Fact]
    public async Task Killed_at_any_point_of_closing_a_review_each_revocation_takes_effect_once()
    {
        await ConnectAsync();
        Assert.Equal(0, await RunAsync("sync"));
        var acme = _sentry.World.Organization("acme");
        var owner = acme.Members.First(static member => member is { Role.Id: "owner", IsPending: false }).User!;
        await File.WriteAllTextAsync(_folder.File("owner"), acme.IssueToken(TokenKind.Personal, owner.Id, "org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin"));
        Assert.Equal(0, await RunAsync("provisioning", "on", "--token-file", _folder.File("owner")));
        var revoked = await ReviewAsync();
        List<string> removals = [];

        for (var patience = TimeSpan.FromMilliseconds(400); Query("SELECT state FROM review_campaign")[0] == "Running"; patience += TimeSpan.FromMilliseconds(100))
        {
            using var process = Start(["review", "close", "1"]);
            process.WaitForExit(patience);
            process.Kill();
            await process.WaitForExitAsync();
            Assert.Equal(Query("SELECT state FROM review_campaign")[0] == "Closing" ? revoked : [], Query("SELECT member || ' ' || team FROM provisioning_task").Order(StringComparer.Ordinal));
        }

        var others = acme.Members.Where(member => member is { Role.Id: "member", IsListed: true, IsPending: false } && !revoked.Any(one => one.StartsWith($"{member.Id} ", StringComparison.Ordinal))).Select(static member => $"{member.Id}").ToList();
        foreach (var (requests, leaver) in new[] { 3, 8, 10, 12, 17, 21 }.Zip(others))
        {
            await KillAfterAsync(requests, "provisioning", "request", "remove-member", "--member", leaver, "--reason", "Left");
            Note();
        }

        _sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("provisioning", "request", "remove-member", "--member", others[^1], "--reason", "Left"));
        Note();
        Assert.Equal(["Proven"], Query("SELECT DISTINCT state FROM provisioning_task"));
        Assert.Equal(revoked, Query("SELECT member || ' ' || team FROM provisioning_task WHERE kind = 'LeaveTeam'").Order(StringComparer.Ordinal));
        Assert.Equal(revoked.Count, removals.Count);
        Assert.Distinct(removals);
        Assert.DoesNotContain(acme.Members.SelectMany(static member => member.Memberships.Select(link => $"{member.Id} {link.Team.Id}")), link => revoked.Contains(link));

        void Note() => removals.AddRange(_sentry.RequestLog.Entries
            .Where(static request => request is { Method: "DELETE", Status: >= 200 and < 300 } && request.Path.Contains("/teams/", StringComparison.Ordinal)).Select(static request => request.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _sentry.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ConnectAsync(bool readsAuditLog = false)
    {
        _sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = new OrganizationSize(Members: 240, Teams: 40, Projects: 60, AuditRows: 10) });
        var acme = _sentry.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read", "event:read", .. readsAuditLog ? ["org:write"] : Array.Empty<string>()])));
        await File.WriteAllTextAsync(_folder.File("token"), token);
        var exit = await RunAsync(
            "connect", "--name", "Acme", "--address", _sentry.BaseAddress.AbsoluteUri, "--organization", "acme", "--token-file", _folder.File("token"),
            "--allow-private-networks", "--budget-share", "1");
        Assert.Equal(0, exit);
    }

    /// <summary>Starts a review and decides on all of it: eight places on teams are revoked.</summary>
    /// <returns>The member and team of each.</returns>
    private async Task<IReadOnlyList<string>> ReviewAsync()
    {
        await using var services = new ServiceCollection().AddWatchbill(DatabaseAddress.Sqlite(Database), _folder.File("unused-keys"))
            .AddSingleton(ServedPeople.Quick).AddSingleton(new PublicAddress(new Uri("https://watchbill.example.com/"))).BuildServiceProvider();
        return (await DecidedReview.PrepareAsync(services, _sentry.World.Organization("acme"))).Revoked;
    }

    private async Task<int> CountRequestsAsync()
    {
        _sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("sync"));
        return _sentry.RequestLog.Total;
    }

    /// <summary>Something must differ each time, or a killed run would have had nothing to apply.</summary>
    private void Change()
    {
        var acme = _sentry.World.Organization("acme");
        var leaver = acme.Members.First(member => member is { IsListed: true, User: not null, Memberships.Count: > 0 } && member.Role.Id == "member");
        acme.RemoveMember(leaver);
        var joiner = acme.Members.Last(member => member is { IsListed: true, User: not null } && member.Role.Id == "member");
        acme.JoinTeam(joiner, acme.Teams.First(team => joiner.On(team) is null && !team.IsIdpProvisioned));
    }

    private async Task KillAfterAsync(int requests, params string[] command)
    {
        _sentry.RequestLog.Clear();
        using var process = Start(command.Length == 0 ? ["sync"] : command);
        while (_sentry.RequestLog.Total < requests && !process.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
        return process.ExitCode;
    }

    private Process Start(string[] arguments, int? mostKilobytesOfAFile = null)
    {
        string[] line = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Watchbill.Cli.dll"), .. arguments, "--database", $"sqlite:{Database}"];

        // The signal that comes with the refusal would end the process; it is told by the error, as on a full disk.
        string[] limited = mostKilobytesOfAFile is { } most ? ["bash", "-c", $"trap '' XFSZ; ulimit -f {most}; exec \"$@\"", "limited", .. line] : line;
        var start = new ProcessStartInfo(limited[0], limited[1..])
        {
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private void AssertLedgerIsTruth()
    {
        var truth = _sentry.World.Truth().Organizations.Single(organization => organization.Slug == "acme");
        var listed = truth.Members.Where(member => member.IsListed).Select(member => member.Id).ToHashSet();
        Assert.Equal(listed.Select(id => id.ToString()).Order(), OpenKeys("member_fact"));
        Assert.Equal(
            truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(link => $"{link.TeamId}:{link.MemberId}").Order(), OpenKeys("team_membership_fact"));
        Assert.Equal(truth.Projects.SelectMany(project => project.TeamIds.Select(team => $"{project.Id}:{team}")).Order(), OpenKeys("project_team_fact"));
    }

    /// <summary>The file is sound, and no period overlaps another.</summary>
    private void AssertWhole()
    {
        AssertNoPeriodIsDoubled();
        Assert.Empty(Query(
            """
            SELECT one.key FROM collected_row AS one JOIN collected_row AS other
            ON other.connector_id = one.connector_id AND other.kind = one.kind AND other.key = one.key AND other.valid_from > one.valid_from AND other.valid_from < one.valid_to
            """));
    }

    private IEnumerable<string> OpenEvidence(string kind) => Query($"SELECT key FROM collected_row WHERE kind = '{kind}' AND valid_to = {long.MaxValue} ORDER BY key");

    private void AssertNoPeriodIsDoubled()
    {
        foreach (var table in (string[])["member_fact", "team_fact", "team_membership_fact", "project_fact", "project_team_fact", "non_human_fact", "organization_fact"])
        {
            Assert.Empty(Query($"select key from {table} where valid_to = {long.MaxValue} group by key having count(*) > 1"));
            Assert.Empty(Query($"select a.key from {table} a join {table} b on a.key = b.key and a.valid_from < b.valid_from and b.valid_from < a.valid_to"));
            Assert.Empty(Query($"select key from {table} where valid_to <= valid_from"));
        }

        Assert.Equal(["ok"], Query("pragma integrity_check"));
    }

    private IEnumerable<string> OpenKeys(string table) => Query($"select key from {table} where valid_to = {long.MaxValue}").Order();

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
