using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using Watchbill.Access;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

public sealed class DatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task InTransactionAsync_WorkThrows_LeavesNothing(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Database.InTransactionAsync(
            async transaction =>
            {
                await InsertAsync(transaction.Connection, "teams");
                throw new InvalidOperationException("no");
            },
            Cancellation));

        await using var connection = database.Database.Open();
        Assert.Empty(connection.GetTable<ScopeState>());
    }

    [Theory, EveryEngine]
    public async Task InTransactionAsync_TwoWriters_WaitForEachOther(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => database.Database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "count", Cancellation);
                var count = await transaction.Connection.GetTable<ScopeState>().CountAsync(Cancellation);
                await InsertAsync(transaction.Connection, $"scope-{count}");
            },
            Cancellation))));

        await using var connection = database.Database.Open();
        Assert.Equal(8, connection.GetTable<ScopeState>().Count());
    }

    [Fact]
    public async Task Who_stands_still_in_a_transaction_loses_what_they_began_and_nobody_waits_for_ever()
    {
        Assert.SkipUnless(TestDatabase.HasServer, $"Needs PostgreSQL: set {TestDatabase.ServerVariable}, or run under tests/postgres.");
        await using var database = await MigratedDatabase.CreateAsync(TestEngine.PostgreSql);
        var usual = database.Database;
        var sleeper = new Database(DatabaseAddress.PostgreSql($"{database.Address.ConnectionString};Options=-c idle_in_transaction_session_timeout=300"), WatchbillServices.Model);
        var awake = new TaskCompletionSource();
        var asleep = sleeper.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "count", Cancellation);
                await InsertAsync(transaction.Connection, "slept over");
                awake.SetResult();
                await usual.InTransactionAsync(inner => Database.LockAsync(inner, "count", Cancellation), Cancellation);
            },
            Cancellation);

        await awake.Task;
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => asleep);
        await using var connection = usual.Open();
        Assert.Empty(connection.GetTable<ScopeState>());
        Assert.Equal("30s", connection.Execute<string>("SHOW idle_in_transaction_session_timeout"));
    }

    [Theory, EveryEngine]
    public async Task An_instant_is_stored_to_the_microsecond_in_UTC(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var local = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(5)).AddTicks(1_239);
        await using var connection = database.Database.Open();

        await connection.InsertAsync(new ScopeState { ConnectorId = new(1), Scope = "teams", LastCompleteAt = local }, token: Cancellation);

        var stored = connection.GetTable<ScopeState>().Single().LastCompleteAt;
        Assert.Equal(local.AddTicks(-9), stored);
        Assert.Equal(TimeSpan.Zero, stored?.Offset);
        Assert.Single(connection.GetTable<ScopeState>().Where(state => state.LastCompleteAt <= local && state.LastCompleteAt > local.AddTicks(-10) && state.StaleSince == null));
    }

    [Fact]
    public async Task InTransactionAsync_NothingAnswers_SaysWhatToDo()
    {
        var database = new Database(DatabaseAddress.PostgreSql("Host=127.0.0.1;Port=1;Database=watchbill"), WatchbillServices.Model);

        var exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.InTransactionAsync(_ => Task.CompletedTask, Cancellation));

        Assert.Contains("Check host and port", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_without_its_table_stays_a_bug()
    {
        await using var empty = await TestDatabase.CreateAsync(TestEngine.Sqlite, migrate: null);
        var database = new Database(DatabaseAddress.Parse(empty.Address), WatchbillServices.Model);
        await using var connection = database.Open();

        await Assert.ThrowsAsync<SqliteException>(() => connection.GetTable<ScopeState>().ToListAsync(Cancellation));
    }

    private static Task InsertAsync(DataConnection connection, string scope) =>
        connection.InsertAsync(new ScopeState { ConnectorId = new(1), Scope = scope }, token: Cancellation);
}
