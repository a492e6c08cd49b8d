using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>Several nodes on one PostgreSQL, each with a line of its own to it, and simulated organizations that they read.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>Why a test of several nodes was skipped.</summary>
    private const string NeedsServer = $"Needs PostgreSQL: set {TestDatabase.ServerVariable}, or run under tests/postgres.";

    private readonly TemporaryFolder _folder = new();
    private readonly TestDatabase _database;
    private readonly List<SimulatorServer> _sentries = [];

    private Cluster(TestDatabase database)
    {
        _database = database;
        Product = ProductServices.Over(DatabaseAddress.Parse(database.Address), _folder.File("keys"));
    }

    /// <summary>The product on the same database, for what a test asks for and looks at.</summary>
    public ServiceProvider Product { get; }

    /// <summary>The nodes, in the order of their start.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The line of each node to the database.</summary>
    public List<DatabaseLine> Lines { get; } = [];

    /// <summary>The organizations, each with the connector of its place in the list, from 1 on.</summary>
    public IReadOnlyList<SimulatorServer> Sentries => _sentries;

    /// <summary>Starts the nodes side by side on an empty database and an empty folder of keys.</summary>
    public static async Task<Cluster> StartAsync(int nodes, params (string Name, string Value)[] settings)
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, NeedsServer);
        var cluster = new Cluster(await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null));
        for (var count = 0; count < nodes; count++)
        {
            var server = new NpgsqlConnectionStringBuilder(cluster.Connection);
            cluster.Lines.Add(new DatabaseLine(server.Host!, server.Port));
        }

        cluster.Nodes.AddRange(await Task.WhenAll(cluster.Lines.Select(line => Node.StartAsync(cluster.AddressOver(line), cluster._folder.File("keys"), settings))));
        return cluster;
    }

    /// <summary>The database's address for command lines.</summary>
    public string[] CommandLine => ["--database", _database.Address, "--key-folder", _folder.File("keys")];

    private string Connection => _database.Address["postgres:".Length..];

    /// <summary>Simulates an organization and connects it, without reading it.</summary>
    public async Task<ConnectorId> ConnectAsync()
    {
        var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = new OrganizationSize(Members: 120, Teams: 30, Projects: 20, AuditRows: 10), Seed = _sentries.Count + 1 });
        _sentries.Add(sentry);
        var acme = sentry.World.Organization("acme");
        var input = new ConnectInput
        {
            Name = $"Organization {_sentries.Count}",
            Address = sentry.BaseAddress.AbsoluteUri,
            OrganizationSlug = "acme",
            Token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read"]))),
            BudgetShare = 1,
            AllowPrivateNetworks = true,
        };
        return ServedPeople.Must(await Product.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, default)).Connector.Id;
    }

    /// <summary>Asks for a whole read of every organization.</summary>
    public async Task AskForSyncsAsync()
    {
        for (var connector = 1; connector <= _sentries.Count; connector++)
        {
            ServedPeople.Must(await Product.GetRequiredService<RequestSync>().RunAsync(new ConnectorId(connector), SyncMode.Full, Caller.System, default));
        }
    }

    /// <summary>Reads every organization, here and not by the nodes, and lets Watchbill change things there with an owner's token.</summary>
    public async Task ReadAndOpenAsync()
    {
        string[] scopes = ["org:read", "org:write", "org:admin", "member:read", "member:write", "member:admin", "team:read", "team:write", "team:admin"];
        for (var place = 0; place < _sentries.Count; place++)
        {
            var connector = new ConnectorId(place + 1);
            var acme = _sentries[place].World.Organization("acme");
            ServedPeople.Must(await Product.GetRequiredService<SyncOrganization>().RunAsync(connector, SyncMode.Full, Caller.System, progress: null, default));
            ServedPeople.Must(await Product.GetRequiredService<ManageWriting>().SwitchOnAsync(connector, acme.OwnerToken(scopes), Caller.System, default));
        }
    }

    /// <summary>What was deleted in any organization, with Sentry's consent, in order.</summary>
    public IReadOnlyList<string> Deletions() =>
        [.. _sentries.SelectMany((sentry, place) => sentry.RequestLog.Entries.Where(static request => request is { Method: "DELETE", Status: >= 200 and < 300 }).Select(request => $"{place + 1} {request.Path}"))];

    /// <summary>Waits until every organization was read after its last request, and nothing is under way.</summary>
    public Task UntilReadAsync() => UntilAsync(async () =>
        (await QueryAsync("SELECT connector_id FROM sync_request UNION ALL SELECT id FROM sync_run WHERE state = 'Running'")).Count == 0);

    /// <summary>The rows of one column.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add($"{reader.GetValue(0)}");
        }

        return rows;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>The ledger of every organization is what is true there, once; and the evidence log is as it was written.</summary>
    public async Task AssertWholeAsync()
    {
        for (var place = 0; place < _sentries.Count; place++)
        {
            var truth = _sentries[place].World.Truth().Organizations.Single(static organization => organization.Slug == "acme");
            var listed = truth.Members.Where(static member => member.IsListed).Select(static member => member.Id).ToHashSet();
            Assert.Equal(listed.Select(static id => $"{id}").Order(StringComparer.Ordinal), await OpenAsync("member_fact", place + 1));
            Assert.Equal(
                truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(static link => $"{link.TeamId}:{link.MemberId}").Order(StringComparer.Ordinal),
                await OpenAsync("team_membership_fact", place + 1));
        }

        foreach (var table in (string[])["member_fact", "team_fact", "team_membership_fact", "project_fact", "project_team_fact"])
        {
            Assert.Empty(await QueryAsync($"SELECT a.key FROM {table} a JOIN {table} b ON a.connector_id = b.connector_id AND a.key = b.key AND a.valid_from < b.valid_from AND b.valid_from < a.valid_to"));
        }

        using var line = new CommandLine();
        var verified = await line.RunAsync(["evidence", "verify-log", .. CommandLine]);
        Assert.True(verified.ExitCode is ExitCode.Ok, verified.Output + verified.Error);
    }

    /// <summary>Connects so many organizations, each answering so late.</summary>
    public async Task ConnectAllAsync(int organizations, TimeSpan latency)
    {
        for (var count = 0; count < organizations; count++)
        {
            await ConnectAsync();
        }

        foreach (var sentry in Sentries)
        {
            sentry.Latency = latency;
        }
    }

    /// <summary>The processes that read something now, one for each organization.</summary>
    public Task<List<string>> SyncingAsync() => QueryAsync("SELECT owner FROM sync_run WHERE state = 'Running'");

    /// <summary>What a node answers.</summary>
    public static async Task<HttpStatusCode> StatusAsync(Node node, string path)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IEnumerable<IAsyncDisposable>)[.. Nodes, .. Lines, .. _sentries, Product, _database])
        {
            await part.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string AddressOver(DatabaseLine line) => "postgres:" + new NpgsqlConnectionStringBuilder(Connection) { Host = "127.0.0.1", Port = line.Port, Pooling = true, Timeout = 5 }.ConnectionString;

    private async Task<IEnumerable<string>> OpenAsync(string table, int connector) =>
        (await QueryAsync($"SELECT key FROM {table} WHERE connector_id = {connector} AND valid_to = {long.MaxValue}")).Order(StringComparer.Ordinal);
}
