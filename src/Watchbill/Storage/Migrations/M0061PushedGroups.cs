using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Groups that identity providers push, who is in them, and the accounts here that they decide about.</summary>
[Migration(61, "pushed groups")]
public sealed class M0061PushedGroups : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("identity_directory").AddColumn("decides_accounts").AsBoolean().NotNullable().WithDefaultValue(false);
        Create.Table("identity_group")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithNumber("directory_id")
            .WithText("key")
            .WithText("name")
            .WithOptionalText("external_id")
            .WithInstant("created_at")
            .WithInstant("changed_at");
        Create.Index("ux_identity_group_key").OnTable("identity_group").OnColumn("directory_id").Ascending().OnColumn("key").Ascending().WithOptions().Unique();
        Create.Table("identity_group_member")
            .WithColumn("group_id").AsInt64().NotNullable().PrimaryKey("pk_identity_group_member")
            .WithColumn("identity_id").AsInt64().NotNullable().PrimaryKey("pk_identity_group_member");
        Create.Index("ix_identity_group_member_identity").OnTable("identity_group_member").OnColumn("identity_id").Ascending();
        Create.Table("directory_account")
            .WithColumn("account_id").AsInt64().NotNullable().PrimaryKey()
            .WithNumber("identity_id")
            .WithFlag("is_closed");
        Create.Index("ux_directory_account_identity").OnTable("directory_account").OnColumn("identity_id").Ascending().WithOptions().Unique();
    }
}
