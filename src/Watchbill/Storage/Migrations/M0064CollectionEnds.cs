using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>When something was collected last is asked for every source again and again, and collections are kept for years.</summary>
[Migration(64, "collection ends")]
public sealed class M0064CollectionEnds : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up() => Create.Index("ix_collection_ended").OnTable("collection").OnColumn("connector_id").Ascending().OnColumn("ended_at").Ascending();
}
