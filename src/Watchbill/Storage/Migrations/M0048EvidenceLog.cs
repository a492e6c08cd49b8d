using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The log that makes the audit log provable: entries, hashes of complete subtrees, signed checkpoints. The triggers make all three append-only.</summary>
[Migration(48, "evidence log")]
public sealed class M0048EvidenceLog : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var entry = Create.Table("evidence_log_entry");
        entry.WithNumber("idx").PrimaryKey("pk_evidence_log_entry");
        entry.WithNumber("audit_id");
        entry.WithText("entry");
        Create.Index("ux_evidence_log_entry_audit").OnTable("evidence_log_entry").OnColumn("audit_id").Ascending().WithOptions().Unique();

        var hash = Create.Table("evidence_log_hash");
        hash.WithNumber("level").PrimaryKey("pk_evidence_log_hash");
        hash.WithNumber("idx").PrimaryKey("pk_evidence_log_hash");
        hash.WithText("hash");

        var checkpoint = Create.Table("evidence_log_checkpoint");
        checkpoint.WithNumber("size").PrimaryKey("pk_evidence_log_checkpoint");
        checkpoint.WithInstant("at");
        checkpoint.WithText("note");

        this.AppendOnly("evidence_log_entry");
        this.AppendOnly("evidence_log_hash");
        this.AppendOnly("evidence_log_checkpoint");
    }
}
