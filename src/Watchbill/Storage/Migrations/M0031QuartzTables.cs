using FluentMigrator;
using SchemaWords = Watchbill.Storage.Migrations.Schema;

namespace Watchbill.Storage.Migrations;

/// <summary>
/// The tables of the scheduler, version 4.7. They are its own and look as its package creates them; making them here keeps one way in which a
/// schema changes, and lets a production account do without the right to create tables.
/// </summary>
[Migration(31, "quartz tables")]
public sealed class M0031QuartzTables : ForwardOnlyMigration
{
    /// <summary>What the scheduler's tables are called first.</summary>
    internal const string Prefix = "qrtz_";

    /// <summary>A line of its own between two statements.</summary>
    private const string Separator = "--;;";

    /// <inheritdoc/>
    public override void Up()
    {
        foreach (var statement in Statements("sqlite"))
        {
            IfDatabase(SchemaWords.IsSqlite).Execute.Sql(statement);
        }

        foreach (var statement in Statements("postgres"))
        {
            IfDatabase(static engine => !SchemaWords.IsSqlite(engine)).Execute.Sql(statement);
        }
    }

    /// <summary>The script as the package has it, one statement after the other.</summary>
    internal static string Script(string engine)
    {
        using var stream = typeof(M0031QuartzTables).Assembly.GetManifestResourceStream($"quartz/{engine}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Statements(string engine) => Script(engine).ReplaceLineEndings("\n")
        .Split($"\n{Separator}\n")
        .Select(static statement => statement.Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal))
        .Where(static statement => statement.Split('\n').Any(static line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)));
}
