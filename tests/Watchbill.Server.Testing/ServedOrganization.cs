using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.SignIn;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Server.Testing;

/// <summary>A server on a free port of loopback, with a database of its own and a simulated Sentry to connect to.</summary>
public sealed class ServedOrganization : IAsyncDisposable
{
    /// <summary>The slug of the simulated organization.</summary>
    public const string Slug = "acme";

    private static readonly string[] ReadScopes = ["org:read", "member:read", "team:read", "project:read", "event:read"];

    private readonly TemporaryFolder _folder;
    private readonly TestDatabase _database;
    private readonly ConcurrentBag<IAsyncDisposable> _visits = [];

    private ServedOrganization(SimulatorServer sentry, WatchbillServer server, TemporaryFolder folder, TestDatabase database, bool readsAuditLog)
    {
        Sentry = sentry;
        Server = server;
        _folder = folder;
        _database = database;
        var acme = sentry.World.Organization(Slug);
        Token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(readsAuditLog ? [.. ReadScopes, "org:write"] : ReadScopes)));
    }

    /// <summary>The simulated Sentry.</summary>
    public SimulatorServer Sentry { get; }

    /// <summary>The server.</summary>
    public WatchbillServer Server { get; }

    /// <summary>The address of its database, for whoever looks at it beside the server.</summary>
    public string Database => _database.Address;

    /// <summary>A token of an internal integration that can read.</summary>
    public string Token { get; }

    /// <summary>The connector; null until <see cref="ConnectAsync"/>.</summary>
    public Connector? Connector { get; private set; }

    /// <summary>Ends something before the server: a tab that stays open costs every test that follows.</summary>
    internal void EndsBefore(IAsyncDisposable visit) => _visits.Add(visit);

    /// <summary>Starts both, connects nothing.</summary>
    /// <param name="size">How large the organization is; null for small.</param>
    /// <param name="engine">On which database.</param>
    /// <param name="settings">Settings of the server by name; null for none.</param>
    /// <param name="syncs">Whether the server follows schedules and does the syncs that were asked for.</param>
    /// <param name="configure">More services, added last; null for none.</param>
    /// <param name="readsAuditLog">Whether the token may read Sentry's audit log.</param>
    /// <param name="collects">Whether a server that syncs also collects evidence.</param>
    public static async Task<ServedOrganization> StartAsync(
        OrganizationSize? size = null,
        TestEngine engine = TestEngine.Sqlite,
        IReadOnlyDictionary<string, string?>? settings = null,
        bool syncs = false,
        Action<IServiceCollection>? configure = null,
        bool readsAuditLog = false,
        bool collects = false)
    {
        var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = size ?? OrganizationSize.Small });
        var folder = new TemporaryFolder();
        var database = await TestDatabase.CreateAsync(engine, static text => Migrator.Migrate(DatabaseAddress.Parse(text)));
        var options = new ServerOptions
        {
            Database = DatabaseAddress.Parse(database.Address),
            KeyFolder = Path.Combine(folder.Path, "keys"),
            Listen = new Uri("http://127.0.0.1:0"),
            LogToConsole = false,
            Settling = TimeSpan.Zero,
            Settings = settings ?? new Dictionary<string, string?>(),
            Syncs = syncs,
            Collects = collects,
        };
        var server = await WatchbillServer.StartAsync(
            options,
            services =>
            {
                services.AddSingleton(new SyncOptions { Attempts = 2 }).AddSingleton<ICallerSource, TestCallerSource>().AddSingleton<IStartupFilter, AxeScript>();
                configure?.Invoke(services);
            },
            CancellationToken.None);
        return new ServedOrganization(sentry, server, folder, database, readsAuditLog);
    }

    /// <summary>Starts both, connects and reads the organization once.</summary>
    public static async Task<ServedOrganization> StartReadAsync(OrganizationSize? size = null, TestEngine engine = TestEngine.Sqlite, bool readsAuditLog = false)
    {
        var served = await StartAsync(size, engine, readsAuditLog: readsAuditLog);
        await served.ConnectAsync();
        await served.ReadAsync();
        return served;
    }

    /// <summary>A service of the server.</summary>
    public T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    /// <summary>Saves the connector.</summary>
    public async Task ConnectAsync(string name = "Acme")
    {
        var input = new ConnectInput
        {
            Name = name,
            Address = Sentry.BaseAddress.AbsoluteUri,
            OrganizationSlug = Slug,
            Token = Token,
            BudgetShare = 1,
            AllowPrivateNetworks = true,
        };
        var result = await Get<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, CancellationToken.None);
        Connector = result.Succeeded ? result.Value.Connector : throw new InvalidOperationException(result.Refusal!.ToString());
    }

    /// <summary>Reads the organization.</summary>
    public async Task<SyncRun> ReadAsync()
    {
        var result = await Get<SyncOrganization>().RunAsync(Connector!.Id, SyncMode.Full, Caller.System, progress: null, CancellationToken.None);
        return result.Succeeded ? result.Value : throw new InvalidOperationException(result.Refusal!.ToString());
    }

    /// <summary>Lets Watchbill change things in Sentry, with an owner's own token that can do everything.</summary>
    public async Task AllowChangesAsync()
    {
        string[] scopes = ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];
        ServedPeople.Must(await Get<ManageWriting>().SwitchOnAsync(Connector!.Id, Sentry.World.Organization(Slug).OwnerToken(scopes), Caller.System, CancellationToken.None));
    }

    /// <summary>A client that follows no redirect and keeps cookies, signed in with these roles; nobody when there are none.</summary>
    public HttpClient Client(params ReadOnlySpan<Role> roles)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Server.Listening };
        if (!roles.IsEmpty)
        {
            client.DefaultRequestHeaders.Add(TestCallerSource.Name, string.Join('.', roles.ToArray()));
        }

        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var visit in _visits)
        {
            await visit.DisposeAsync();
        }

        await Server.DisposeAsync();
        await Sentry.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
