using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Storage;

/// <summary>
/// Brings a database to the schema this version needs. Meant for every start: when there is nothing to do it costs one small query.
/// Each migration is one transaction; processes that start together do it one after the other.
/// </summary>
public static class Migrator
{
    /// <summary>The newest schema this version knows.</summary>
    public static long Latest { get; } = typeof(Migrator).Assembly.GetTypes()
        .Where(static type => type.IsAssignableTo(typeof(MigrationBase))).Max(static type => type.GetCustomAttribute<MigrationAttribute>()?.Version ?? 0);

    /// <summary>Creates the database's file when there is none (SQLite: readable by its owner only) and applies what is missing.</summary>
    /// <exception cref="DatabaseTooNewException">The database was written by a newer version.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be used; the message says what to do.</exception>
    public static void Migrate(DatabaseAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            SqliteFile.Create(address);
            if (!IsCurrent(address))
            {
                using var alone = MigrationLock.Take(address);
                Run(address);
            }
        }
        catch (Exception exception) when (DatabaseUnavailableException.Explain(exception, address) is { } explained)
        {
            throw explained;
        }
    }

    private static bool IsCurrent(DatabaseAddress address)
    {
        var found = SchemaVersion.Read(address);
        return found <= Latest ? found == Latest : throw new DatabaseTooNewException(found, Latest);
    }

    /// <summary>Another process may have migrated while this one waited for the lock.</summary>
    private static void Run(DatabaseAddress address)
    {
        if (IsCurrent(address))
        {
            return;
        }

        MigrateTo(address, Latest);
    }

    /// <summary>Brings a database that nobody uses to a schema, which may be an earlier one: upgrades are tested from each.</summary>
    internal static void MigrateTo(DatabaseAddress address, long version)
    {
        using var services = BuildServices(address);
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp(version);
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
