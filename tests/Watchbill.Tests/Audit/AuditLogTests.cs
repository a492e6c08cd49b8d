using LinqToDB.Data;
using Microsoft.Extensions.Time.Testing;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Testing;
using Watchbill.Tests.Storage;

namespace Watchbill.Tests.Audit;

public sealed class AuditLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task AppendAsync_EveryField_ComesBackAsItWasWritten(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var audit = new AuditLog(database.Database, new FakeTimeProvider(Start));
        var written = Event("connector-renamed", "connector", "7") with
        {
            Actor = new Actor(ActorKind.CommandLine, "ann", "host.example.com"),
            Before = """{"name":"Ann's"}""",
            After = """{"name":"Größe"}""",
            Reason = "It was wrong.",
        };

        var appended = await AppendAsync(database, audit, written);

        Assert.Equal(written with { Id = appended.Id, At = Start }, appended);
        Assert.Equal([appended], await audit.ListAsync(new AuditQuery(), Cancellation));
    }

    /// <summary>An append that works shows that it is not the connection that refuses.</summary>
    [Theory, EveryEngine]
    public async Task The_database_refuses_to_change_or_remove_an_event(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var audit = new AuditLog(database.Database, new FakeTimeProvider(Start));
        var first = await AppendAsync(database, audit, Event("a", "s", "1"));
        await using var connection = database.Database.Open();

        var update = await Assert.ThrowsAnyAsync<Exception>(() => connection.ExecuteAsync("UPDATE audit_event SET reason = 'another'", Cancellation));
        var delete = await Assert.ThrowsAnyAsync<Exception>(() => connection.ExecuteAsync("DELETE FROM audit_event", Cancellation));

        Assert.Contains("audit_event is append-only", update.Message, StringComparison.Ordinal);
        Assert.Contains("audit_event is append-only", delete.Message, StringComparison.Ordinal);
        var second = await AppendAsync(database, audit, Event("b", "s", "2"));
        Assert.Equal([second, first], await audit.ListAsync(new AuditQuery(), Cancellation));
    }

    [Theory, EveryEngine]
    public async Task ListAsync_BySubjectAndTime_PagesFromTheNewest(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var clock = new FakeTimeProvider(Start);
        var audit = new AuditLog(database.Database, clock);
        for (var i = 0; i < 6; i++)
        {
            await AppendAsync(database, audit, Event($"a{i}", "connector", i % 2 == 0 ? "7" : "8"));
            clock.Advance(TimeSpan.FromHours(1));
        }

        async Task<string> ListAsync(AuditQuery query) => string.Join(' ', (await audit.ListAsync(query, Cancellation)).Select(one => one.Action));
        var firstPage = await audit.ListAsync(new AuditQuery { Limit = 2 }, Cancellation);

        Assert.Equal("a4 a2 a0", await ListAsync(new AuditQuery { SubjectKind = "connector", SubjectId = "7" }));
        Assert.Equal("a3 a2", await ListAsync(new AuditQuery { From = Start.AddHours(2), To = Start.AddHours(4) }));
        Assert.Equal("a5 a4", string.Join(' ', firstPage.Select(one => one.Action)));
        Assert.Equal("a3 a2", await ListAsync(new AuditQuery { Limit = 2, BeforeId = firstPage[^1].Id }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => audit.ListAsync(new AuditQuery { Limit = 0 }, Cancellation));
    }

    [Theory, EveryEngine]
    public async Task AppendAsync_TransactionRollsBack_LeavesNoEvent(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var audit = new AuditLog(database.Database, new FakeTimeProvider(Start));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Database.InTransactionAsync(
            async transaction =>
            {
                await audit.AppendAsync(transaction, Event("a", "s", "1"), Cancellation);
                throw new InvalidOperationException("no");
            },
            Cancellation));

        Assert.Empty(await audit.ListAsync(new AuditQuery(), Cancellation));
    }

    private static AuditEvent Event(string action, string kind, string id) =>
        new() { Actor = Actor.System, Action = action, SubjectKind = kind, SubjectId = id };

    private static Task<AuditEvent> AppendAsync(MigratedDatabase database, AuditLog audit, AuditEvent auditEvent) =>
        database.Database.InTransactionAsync(transaction => audit.AppendAsync(transaction, auditEvent, Cancellation), Cancellation);
}
