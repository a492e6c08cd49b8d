using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Watchbill.Storage.Migrations;

/// <summary>Evidence beside access: what sources told, by periods; every read of it; and the reads that were asked for. Also whom or what lines of Sentry's audit log are about
/// that tell of keys, tokens and apps.</summary>
[Migration(36, "evidence")]
public sealed class M0036Evidence : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("logged_event").AddColumn("subject").AsString(int.MaxValue).Nullable();
        Collections();
        Rows();
        Staged();

        var request = Create.Table("collection_request");
        request.WithNumber("connector_id").PrimaryKey("pk_collection_request");
        request.WithText("kind").PrimaryKey("pk_collection_request");
        request.WithText("part").PrimaryKey("pk_collection_request");
        request.WithFlag("accepts_loss");
        request.WithInstant("requested_at");
        request.WithText("actor_kind");
        request.WithText("actor_id");
        request.WithOptionalText("actor_from");
    }

    private void Collections()
    {
        var collection = Create.Table("collection");
        collection.WithColumn("id").AsInt64().PrimaryKey("pk_collection").Identity();
        collection.WithNumber("connector_id");
        collection.WithText("kind");
        collection.WithText("part");
        collection.WithText("state");
        collection.WithInstant("started_at");
        collection.WithOptionalInstant("ended_at");
        collection.WithOptionalText("query");
        collection.WithNumber("requests");
        collection.WithNumber("rows");
        collection.WithNumber("kept");
        collection.WithOptionalText("states");
        collection.WithNumber("remaining");
        collection.WithOptionalNumber("reported");
        collection.WithNumber("opened");
        collection.WithNumber("changed");
        collection.WithNumber("closed");
        collection.WithOptionalText("note");
        collection.WithOptionalText("failure_code");
        collection.WithText("actor_kind");
        collection.WithText("actor_id");
        collection.WithOptionalText("actor_from");
        collection.WithText("owner");
        collection.WithInstant("lease_until");
        Create.Index("ix_collection_kind").OnTable("collection")
            .OnColumn("connector_id").Ascending().OnColumn("kind").Ascending().OnColumn("state").Ascending().OnColumn("id").Ascending();
    }

    private void Rows()
    {
        var row = Create.Table("collected_row");
        row.WithNumber("connector_id").PrimaryKey("pk_collected_row");
        row.WithText("kind").PrimaryKey("pk_collected_row");
        row.WithText("key").PrimaryKey("pk_collected_row");
        row.WithInstant("valid_from").PrimaryKey("pk_collected_row");
        row.WithInstant("valid_to");
        row.WithNumber("first_collection");
        row.WithOptionalNumber("last_collection");
        WithContent(row);
        Create.Index("ux_collected_row_open").OnTable("collected_row")
            .OnColumn("connector_id").Ascending().OnColumn("kind").Ascending().OnColumn("key").Ascending().OnColumn("valid_to").Ascending().WithOptions().Unique();
        Create.Index("ix_collected_row_at").OnTable("collected_row")
            .OnColumn("connector_id").Ascending().OnColumn("kind").Ascending().OnColumn("valid_to").Ascending().OnColumn("at").Descending();
        Create.Index("ix_collected_row_parent").OnTable("collected_row")
            .OnColumn("connector_id").Ascending().OnColumn("kind").Ascending().OnColumn("parent").Ascending().OnColumn("valid_to").Ascending();
    }

    private void Staged()
    {
        var staged = Create.Table("collected_staged");
        staged.WithNumber("collection_id");
        staged.WithText("key");
        WithContent(staged);
        Create.Index("ux_collected_staged_key").OnTable("collected_staged").OnColumn("collection_id").Ascending().OnColumn("key").Ascending().WithOptions().Unique();

        var part = Create.Table("collected_part");
        part.WithNumber("collection_id").PrimaryKey("pk_collected_part");
        part.WithText("part").PrimaryKey("pk_collected_part");
        part.WithOptionalText("mark");
        part.WithFlag("is_gone");

        var read = Create.Table("evidence_part");
        read.WithNumber("connector_id").PrimaryKey("pk_evidence_part");
        read.WithText("kind").PrimaryKey("pk_evidence_part");
        read.WithText("part").PrimaryKey("pk_evidence_part");
        read.WithOptionalText("mark");
        read.WithInstant("read_at");
    }

    private static void WithContent(ICreateTableWithColumnSyntax table)
    {
        table.WithOptionalText("parent");
        table.WithNumber("fingerprint");
        table.WithText("name");
        table.WithOptionalText("state");
        table.WithOptionalInstant("at");
        table.WithOptionalInstant("last_at");
        table.WithText("document");
        table.WithOptionalText("counters");
    }
}
