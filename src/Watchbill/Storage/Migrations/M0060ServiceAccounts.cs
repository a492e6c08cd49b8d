using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Accounts of programs beside those of people. Those of before are people's.</summary>
[Migration(60, "service accounts")]
public sealed class M0060ServiceAccounts : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up() => Alter.Table("account").AddColumn("kind").AsString(int.MaxValue).NotNullable().WithDefaultValue("Person");
}
