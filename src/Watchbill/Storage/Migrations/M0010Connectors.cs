using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Connectors, their runs and the runs' logs.</summary>
[Migration(10, "connectors")]
public sealed class M0010Connectors : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Connectors();
        Runs();
        Scopes();
    }

    private void Connectors()
    {
        var table = Create.Table("connector");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_connector").Identity();
        table.WithText("name").Unique("ux_connector_name");
        table.WithOptionalText("application");
        table.WithText("address");
        table.WithText("organization_slug");
        table.WithOptionalText("organization_id");
        table.WithOptionalText("protected_token");
        table.WithOptionalText("token_kind");
        table.WithOptionalText("token_last_four");
        table.WithColumn("budget_share").AsDouble().NotNullable();
        table.WithFlag("allow_private_networks");
        table.WithText("state");
        table.WithOptionalText("state_reason");
        table.WithInstant("state_since");
        table.WithNumber("failed_runs");
        table.WithInstant("created_at");
        table.WithOptionalText("blind_spots");
    }

    private void Runs()
    {
        var table = Create.Table("sync_run");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_sync_run").Identity();
        table.WithNumber("connector_id");
        table.WithText("state");
        table.WithOptionalText("reason");
        table.WithInstant("started_at");
        table.WithOptionalInstant("finished_at");
        table.WithText("owner");
        table.WithInstant("lease_until");
        foreach (var number in (string[])["requests", "rows", "retries", "rate_limited", "opened", "closed"])
        {
            table.WithNumber(number);
        }

        table.WithOptionalNumber("predicted_requests");
        Create.Index("ix_sync_run_connector").OnTable("sync_run").OnColumn("connector_id").Ascending().OnColumn("id").Ascending();

        // Two processes may both believe that nobody runs; the database lets only one of them be right.
        Execute.Sql("CREATE UNIQUE INDEX ux_sync_run_running ON sync_run (connector_id) WHERE state = 'Running'");
    }

    private void Scopes()
    {
        var table = Create.Table("sync_scope");
        table.WithColumn("run_id").AsInt64().NotNullable().PrimaryKey("pk_sync_scope");
        table.WithColumn("scope").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_sync_scope");
        table.WithText("outcome");
        table.WithInstant("read_at");
        table.WithNumber("duration");
        table.WithNumber("requests");
        table.WithNumber("rows");
        table.WithOptionalText("failure_code");
        table.WithOptionalText("note");
    }
}
