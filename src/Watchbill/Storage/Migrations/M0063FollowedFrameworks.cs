using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The frameworks that an organization is held against; no row means all of them.</summary>
[Migration(63, "followed frameworks")]
public sealed class M0063FollowedFrameworks : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up() => Create.Table("followed_framework").WithColumn("framework_id").AsString(int.MaxValue).NotNullable().PrimaryKey();
}
