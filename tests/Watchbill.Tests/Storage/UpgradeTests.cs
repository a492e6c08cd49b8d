using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FluentMigrator;
using LinqToDB.Data;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

/// <summary>A database of every earlier schema, with rows in every table, comes up to date and loses none of them.</summary>
public sealed class UpgradeTests
{
    /// <summary>Columns that can be written, by table: name and kind.</summary>
    private const string SqliteColumns =
        "SELECT t.name || '|' || c.name || '|' || lower(c.type) FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'VersionInfo' AND t.name NOT LIKE 'qrtz_%' ORDER BY 1";

    private const string PostgresColumns =
        "SELECT table_name || '|' || column_name || '|' || data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'VersionInfo' AND table_name NOT LIKE 'qrtz_%' ORDER BY 1";

    private static readonly IReadOnlyList<(long Version, string Name)> Schemas =
    [
        .. typeof(Migrator).Assembly.GetTypes().Select(static type => type.GetCustomAttribute<MigrationAttribute>()).OfType<MigrationAttribute>()
            .OrderBy(static migration => migration.Version).Select(static migration => (migration.Version, migration.Description ?? "")),
    ];

    [Theory, EveryEngine]
    public async Task Rows_of_every_earlier_schema_survive(TestEngine engine)
    {
        // The definitions are the same for both engines, and making databases is dear on a server: there every fourth.
        foreach (var (version, _) in Schemas.SkipLast(1).Where((_, index) => engine is TestEngine.Sqlite || index % 4 == 0))
        {
            await using var database = await TestDatabase.CreateAsync(engine, migrate: null);
            var address = DatabaseAddress.Parse(database.Address);
            SqliteFile.Create(address);
            Migrator.MigrateTo(address, version);
            Assert.Equal(version, SchemaVersion.Read(address));
            var filled = await FillAsync(address);

            Migrator.Migrate(address);

            Assert.Equal(Migrator.Latest, SchemaVersion.Read(address));
            await using var connection = new Database(address, WatchbillServices.Model).Open();
            foreach (var table in filled)
            {
                Assert.True(await connection.ExecuteAsync<long>($"SELECT count(*) FROM {table}", TestContext.Current.CancellationToken) == 1, $"The row of {table} in schema {version} is gone.");
            }
        }
    }

    /// <summary>A migration that is changed after it was used would leave databases that differ by when they were made.</summary>
    [Fact]
    public async Task No_migration_is_changed_after_it_was_written()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Sqlite, migrate: null);
        var address = DatabaseAddress.Parse(database.Address);
        SqliteFile.Create(address);
        var history = new StringBuilder();
        foreach (var (version, name) in Schemas)
        {
            Migrator.MigrateTo(address, version);
            await using var connection = new Database(address, WatchbillServices.Model).Open();
            var schema = await connection.QueryToListAsync<string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'VersionInfo' ORDER BY type, name", TestContext.Current.CancellationToken);
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', schema.Select(static sql => sql.ReplaceLineEndings("\n"))))));
            history.Append(CultureInfo.InvariantCulture, $"{version:0000} {name} {digest[..16]}\n");
        }

        ApprovedText.Match(history.ToString(), "Schemas");
    }

    /// <returns>The tables, each with one row.</returns>
    private static async Task<IReadOnlyList<string>> FillAsync(DatabaseAddress address)
    {
        await using var connection = new Database(address, WatchbillServices.Model).Open();
        var columns = await connection.QueryToListAsync<string>(address.Engine is DatabaseEngine.Sqlite ? SqliteColumns : PostgresColumns, TestContext.Current.CancellationToken);
        var tables = columns.Select(static column => column.Split('|')).GroupBy(static column => column[0]).ToList();
        foreach (var table in tables)
        {
            var names = string.Join(", ", table.Select(static column => $"\"{column[1]}\""));
            var values = string.Join(", ", table.Select(column => ValueOf(column[2])));
            await connection.ExecuteAsync($"INSERT INTO {table.Key} ({names}){(address.Engine is DatabaseEngine.PostgreSql ? " OVERRIDING SYSTEM VALUE" : "")} VALUES ({values})", TestContext.Current.CancellationToken);
        }

        return [.. tables.Select(static table => table.Key)];
    }

    private static string ValueOf(string kind) => kind switch
    {
        "text" => "'x'",
        "blob" => "x'01'",
        "bytea" => "'\\x01'",
        "boolean" => "true",
        _ when kind.StartsWith("character", StringComparison.Ordinal) => "'x'",
        _ => "1",
    };
}
