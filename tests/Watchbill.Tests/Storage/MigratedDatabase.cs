using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

/// <summary>A migrated database of one test's own, opened with every feature's mapping.</summary>
internal sealed class MigratedDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private MigratedDatabase(TestDatabase database)
    {
        _database = database;
        Address = DatabaseAddress.Parse(database.Address);
        Database = Open();
    }

    public DatabaseAddress Address { get; }

    public Database Database { get; }

    public static async Task<MigratedDatabase> CreateAsync(TestEngine engine) =>
        new(await TestDatabase.CreateAsync(engine, static address => Migrator.Migrate(DatabaseAddress.Parse(address))));

    /// <summary>The same database as another process would open it.</summary>
    public Database Open() => new(Address, WatchbillServices.Model);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
