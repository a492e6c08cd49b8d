using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Killed;

/// <summary>
/// The real executable, killed without warning at chosen points and started again. The points are counted in requests that the simulated Sentry has answered, so that no test has to wait for a time.
/// Each kind of work has a class of its own: they take longest of all, and classes run beside each other.
/// </summary>
public abstract class KilledProgram : IAsyncDisposable
{
    /// <summary>Where the database and the tokens lie.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>The simulated Sentry; null until <see cref="ConnectAsync"/>.</summary>
    protected SimulatorServer Sentry { get; private set; } = null!;

    private string Database => Folder.File("watchbill.db");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Sentry.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Connects an organization; nothing is read yet.</summary>
    protected async Task ConnectAsync(bool readsAuditLog = false)
    {
        Sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = new OrganizationSize(Members: 240, Teams: 40, Projects: 60, AuditRows: 10) });
        var acme = Sentry.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read", "event:read", .. readsAuditLog ? ["org:write"] : Array.Empty<string>()])));
        await File.WriteAllTextAsync(Folder.File("token"), token);
        var exit = await RunAsync(
            "connect", "--name", "Acme", "--address", Sentry.BaseAddress.AbsoluteUri, "--organization", "acme", "--token-file", Folder.File("token"),
            "--allow-private-networks", "--budget-share", "1");
        Assert.Equal(0, exit);
    }

    /// <summary>Reads it, and lets Watchbill change things there with an owner's token.</summary>
    protected async Task<Organization> ReadAndOpenAsync(params string[] scopes)
    {
        var acme = Sentry.World.Organization("acme");
        Assert.Equal(0, await RunAsync("sync"));
        await File.WriteAllTextAsync(Folder.File("owner"), acme.OwnerToken(scopes));
        Assert.Equal(0, await RunAsync("provisioning", "on", "--token-file", Folder.File("owner")));
        return acme;
    }

    /// <summary>Starts a review and decides on all of it: eight places on teams are revoked.</summary>
    /// <returns>The member and team of each.</returns>
    protected async Task<IReadOnlyList<string>> ReviewAsync()
    {
        await using var services = ProductServices.Over(DatabaseAddress.Sqlite(Database), Folder.File("unused-keys"));
        return (await DecidedReview.PrepareAsync(services, Sentry.World.Organization("acme"))).Revoked;
    }

    /// <summary>Reads it once, undisturbed.</summary>
    /// <returns>The requests that it took.</returns>
    protected async Task<int> CountRequestsAsync()
    {
        Sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("sync"));
        return Sentry.RequestLog.Total;
    }

    /// <summary>Something must differ each time, or a killed run would have had nothing to apply.</summary>
    protected void Change()
    {
        var acme = Sentry.World.Organization("acme");
        var leaver = acme.Members.First(member => member is { IsListed: true, User: not null, Memberships.Count: > 0 } && member.Role.Id == "member");
        acme.RemoveMember(leaver);
        var joiner = acme.Members.Last(member => member is { IsListed: true, User: not null } && member.Role.Id == "member");
        acme.JoinTeam(joiner, acme.Teams.First(team => joiner.On(team) is null && !team.IsIdpProvisioned));
    }

    /// <summary>Starts a command, a sync where none is named, and kills it as soon as the simulated Sentry has answered so many requests.</summary>
    protected async Task KillAfterAsync(int requests, params string[] command)
    {
        Sentry.RequestLog.Clear();
        using var process = Start(command.Length == 0 ? ["sync"] : command);
        while (Sentry.RequestLog.Total < requests && !process.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Runs a command to its end, which must be a good one.</summary>
    protected async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
        return process.ExitCode;
    }

    /// <summary>Starts a command; the caller ends it.</summary>
    protected Process Start(string[] arguments, int? mostKilobytesOfAFile = null)
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

    /// <summary>What is in force is what the simulated Sentry holds.</summary>
    protected void AssertLedgerIsTruth()
    {
        var truth = Sentry.World.Truth().Organizations.Single(organization => organization.Slug == "acme");
        var listed = truth.Members.Where(member => member.IsListed).Select(member => member.Id).ToHashSet();
        Assert.Equal(listed.Select(id => id.ToString()).Order(), OpenKeys("member_fact"));
        Assert.Equal(
            truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(link => $"{link.TeamId}:{link.MemberId}").Order(), OpenKeys("team_membership_fact"));
        Assert.Equal(truth.Projects.SelectMany(project => project.TeamIds.Select(team => $"{project.Id}:{team}")).Order(), OpenKeys("project_team_fact"));
    }

    /// <summary>The file is sound, and no period of a fact, nor of what was collected, overlaps another.</summary>
    protected void AssertWhole()
    {
        AssertNoPeriodIsDoubled();
        Assert.Empty(Query(
            """
            SELECT one.key FROM collected_row AS one JOIN collected_row AS other
            ON other.connector_id = one.connector_id AND other.kind = one.kind AND other.key = one.key AND other.valid_from > one.valid_from AND other.valid_from < one.valid_to
            """));
    }

    /// <summary>The keys in force of one kind of evidence.</summary>
    protected IEnumerable<string> OpenEvidence(string kind) => Query($"SELECT key FROM collected_row WHERE kind = '{kind}' AND valid_to = {long.MaxValue} ORDER BY key");

    /// <summary>The file is sound, and no period of a fact overlaps another.</summary>
    protected void AssertNoPeriodIsDoubled()
    {
        foreach (var table in (string[])["member_fact", "team_fact", "team_membership_fact", "project_fact", "project_team_fact", "non_human_fact", "organization_fact"])
        {
            Assert.Empty(Query($"select key from {table} where valid_to = {long.MaxValue} group by key having count(*) > 1"));
            Assert.Empty(Query($"select a.key from {table} a join {table} b on a.key = b.key and a.valid_from < b.valid_from and b.valid_from < a.valid_to"));
            Assert.Empty(Query($"select key from {table} where valid_to <= valid_from"));
        }

        Assert.Equal(["ok"], Query("pragma integrity_check"));
    }

    /// <summary>The keys in force in a table of facts.</summary>
    protected IEnumerable<string> OpenKeys(string table) => Query($"select key from {table} where valid_to = {long.MaxValue}").Order();

    /// <summary>The first column of an answer.</summary>
    protected List<string> Query(string sql)
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
