using System.Data.Common;
using System.Globalization;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

public sealed class RowWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Every_row_is_there_as_it_was_given(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        var given = new[] { Member("1", "Zoë 🧭"), Member("2", ""), Member("3", new string('é', 5_000)), Member("4", "o'Brien \"quoted\"", inviter: "ada", isStaff: true) };

        await database.Database.InTransactionAsync(transaction => transaction.InsertAllAsync(given, Cancellation), Cancellation);

        await using var connection = database.Database.Open();
        var stored = await connection.GetTable<MemberFact>().OrderBy(static member => member.Key).ToListAsync(Cancellation);
        Assert.Equivalent(given, stored, strict: true);
    }

    [Theory, EveryEngine]
    public async Task Rows_go_to_the_table_that_is_named(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);

        await database.Database.InTransactionAsync(transaction => transaction.InsertAllAsync([Member("1", "Ada")], Cancellation, "member_staged"), Cancellation);

        await using var connection = database.Database.Open();
        Assert.Equal((0, 1), (await connection.GetTable<MemberFact>().CountAsync(Cancellation), await connection.GetTable<MemberFact>().TableName("member_staged").CountAsync(Cancellation)));
    }

    [Theory, EveryEngine]
    public async Task A_row_that_cannot_be_takes_all_with_it(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);

        await Assert.ThrowsAnyAsync<DbException>(() => database.Database.InTransactionAsync(
            transaction => transaction.InsertAllAsync([Member("1", "Ada"), Member("2", "Bo"), Member("1", "Ada again")], Cancellation), Cancellation));

        await using var connection = database.Database.Open();
        Assert.Equal(0, await connection.GetTable<MemberFact>().CountAsync(Cancellation));
    }

    [Theory, EveryEngine]
    public async Task Deleting_what_one_run_staged_leaves_what_others_did(TestEngine engine)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await StageAsync(1, 2, 3);

        await DeleteAsync(2);
        Assert.Equal("1 3", await RunsAsync());

        await DeleteAsync(1);
        Assert.Equal("3", await RunsAsync());

        await DeleteAsync(3);
        Assert.Equal("", await RunsAsync());

        Task StageAsync(params long[] runs) => database.Database.InTransactionAsync(
            transaction => transaction.InsertAllAsync(runs.SelectMany(static run => new[] { Member("1", "Ada", run), Member("2", "Bo", run) }), Cancellation, "member_staged"), Cancellation);

        Task DeleteAsync(long run) =>
            database.Database.InTransactionAsync(transaction => Database.DeleteAsync(transaction, "member_staged", ("first_run", run), Cancellation), Cancellation);

        async Task<string> RunsAsync()
        {
            await using var session = database.Database.OpenRead();
            return string.Join(' ', await session.ReadAsync(
                "SELECT DISTINCT first_run FROM member_staged ORDER BY first_run", [], static row => row.GetInt64(0).ToString(CultureInfo.InvariantCulture), Cancellation));
        }
    }

    private static MemberFact Member(string key, string name, long run = 1, string? inviter = null, bool? isStaff = null) => new()
    {
        ConnectorId = new(7),
        Scope = "members",
        Key = key,
        Fingerprint = long.MinValue,
        ValidFrom = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
        ValidTo = Conventions.OpenEnd,
        FirstRun = new(run),
        Email = $"{key}@example.com",
        Name = name,
        OrgRole = "member",
        Pending = true,
        InviterName = inviter,
        IsStaff = isStaff,
    };
}
