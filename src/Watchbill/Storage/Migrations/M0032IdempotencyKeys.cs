using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Requests that must not be carried out twice, and what was answered to them.</summary>
[Migration(32, "idempotency keys")]
public sealed class M0032IdempotencyKeys : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("idempotency_keys");
        table.WithText("caller").PrimaryKey("pk_idempotency_keys");
        table.WithText("key").PrimaryKey("pk_idempotency_keys");
        table.WithText("request");
        table.WithOptionalText("protected_answer");
        table.WithInstant("created_at");
        Create.Index("ix_idempotency_keys_created").OnTable("idempotency_keys").OnColumn("created_at").Ascending();
    }
}
