using System.Security.Cryptography;
using Npgsql;

namespace Watchbill.Testing;

/// <summary>
/// A database of one test's own. The schema is built once per process, in a template; every test gets a copy of it.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Names the connection string of a PostgreSQL server on which the user may create databases.</summary>
    public const string ServerVariable = "WATCHBILL_TEST_POSTGRES";

    private readonly TemporaryFolder? _folder;
    private readonly string? _postgresName;

    private TestDatabase(string address, TemporaryFolder? folder, string? postgresName)
    {
        Address = address;
        _folder = folder;
        _postgresName = postgresName;
    }

    /// <summary>Whether a PostgreSQL server is configured.</summary>
    public static bool HasServer => Server is not null;

    /// <summary>Whether tests on PostgreSQL must not be skipped.</summary>
    public static bool MustHaveServer => Environment.GetEnvironmentVariable("WATCHBILL_REQUIRE_POSTGRES") == "1";

    /// <summary>The address as the product reads it: <c>sqlite:PATH</c> or <c>postgres:CONNECTION-STRING</c>.</summary>
    public string Address { get; }

    private static string? Server => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } server ? server : null;

    /// <summary>Creates a database with the schema that <paramref name="migrate"/> builds.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="migrate">Brings the database at an address to the newest schema. Called at most once per process and engine; null for an empty database.</param>
    public static async Task<TestDatabase> CreateAsync(TestEngine engine, Action<string>? migrate)
    {
        var template = migrate is null ? null : await TestDatabaseTemplate.GetAsync(engine, migrate);
        return engine is TestEngine.Sqlite ? CreateSqlite(template) : await CreatePostgresAsync(template);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        if (_postgresName is not null)
        {
            await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {_postgresName} WITH (FORCE)");
        }
    }

    internal static TestDatabase CreateSqlite(string? template)
    {
        var folder = new TemporaryFolder();
        var file = folder.File("watchbill.db");
        if (template is not null)
        {
            File.Copy(template, file);
        }

        return new TestDatabase($"sqlite:{file}", folder, postgresName: null);
    }

    /// <param name="template">The database that it is a copy of; null for an empty one.</param>
    /// <param name="keepsConnections">
    /// Whether connections are used again, as in the product: starting a process of the server for each question takes longer than the question. A template's are not: what somebody is connected to
    /// cannot be copied.
    /// </param>
    internal static async Task<TestDatabase> CreatePostgresAsync(string? template, bool keepsConnections = true)
    {
        var name = $"watchbill_test_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        await ExecuteOnServerAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");

        // The server ends what is connected to a database that is dropped; this process hears of it when it looks, and it looks often.
        var address = new NpgsqlConnectionStringBuilder(RequireServer()) { Database = name, Pooling = keepsConnections, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 };
        return new TestDatabase($"postgres:{address.ConnectionString}", folder: null, name);
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(RequireServer());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        // A database is dropped when every connection of the server has heard of it, also that of a node that another test stopped for a while.
        command.CommandTimeout = 180;
        await command.ExecuteNonQueryAsync();
    }

    private static string RequireServer() =>
        Server ?? throw new InvalidOperationException($"{ServerVariable} is not set, and WATCHBILL_REQUIRE_POSTGRES demands it.");
}

/// <summary>The migrated databases that tests' databases are copies of.</summary>
internal static class TestDatabaseTemplate
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly Dictionary<TestEngine, string> Names = [];

    /// <summary>The template's file (SQLite) or name (PostgreSQL).</summary>
    public static async Task<string> GetAsync(TestEngine engine, Action<string> migrate)
    {
        await Gate.WaitAsync();
        try
        {
            if (!Names.TryGetValue(engine, out var name))
            {
                name = Names[engine] = await CreateAsync(engine, migrate);
            }

            return name;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<string> CreateAsync(TestEngine engine, Action<string> migrate)
    {
        var template = engine is TestEngine.Sqlite ? TestDatabase.CreateSqlite(template: null) : await TestDatabase.CreatePostgresAsync(template: null, keepsConnections: false);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        migrate(template.Address);
        return engine is TestEngine.Sqlite
            ? template.Address["sqlite:".Length..]
            : new NpgsqlConnectionStringBuilder(template.Address["postgres:".Length..]).Database!;
    }
}
