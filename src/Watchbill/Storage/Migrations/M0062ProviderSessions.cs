using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Sessions know which session at the identity provider they came of, so that they can end with it.</summary>
[Migration(62, "provider sessions")]
public sealed class M0062ProviderSessions : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up() => Alter.Table("session").AddColumn("provider_session").AsString(int.MaxValue).Nullable();
}
