using FluentMigrator;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

public sealed class MigratorTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory, EveryEngine]
    public async Task Migrate_EmptyDatabase_BringsItToTheLatestAndAgainDoesNothing(TestEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: null);
        var address = DatabaseAddress.Parse(database.Address);

        Migrator.Migrate(address);
        Migrator.Migrate(address);

        Assert.Equal(Migrator.Latest, SchemaVersion.Read(address));
    }

    [Theory, EveryEngine]
    public async Task Migrate_FourProcessesAtOnce_OneMigratesAndTheOthersWait(TestEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine, migrate: null);
        var address = DatabaseAddress.Parse(database.Address);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator.Migrate(address))));

        Assert.Equal(Migrator.Latest, SchemaVersion.Read(address));
    }

    [Theory, EveryEngine]
    public async Task Migrate_DatabaseOfANewerVersion_SaysSoAndTouchesNothing(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using (var connection = database.Database.Open())
        {
            await connection.ExecuteAsync("INSERT INTO \"VersionInfo\" (\"Version\") VALUES (99999)");
        }

        var exception = Assert.Throws<DatabaseTooNewException>(() => Migrator.Migrate(database.Address));

        Assert.Contains("99999", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latest_IsTheHighestMigrationAndNoNumberIsUsedTwice()
    {
        var versions = typeof(Migrator).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(MigrationAttribute), inherit: false)).Cast<MigrationAttribute>()
            .Select(attribute => attribute.Version).ToList();

        Assert.Equal(versions.Max(), Migrator.Latest);
        Assert.Equal(versions.Distinct().Count(), versions.Count);
    }

    [Fact]
    public async Task Migrate_NewFile_IsReadableByItsOwnerOnlyAndSoAreItsJournals()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix permissions.");
        using var folder = new TemporaryFolder();
        var address = DatabaseAddress.Sqlite(Path.Combine(folder.Path, "new", "watchbill.db"));

        Migrator.Migrate(address);

        await using var connection = new SqliteConnection(address.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE written (n INTEGER);";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, TemporaryFolder.ModeOf(Path.Combine(folder.Path, "new")));
        Assert.All(Directory.GetFiles(Path.Combine(folder.Path, "new")), file => Assert.Equal(OwnerOnly, TemporaryFolder.ModeOf(file)));
        Assert.Contains("watchbill.db-wal", Directory.GetFiles(Path.Combine(folder.Path, "new")).Select(Path.GetFileName));
    }

    [Fact]
    public void Migrate_NotADatabase_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), string.Concat(Enumerable.Repeat("These are notes. ", 100)));

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Migrator.Migrate(DatabaseAddress.Sqlite(folder.File("notes.txt"))));

        Assert.Contains("is not a SQLite database", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_PathLeadsThroughAFile_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Migrator.Migrate(DatabaseAddress.Sqlite(folder.File("file/watchbill.db"))));

        Assert.Contains("--database", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_NothingAnswers_SaysWhatToDoWithoutThePassword()
    {
        var address = DatabaseAddress.PostgreSql("Host=127.0.0.1;Port=1;Database=watchbill;Username=me;Password=secret-word");

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Migrator.Migrate(address));

        Assert.Equal("Nothing answers at postgres:127.0.0.1/watchbill. Check host and port, and that the server runs.", exception.Message);
    }

    [Fact]
    public void Migrate_PostgresDatabaseMissing_SaysWhatToDo()
    {
        Assert.SkipUnless(TestDatabase.HasServer, $"Needs PostgreSQL: set {TestDatabase.ServerVariable}, or run under tests/postgres.");
        var server = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(TestDatabase.ServerVariable)) { Database = "watchbill_not_there" };

        var exception = Assert.Throws<DatabaseUnavailableException>(() => Migrator.Migrate(DatabaseAddress.PostgreSql(server.ConnectionString)));

        Assert.Contains("does not exist. Create it", exception.Message, StringComparison.Ordinal);
    }
}
