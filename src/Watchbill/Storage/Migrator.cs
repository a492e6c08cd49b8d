using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Storage;

/// <summary>Brings a database to the schema this version needs. Safe to run at every start; each migration is one transaction.</summary>
public static class Migrator
{
    /// <summary>Creates the database's file when there is none (SQLite) and applies what is missing.</summary>
    /// <exception cref="DatabaseTooNewException">The database was written by a newer version.</exception>
    public static void Migrate(DatabaseAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Engine is DatabaseEngine.Sqlite)
        {
            CreateFolder(address);
        }

        using var services = BuildServices(address);
        using var scope = services.CreateScope();
        var runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
        var known = runner.MigrationLoader.LoadMigrations().Keys.Max();
        var loader = scope.ServiceProvider.GetRequiredService<IVersionLoader>();
        var applied = loader.VersionInfo.Latest();
        if (applied > known)
        {
            throw new DatabaseTooNewException(applied, known);
        }

        if (applied < known)
        {
            runner.MigrateUp();
        }
    }

    private static void CreateFolder(DatabaseAddress address)
    {
        var path = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(address.ConnectionString).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    private static ServiceProvider BuildServices(DatabaseAddress address) =>
        new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => (address.Engine is DatabaseEngine.Sqlite ? runner.AddSQLite() : runner.AddPostgres())
                .WithGlobalConnectionString(address.ConnectionString)
                .ScanIn(typeof(Migrator).Assembly).For.Migrations())
            .Configure<RunnerOptions>(options => options.TransactionPerSession = false)
            .BuildServiceProvider(validateScopes: false);
}

/// <summary>The database was last used by a newer Watchbill; this one would not understand it.</summary>
public sealed class DatabaseTooNewException(long found, long known)
    : Exception($"The database is at schema {found}, this version of Watchbill knows {known}. Use the newer version, or restore a backup made before the upgrade.");
