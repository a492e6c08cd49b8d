using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>What people need to look after connectors: owners, versions, schedules, runs that were asked for, connections that are being tried out.</summary>
[Migration(30, "connector care")]
public sealed class M0030ConnectorCare : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("connector").AddColumn("version").AsInt64().NotNullable().WithDefaultValue(1L);
        Alter.Table("connector").AddColumn("schedule").AsString(int.MaxValue).NotNullable().WithDefaultValue("manual");
        foreach (var text in (string[])["phase", "phase_scope", "state_before", "reason_before"])
        {
            Alter.Table("sync_run").AddColumn(text).AsString(int.MaxValue).Nullable();
        }

        Owners();
        Requests();
        Drafts();
    }

    private void Owners()
    {
        var table = Create.Table("connector_owner");
        table.WithColumn("connector_id").AsInt64().NotNullable().PrimaryKey("pk_connector_owner");
        table.WithColumn("account_id").AsInt64().NotNullable().PrimaryKey("pk_connector_owner");
    }

    private void Requests()
    {
        var table = Create.Table("sync_request");
        table.WithColumn("connector_id").AsInt64().NotNullable().PrimaryKey("pk_sync_request");
        table.WithInstant("requested_at");
        table.WithInstant("due_at");
        table.WithText("actor_kind");
        table.WithText("actor_id");
        table.WithOptionalText("actor_from");
        table.WithOptionalText("owner");
        table.WithOptionalInstant("lease_until");
    }

    private void Drafts()
    {
        var table = Create.Table("connection_draft");
        table.WithColumn("id").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_connection_draft");
        table.WithOptionalNumber("connector_id");
        table.WithText("actor");
        table.WithInstant("expires_at");
        table.WithText("protected_token");
        table.WithText("token_kind");
        table.WithText("token_last_four");
        table.WithText("details");
        table.WithText("report");
        Create.Index("ix_connection_draft_expires").OnTable("connection_draft").OnColumn("expires_at").Ascending();
    }
}
