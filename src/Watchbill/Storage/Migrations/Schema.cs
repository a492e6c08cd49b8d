using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Watchbill.Storage.Migrations;

/// <summary>The words that several migrations share, so that an instant or an interval is the same column everywhere.</summary>
internal static class Schema
{
    /// <summary>UTC microseconds since 1970; the largest integer is "not ended".</summary>
    public static ICreateTableColumnOptionOrWithColumnSyntax WithInstant(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsInt64().NotNullable();

    /// <inheritdoc cref="WithInstant"/>
    public static ICreateTableColumnOptionOrWithColumnSyntax WithOptionalInstant(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsInt64().Nullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithText(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsString(int.MaxValue).NotNullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithOptionalText(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsString(int.MaxValue).Nullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithNumber(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsInt64().NotNullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithOptionalNumber(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsInt64().Nullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithFlag(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsBoolean().NotNullable();

    public static ICreateTableColumnOptionOrWithColumnSyntax WithOptionalFlag(this ICreateTableWithColumnSyntax table, string name) =>
        table.WithColumn(name).AsBoolean().Nullable();

    /// <summary>
    /// Creates the ledger table of one kind of fact and its staging twin: the same columns, so that a confirmed difference is applied
    /// exactly as it was shown.
    /// </summary>
    public static void FactTables(this Migration migration, string name, Action<ICreateTableWithColumnSyntax> attributes)
    {
        var fact = $"{name}_fact";
        WithFactColumns(migration.Create.Table(fact), attributes, primaryKey: $"pk_{fact}");
        migration.Create.Index($"ux_{fact}_open").OnTable(fact)
            .OnColumn("connector_id").Ascending().OnColumn("key").Ascending().OnColumn("valid_to").Ascending().WithOptions().Unique();
        migration.Create.Index($"ix_{fact}_scope").OnTable(fact)
            .OnColumn("connector_id").Ascending().OnColumn("scope").Ascending().OnColumn("valid_to").Ascending();

        var staged = $"{name}_staged";
        WithFactColumns(migration.Create.Table(staged), attributes, primaryKey: null);
        migration.Create.Index($"ux_{staged}_key").OnTable(staged)
            .OnColumn("first_run").Ascending().OnColumn("scope").Ascending().OnColumn("key").Ascending().WithOptions().Unique();
    }

    /// <summary>Makes the database refuse to change or remove rows, whoever asks.</summary>
    public static void AppendOnly(this Migration migration, string table)
    {
        foreach (var change in (string[])["update", "delete"])
        {
            migration.IfDatabase(IsSqlite).Execute.Sql(
                $"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END");
        }

        migration.IfDatabase(static engine => !IsSqlite(engine)).Execute.Sql(
            $"""
            CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
            """);
    }

    /// <summary>There are two engines; whatever is not SQLite is PostgreSQL, by one of the several names that library has for it.</summary>
    public static bool IsSqlite(string engine) => engine.Contains("sqlite", StringComparison.OrdinalIgnoreCase);

    private static void WithFactColumns(ICreateTableWithColumnSyntax table, Action<ICreateTableWithColumnSyntax> attributes, string? primaryKey)
    {
        KeyedBy(primaryKey, table.WithNumber("connector_id"));
        table.WithText("scope");
        KeyedBy(primaryKey, table.WithText("key"));
        table.WithNumber("fingerprint");
        KeyedBy(primaryKey, table.WithInstant("valid_from"));
        table.WithInstant("valid_to");
        table.WithNumber("first_run");
        table.WithOptionalNumber("last_run");
        attributes(table);
    }

    /// <summary>The builder speaks of the column that was named last, and SQLite knows primary keys only while the table is created.</summary>
    private static void KeyedBy(string? primaryKey, ICreateTableColumnOptionOrWithColumnSyntax column)
    {
        if (primaryKey is not null)
        {
            column.PrimaryKey(primaryKey);
        }
    }
}
