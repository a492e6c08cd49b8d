using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>A simulated organization, a database of its own and a connector between them.</summary>
internal sealed class ConnectedOrganization : IAsyncDisposable
{
    /// <summary>All that a token can be given.</summary>
    public static readonly string[] EveryScope =
        ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];

    private static readonly string[] ReadScopes = ["org:read", "member:read", "team:read", "project:read", "event:read"];

    private readonly TemporaryFolder _folder;
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private bool _isGuest;
    private Accounts _accounts = new();

    private ConnectedOrganization(SimulatorServer server, TemporaryFolder folder, TestDatabase database, ServiceProvider services)
    {
        Server = server;
        _folder = folder;
        _database = database;
        _services = services;
    }

    public static Caller Somebody { get; } = Caller.AtCommandLine(new(ActorKind.CommandLine, "tester"));

    public SimulatorServer Server { get; }

    public required string Token { get; init; }

    /// <summary>Every file that Watchbill wrote: the database with its journal, the keys.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(_database.Address["sqlite:".Length..])!));

    public Connector Connector { get; private set; } = null!;

    public Organization Acme => Server.World.Organization("acme");

    public TruthOrganization Truth => Server.World.Truth().Organizations.Single(organization => organization.Slug == "acme");

    public static async Task<ConnectedOrganization> StartAsync(
        OrganizationSize? size = null, SyncOptions? options = null, TestEngine engine = TestEngine.Sqlite, Accounts? accounts = null, int seed = 1,
        bool readsAuditLog = false, TimeSpan sentryAhead = default, SimulatorMode mode = SimulatorMode.Single)
    {
        var server = await SimulatorServer.StartAsync(
            new SimulatorOptions { Size = size ?? OrganizationSize.Small, Seed = seed, Clock = new AheadClock(sentryAhead), Mode = mode });
        var folder = new TemporaryFolder();
        var database = await TestDatabase.CreateAsync(engine, static text => Migrator.Migrate(DatabaseAddress.Parse(text)));
        var address = DatabaseAddress.Parse(database.Address);
        var services = new ServiceCollection()
            .AddWatchbill(address, System.IO.Path.Combine(folder.Path, "keys"))
            .AddSingleton(options ?? new SyncOptions { Attempts = 2 })
            .AddSingleton<IOwnerDirectory>(accounts ??= new Accounts())
            .AddSingleton<IOwnerMail>(accounts)
            .BuildServiceProvider();
        var acme = server.World.Organization("acme");
        var connected = new ConnectedOrganization(server, folder, database, services) { Token = NewToken(acme, readsAuditLog), _accounts = accounts };
        await connected.ConnectAsync();
        return connected;
    }

    /// <summary>The same, as another process sees it that is set up in its own way.</summary>
    public ConnectedOrganization Again<TOptions>(TOptions options)
        where TOptions : class
    {
        var services = new ServiceCollection()
            .AddWatchbill(DatabaseAddress.Parse(_database.Address), Path.Combine(_folder.Path, "keys"))
            .AddSingleton(new SyncOptions { Attempts = 2 })
            .AddSingleton(_accounts)
            .AddSingleton<IOwnerDirectory>(_accounts)
            .AddSingleton<IOwnerMail>(_accounts)
            .AddSingleton(options)
            .BuildServiceProvider();
        return new ConnectedOrganization(Server, _folder, _database, services) { Token = Token, Connector = Connector, _isGuest = true, _accounts = _accounts };
    }

    /// <summary>A personal token of an owner, which may change everything.</summary>
    public string OwnerToken() =>
        Acme.IssueToken(TokenKind.Personal, Acme.Members.First(static member => member is { Role.Id: "owner", IsListed: true, IsPending: false }).User!.Id, EveryScope);

    /// <summary>Gives the connector another token with the same scopes, as somebody does when the old one was revoked.</summary>
    public async Task RotateTokenAsync(bool readsAuditLog)
    {
        var rotated = await Get<ManageConnector>().RotateTokenAsync(await ReadConnectorAsync(), NewToken(Acme, readsAuditLog), Somebody, default);
        Assert.True(rotated.Succeeded, rotated.Refusal?.ToString());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A run that reads only what changed.</summary>
    public async Task<SyncRun> CatchUpAsync()
    {
        var result = await Get<SyncOrganization>().RunAsync(Connector.Id, SyncMode.Incremental, Somebody, progress: null, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Refusal?.ToString());
        return result.Value;
    }

    public async Task<SyncRun> SyncAsync(CancellationToken cancellationToken = default)
    {
        var result = await TrySyncAsync(cancellationToken);
        Assert.True(result.Succeeded, result.Refusal?.ToString());
        return result.Value;
    }

    public Task<Result<SyncRun>> TrySyncAsync(CancellationToken cancellationToken = default) =>
        Get<SyncOrganization>().RunAsync(Connector.Id, SyncMode.Full, Somebody, progress: null, cancellationToken);

    /// <summary>Every period of a kind, open and closed.</summary>
    public async Task<List<TFact>> FactsAsync<TFact>()
        where TFact : Fact
    {
        await using var connection = Get<Database>().Open();
        return await connection.GetTable<TFact>().Where(fact => fact.ConnectorId == Connector.Id).ToListAsync();
    }

    public async Task<List<TFact>> OpenAsync<TFact>()
        where TFact : Fact => [.. (await FactsAsync<TFact>()).Where(fact => fact.ValidTo == DateTimeOffset.MaxValue)];

    public async Task<IReadOnlyList<SyncScope>> LogAsync(SyncRun run) => (await Get<ConnectorQueries>().ScopesAsync(run.Id, Somebody, default)).Value;

    public async Task<Connector> ReadConnectorAsync() => (await Get<ConnectorQueries>().FindAsync(Connector.Name, Somebody, default)).Value;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isGuest)
        {
            return;
        }

        await Server.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static string NewToken(Organization acme, bool readsAuditLog) =>
        acme.IssueToken(acme.AddSentryApp("Watchbill", Sentry.Simulator.Permissions.ScopeSet.Of(readsAuditLog ? [.. ReadScopes, "org:write"] : ReadScopes)));

    /// <summary>Straight to the region where there are regions: through the control host a move of the organization would not be seen.</summary>
    private async Task ConnectAsync()
    {
        var input = new ConnectInput
        {
            Name = "Acme",
            Address = Server.Regions.GetValueOrDefault(Acme.Region, Server.BaseAddress).AbsoluteUri,
            OrganizationSlug = "acme",
            Token = Token,
            BudgetShare = 1,
            AllowPrivateNetworks = true,
        };
        var result = await Get<ConnectSentry>().RunAsync(input, saveAnyway: false, Somebody, default);
        Assert.True(result.Succeeded, result.Refusal?.ToString());
        Connector = result.Value.Connector;
    }
}

/// <summary>A clock that goes right but shows another time.</summary>
internal sealed class AheadClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
