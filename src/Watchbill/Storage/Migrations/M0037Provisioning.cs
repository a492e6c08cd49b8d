using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Intended changes in Sentry, what was tried and the proof; and the token for changes, with the switch that lets them be made.</summary>
[Migration(37, "provisioning")]
public sealed class M0037Provisioning : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("connector")
            .AddColumn("protected_write_token").AsString(int.MaxValue).Nullable()
            .AddColumn("write_token_kind").AsString(int.MaxValue).Nullable()
            .AddColumn("write_token_last_four").AsString(int.MaxValue).Nullable()
            .AddColumn("writes_since").AsInt64().Nullable();
        var task = Create.Table("provisioning_task");
        task.WithColumn("id").AsInt64().PrimaryKey("pk_provisioning_task").Identity();
        task.WithNumber("connector_id");
        task.WithText("kind");
        task.WithOptionalText("member");
        task.WithOptionalText("team");
        task.WithOptionalText("project");
        task.WithOptionalText("role");
        task.WithOptionalText("email");
        task.WithText("reason");
        task.WithText("actor_kind");
        task.WithText("actor_id");
        task.WithOptionalText("actor_from");
        task.WithText("state");
        task.WithInstant("requested_at");
        task.WithInstant("due_at");
        task.WithNumber("attempts");
        task.WithOptionalText("state_before");
        task.WithOptionalText("read_back");
        task.WithOptionalInstant("read_back_at");
        task.WithOptionalText("sent");
        task.WithOptionalText("failure_code");
        task.WithOptionalText("note");
        task.WithOptionalInstant("ended_at");
        task.WithOptionalText("owner");
        task.WithOptionalInstant("lease_until");
        Create.Index("ix_provisioning_task_connector").OnTable("provisioning_task").OnColumn("connector_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_provisioning_task_due").OnTable("provisioning_task").OnColumn("state").Ascending().OnColumn("due_at").Ascending();
    }
}
