using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>What checks ask for that no access question did: proven addresses, limits of keys, where apps send to, roles that the audit log names, clocks.</summary>
[Migration(46, "compliance fields")]
public sealed class M0046ComplianceFields : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        foreach (var twin in (string[])["fact", "staged"])
        {
            Alter.Table($"member_{twin}").AddColumn("email_verified").AsBoolean().Nullable();
            Alter.Table($"auth_provider_{twin}").AddColumn("pending_links").AsInt32().Nullable();
            Alter.Table($"non_human_{twin}").AddColumn("webhook_origin").AsString(int.MaxValue).Nullable();
            Alter.Table($"non_human_{twin}").AddColumn("events_per_hour").AsInt32().Nullable();
            Alter.Table($"non_human_{twin}").AddColumn("ailments").AsString(int.MaxValue).Nullable();
        }

        Alter.Table("logged_event").AddColumn("org_role").AsString(int.MaxValue).Nullable();
        Create.Index("ix_logged_event_event").OnTable("logged_event").OnColumn("connector_id").Ascending().OnColumn("event").Ascending().OnColumn("at").Ascending();
        Alter.Table("sync_run").AddColumn("clock_skew_ms").AsInt64().Nullable();
    }
}
