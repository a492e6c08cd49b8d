using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>
/// What runs need that read only what Sentry's audit log names: when each line was seen, until when the log names no change of a scope, when the scope's
/// listing itself was read last, and what kind of run each was.
/// </summary>
[Migration(35, "incremental runs")]
public sealed class M0035IncrementalRuns : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        // Lines of older databases were read by runs that read everything after them: they ask for nothing.
        Alter.Table("logged_event").AddColumn("seen_at").AsInt64().NotNullable().WithDefaultValue(0);
        Create.Index("ix_logged_event_seen_at").OnTable("logged_event").OnColumn("connector_id").Ascending().OnColumn("seen_at").Ascending();

        Alter.Table("scope_state").AddColumn("listed_at").AsInt64().Nullable();
        Alter.Table("scope_state").AddColumn("vouched_at").AsInt64().Nullable();
        Execute.Sql("UPDATE scope_state SET listed_at = last_complete_at");
        Alter.Table("staged_scope").AddColumn("is_patched").AsBoolean().NotNullable().WithDefaultValue(false);

        Alter.Table("sync_run").AddColumn("mode").AsString(int.MaxValue).NotNullable().WithDefaultValue("Full");
        Alter.Table("sync_run").AddColumn("unlogged").AsInt64().Nullable();
        Alter.Table("sync_request").AddColumn("mode").AsString(int.MaxValue).Nullable();
    }
}
