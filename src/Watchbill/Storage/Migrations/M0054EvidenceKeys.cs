using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The public keys that sign the evidence log, and statements and packs, each endorsed by the one before it. Only added to.</summary>
[Migration(54, "evidence keys")]
public sealed class M0054EvidenceKeys : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var key = Create.Table("evidence_key");
        key.WithText("key_use").PrimaryKey("pk_evidence_key");
        key.WithNumber("generation").PrimaryKey("pk_evidence_key");
        key.WithText("pem");
        key.WithInstant("since");
        key.WithOptionalText("endorsement");
        this.AppendOnly("evidence_key");
    }
}
