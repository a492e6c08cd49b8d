using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>What time authorities said of checkpoints of the evidence log. Only added to.</summary>
[Migration(53, "timestamps")]
public sealed class M0053Timestamps : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var timestamp = Create.Table("evidence_log_timestamp");
        timestamp.WithNumber("size").PrimaryKey("pk_evidence_log_timestamp");
        timestamp.WithInstant("at");
        timestamp.WithText("authority");
        timestamp.WithText("token");
        timestamp.WithOptionalText("ca");
        this.AppendOnly("evidence_log_timestamp");
    }
}
