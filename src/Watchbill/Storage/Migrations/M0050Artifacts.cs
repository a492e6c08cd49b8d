using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Artifacts: files that people keep as evidence. What a file holds lies once under its hash; what is said of it may be added to, what it holds may only be erased.</summary>
[Migration(50, "artifacts")]
public sealed class M0050Artifacts : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var blob = Create.Table("artifact_blob");
        blob.WithColumn("sha256").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_artifact_blob");
        blob.WithColumn("content").AsBinary(int.MaxValue).NotNullable();

        var artifact = Create.Table("artifact");
        artifact.WithColumn("id").AsInt64().PrimaryKey("pk_artifact").Identity();
        artifact.WithNumber("connector_id");
        artifact.WithText("name");
        artifact.WithText("media_type");
        artifact.WithNumber("size");
        artifact.WithText("sha256");
        artifact.WithText("shows");
        artifact.WithOptionalText("source");
        artifact.WithText("controls");
        artifact.WithOptionalNumber("action_id");
        artifact.WithInstant("observed_at");
        artifact.WithInstant("collected_at");
        artifact.WithInstant("recorded_at");
        artifact.WithOptionalNumber("recorded_by");
        artifact.WithText("recorded_by_actor");
        artifact.WithOptionalInstant("keep_until");
        artifact.WithOptionalText("hold_reason");
        artifact.WithOptionalInstant("erased_at");
        artifact.WithOptionalNumber("erased_by");
        artifact.WithOptionalText("erased_reason");
        Create.Index("ix_artifact_connector").OnTable("artifact").OnColumn("connector_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_artifact_sha256").OnTable("artifact").OnColumn("sha256").Ascending();
    }
}
