using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The audit log. The triggers, not our good manners, make it append-only.</summary>
[Migration(2, "audit")]
public sealed class M0002Audit : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("audit_event");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_audit_event").Identity();
        table.WithInstant("at");
        table.WithText("actor_kind");
        table.WithText("actor_id");
        table.WithOptionalText("actor_from");
        table.WithText("action");
        table.WithText("subject_kind");
        table.WithText("subject_id");
        table.WithOptionalText("before");
        table.WithOptionalText("after");
        table.WithOptionalText("reason");
        Create.Index("ix_audit_event_subject").OnTable("audit_event")
            .OnColumn("subject_kind").Ascending().OnColumn("subject_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_audit_event_at").OnTable("audit_event").OnColumn("at").Ascending();
        this.AppendOnly("audit_event");
    }
}
