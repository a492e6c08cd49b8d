using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Checks: parameters with their history, runs with one line for each check, what each resource's outcome is and was, exceptions, acknowledged lines of the log, known networks.</summary>
[Migration(47, "checks")]
public sealed class M0047Checks : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Runs();
        Settings();

        var acknowledgement = Create.Table("log_acknowledgement");
        acknowledgement.WithNumber("connector_id").PrimaryKey("pk_log_acknowledgement");
        acknowledgement.WithNumber("entry_id").PrimaryKey("pk_log_acknowledgement");
        acknowledgement.WithText("reason");
        acknowledgement.WithText("actor_kind");
        acknowledgement.WithText("actor_id");
        acknowledgement.WithOptionalNumber("account_id");
        acknowledgement.WithInstant("at");

        var network = Create.Table("known_network");
        network.WithNumber("connector_id").PrimaryKey("pk_known_network");
        network.WithText("cidr").PrimaryKey("pk_known_network");
        Alter.Table("logged_event").AddColumn("from_known_network").AsBoolean().Nullable();
    }

    private void Runs()
    {
        var run = Create.Table("check_run");
        run.WithColumn("id").AsInt64().PrimaryKey("pk_check_run").Identity();
        run.WithNumber("connector_id");
        run.WithInstant("at");
        run.WithInstant("ended_at");
        run.WithText("actor_kind");
        run.WithText("actor_id");
        run.WithOptionalText("actor_from");
        run.WithText("digest");
        run.WithText("inputs");
        Create.Index("ix_check_run_at").OnTable("check_run").OnColumn("connector_id").Ascending().OnColumn("at").Ascending();

        var line = Create.Table("check_line");
        line.WithNumber("run_id").PrimaryKey("pk_check_line");
        line.WithText("check_id").PrimaryKey("pk_check_line");
        line.WithNumber("version");
        line.WithText("definition_digest");
        line.WithText("outcome");
        line.WithOptionalText("reason");
        line.WithText("settings");
        foreach (var count in (string[])["passed", "failed", "not_evaluated", "not_applicable", "excepted"])
        {
            line.WithNumber(count);
        }

        line.WithOptionalNumber("results_run");
        Create.Index("ix_check_line_check").OnTable("check_line").OnColumn("check_id").Ascending().OnColumn("run_id").Ascending();

        var result = Create.Table("check_result");
        result.WithNumber("connector_id").PrimaryKey("pk_check_result");
        result.WithText("check_id").PrimaryKey("pk_check_result");
        result.WithText("resource_kind").PrimaryKey("pk_check_result");
        result.WithText("resource_key").PrimaryKey("pk_check_result");
        result.WithInstant("valid_from").PrimaryKey("pk_check_result");
        result.WithInstant("valid_to");
        result.WithText("resource_name");
        result.WithText("outcome");
        result.WithOptionalText("reason");
        result.WithOptionalNumber("exception_id");
        result.WithNumber("first_run");
        result.WithOptionalNumber("last_run");
        Create.Index("ix_check_result_open").OnTable("check_result")
            .OnColumn("connector_id").Ascending().OnColumn("valid_to").Ascending().OnColumn("check_id").Ascending().OnColumn("outcome").Ascending();
    }

    private void Settings()
    {
        var parameter = Create.Table("check_parameter");
        parameter.WithNumber("connector_id").PrimaryKey("pk_check_parameter");
        parameter.WithText("check_id").PrimaryKey("pk_check_parameter");
        parameter.WithText("name").PrimaryKey("pk_check_parameter");
        parameter.WithInstant("valid_from").PrimaryKey("pk_check_parameter");
        parameter.WithInstant("valid_to");
        parameter.WithOptionalText("value");
        parameter.WithText("reason");
        parameter.WithText("actor_kind");
        parameter.WithText("actor_id");
        parameter.WithOptionalNumber("account_id");

        var exception = Create.Table("check_exception");
        exception.WithColumn("id").AsInt64().PrimaryKey("pk_check_exception").Identity();
        exception.WithNumber("connector_id");
        exception.WithText("check_id");
        exception.WithOptionalText("resource_kind");
        exception.WithOptionalText("resource_key");
        exception.WithOptionalText("resource_name");
        exception.WithText("reason");
        exception.WithText("state");
        exception.WithInstant("asked_at");
        exception.WithOptionalNumber("asked_by");
        exception.WithText("asked_by_actor");
        exception.WithInstant("ends_at");
        exception.WithOptionalInstant("decided_at");
        exception.WithOptionalNumber("decided_by");
        exception.WithOptionalText("decided_by_actor");
        exception.WithOptionalText("decision");
        exception.WithOptionalInstant("reminded_at");
        Create.Index("ix_check_exception_connector").OnTable("check_exception").OnColumn("connector_id").Ascending().OnColumn("state").Ascending();
    }
}
