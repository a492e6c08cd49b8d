using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>When the person of a session last proved who they are; null where that was when it began.</summary>
[Migration(59, "proved at")]
public sealed class M0059ProvedAt : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up() => Alter.Table("session").AddColumn("proved_at").AsInt64().Nullable();
}
