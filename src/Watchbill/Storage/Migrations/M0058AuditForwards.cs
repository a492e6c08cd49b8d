using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>How far audit events were handed on to each outlet.</summary>
[Migration(58, "audit forwards")]
public sealed class M0058AuditForwards : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("audit_forward");
        table.WithText("outlet").PrimaryKey("pk_audit_forward");
        table.WithNumber("next");
        table.WithText("owner");
        table.WithInstant("lease_until");
    }
}
