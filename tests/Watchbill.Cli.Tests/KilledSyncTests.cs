using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
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
    }

    public async ValueTask DisposeAsync()
    {
        await _sentry.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ConnectAsync()
    {
        _sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = new OrganizationSize(Members: 240, Teams: 40, Projects: 60, AuditRows: 10) });
        var acme = _sentry.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read"])));
        await File.WriteAllTextAsync(_folder.File("token"), token);
        var exit = await RunAsync(
            "connect", "--name", "Acme", "--address", _sentry.BaseAddress.AbsoluteUri, "--organization", "acme", "--token-file", _folder.File("token"),
            "--allow-private-networks", "--budget-share", "1");
        Assert.Equal(0, exit);
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

    private async Task KillAfterAsync(int requests)
    {
        _sentry.RequestLog.Clear();
        using var process = Start("sync");
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

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Watchbill.Cli.dll"), .. arguments, "--database", $"sqlite:{Database}"])
        {
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
