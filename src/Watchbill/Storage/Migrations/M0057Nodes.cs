using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The processes that work on this database.</summary>
[Migration(57, "nodes")]
public sealed class M0057Nodes : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("node");
        table.WithText("name").PrimaryKey("pk_node");
        table.WithText("version");
        table.WithNumber("schema");
        table.WithInstant("started_at");
        table.WithInstant("seen_at");
    }
}
