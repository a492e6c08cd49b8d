using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Audit;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Integrity;

/// <summary>A log over a real database and a key folder.</summary>
internal sealed class SealScene(TestDatabase database, TemporaryFolder folder, ServiceProvider services, TestEngine engine) : IAsyncDisposable
{
    public static readonly string[] Tables = ["audit_event", "evidence_log_entry", "evidence_log_hash", "evidence_log_checkpoint", "evidence_key"];

    /// <summary>Where the keys are.</summary>
    public string KeyFolder => Path.Combine(folder.Path, "keys");

    public SealLog Seal => services.GetRequiredService<SealLog>();

    public VerifyLog Verify => services.GetRequiredService<VerifyLog>();

    public ReadLog Read => services.GetRequiredService<ReadLog>();

    public static async Task<SealScene> StartAsync(TestEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine, static text => Migrator.Migrate(DatabaseAddress.Parse(text)));
        var folder = new TemporaryFolder();
        var services = new ServiceCollection().AddWatchbill(DatabaseAddress.Parse(database.Address), Path.Combine(folder.Path, "keys")).BuildServiceProvider();
        return new SealScene(database, folder, services, engine);
    }

    public EvidenceKeys Keys => services.GetRequiredService<EvidenceKeys>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Another process on the same database and keys.</summary>
    public ServiceProvider Another() => new ServiceCollection().AddWatchbill(DatabaseAddress.Parse(database.Address), KeyFolder).BuildServiceProvider();

    public Task WriteAsync(int count) => services.GetRequiredService<Database>().InTransactionAsync(
        async transaction =>
        {
            var first = await transaction.Connection.GetTable<AuditEventRow>().LongCountAsync() + 1;
            for (var number = first; number < first + count; number++)
            {
                await services.GetRequiredService<AuditLog>().AppendAsync(
                    transaction, new AuditEvent { Actor = Actor.System, Action = "thing-done", SubjectKind = "thing", SubjectId = $"{number}", Reason = $"Because {number}." }, default);
            }
        },
        default);

    public async Task<LogVerification> VerifyAsync() => (await Verify.RunAsync(known: null, Caller.System, default)).Value;

    /// <summary>As somebody who may do everything to the database does it.</summary>
    public async Task AttackAsync(string sql)
    {
        foreach (var table in Tables)
        {
            await ExecuteAsync(engine is TestEngine.Sqlite ? $"DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete" : $"ALTER TABLE {table} DISABLE TRIGGER ALL");
        }

        await ExecuteAsync(sql);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = services.GetRequiredService<Database>().Open();
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }
}
