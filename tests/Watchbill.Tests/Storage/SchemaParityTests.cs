using LinqToDB.Data;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

/// <summary>
/// Both engines must have the same tables, columns, keys and indexes, or a query that is fast on one crawls on the other. The
/// scheduler's tables are its own; of them only the names are compared.
/// </summary>
public sealed class SchemaParityTests
{
    private const string SqliteColumns =
        """
        SELECT t.name || '.' || c.name || CASE lower(c.type) WHEN 'text' THEN ' text' WHEN 'numeric' THEN ' real' WHEN 'real' THEN ' real' WHEN 'blob' THEN ' bytea' ELSE ' integer' END
            || CASE WHEN c."notnull" THEN '' ELSE ' null' END
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'VersionInfo' AND t.name NOT LIKE 'qrtz_%'
        """;

    private const string PostgresColumns =
        """
        SELECT table_name || '.' || column_name
            || CASE data_type WHEN 'bigint' THEN ' integer' WHEN 'boolean' THEN ' integer' WHEN 'double precision' THEN ' real' ELSE ' ' || data_type END
            || CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'VersionInfo' AND table_name NOT LIKE 'qrtz_%'
        """;

    private const string SqliteIndexes =
        """
        SELECT t.name || ' ' || CASE WHEN i."unique" THEN 'unique ' ELSE '' END || CASE WHEN i.partial THEN 'partial ' ELSE '' END
            || (SELECT group_concat(c.name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c)
        FROM sqlite_master t JOIN pragma_index_list(t.name) i
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'VersionInfo' AND t.name NOT LIKE 'qrtz_%'
        UNION
        SELECT t.name || ' unique ' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'qrtz_%' AND t.name <> 'VersionInfo' AND c.pk = 1 AND (SELECT count(*) FROM pragma_table_info(t.name) k WHERE k.pk > 0) = 1
        """;

    private const string PostgresIndexes =
        """
        SELECT t.relname || ' ' || CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || CASE WHEN i.indpred IS NOT NULL THEN 'partial ' ELSE '' END
            || (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY AS k(att, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.att)
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace
        WHERE s.nspname = 'public' AND t.relname <> 'VersionInfo' AND t.relname NOT LIKE 'qrtz_%'
        """;

    [Fact]
    public async Task Columns_are_the_same() => await CompareAsync(SqliteColumns, PostgresColumns);

    [Fact]
    public async Task Keys_and_indexes_are_the_same() => await CompareAsync(SqliteIndexes, PostgresIndexes);

    [Fact]
    public async Task The_schedulers_tables_are_there_on_both() => await CompareAsync(
        "SELECT lower(name) FROM sqlite_master WHERE type = 'table' AND name LIKE 'qrtz_%'",
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'qrtz_%'");

    /// <summary>A newer scheduler may need other tables: then write a migration for the difference, and take its script over here.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void The_schedulers_tables_are_those_of_its_package(string engine)
    {
        using var stream = typeof(Quartz.IScheduler).Assembly.GetManifestResourceStream($"Quartz.Impl.AdoJobStore.Schema.create_{engine}.sql")!;
        using var reader = new StreamReader(stream);

        Assert.Equal(reader.ReadToEnd().ReplaceLineEndings(), Watchbill.Storage.Migrations.M0031QuartzTables.Script(engine).ReplaceLineEndings());
    }

    private static async Task CompareAsync(string sqliteSql, string postgresSql)
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, $"Needs PostgreSQL: set {TestDatabase.ServerVariable}, or run under tests/postgres.");
        var sqlite = await QueryAsync(TestEngine.Sqlite, sqliteSql);
        var postgres = await QueryAsync(TestEngine.PostgreSql, postgresSql);

        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, postgres);
    }

    private static async Task<List<string>> QueryAsync(TestEngine engine, string sql)
    {
        await using var database = await MigratedDatabase.CreateAsync(engine);
        await using var connection = database.Database.Open();
        return [.. (await connection.QueryToListAsync<string>(sql, TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal)];
    }
}
