using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Sentry's own audit log, as far as it was read, and which of its lines explains which beginning or end in the ledger.</summary>
[Migration(34, "logged events")]
public sealed class M0034LoggedEvents : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var logged = Create.Table("logged_event");
        logged.WithNumber("connector_id").PrimaryKey("pk_logged_event");
        logged.WithNumber("entry_id").PrimaryKey("pk_logged_event");
        logged.WithInstant("at");
        logged.WithText("event");
        logged.WithOptionalText("actor_user_id");
        logged.WithOptionalText("actor");
        logged.WithOptionalText("target_object");
        logged.WithOptionalText("target_user_id");
        logged.WithOptionalText("email");
        logged.WithOptionalText("team_slugs");
        logged.WithOptionalText("team_role");
        logged.WithOptionalText("project_slug");
        logged.WithOptionalText("note");
        Create.Index("ix_logged_event_at").OnTable("logged_event").OnColumn("connector_id").Ascending().OnColumn("at").Ascending();

        var reach = Create.Table("logged_reach");
        reach.WithNumber("connector_id").PrimaryKey("pk_logged_reach");
        reach.WithInstant("since");
        reach.WithInstant("through");
        reach.WithFlag("is_whole");

        var cause = Create.Table("fact_cause");
        cause.WithNumber("connector_id").PrimaryKey("pk_fact_cause");
        cause.WithText("kind").PrimaryKey("pk_fact_cause");
        cause.WithText("key").PrimaryKey("pk_fact_cause");
        cause.WithInstant("at").PrimaryKey("pk_fact_cause");
        cause.WithFlag("is_end").PrimaryKey("pk_fact_cause");
        cause.WithNumber("entry_id");
    }
}
