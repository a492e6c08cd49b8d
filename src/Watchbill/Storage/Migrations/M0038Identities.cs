using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The people that directories name, files of them that somebody is looking at before they count, and what was said about whose account is whose.</summary>
[Migration(38, "identities")]
public sealed class M0038Identities : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Directories();
        Identities();
        Uploads();
        Matching();
    }

    private void Directories()
    {
        var directory = Create.Table("identity_directory");
        directory.WithColumn("id").AsInt64().PrimaryKey("pk_identity_directory").Identity();
        directory.WithText("name");
        directory.WithText("kind");
        directory.WithInstant("created_at");
        directory.WithOptionalInstant("filled_at");
        directory.WithOptionalText("token_digest");
        directory.WithOptionalText("token_last_four");
        directory.WithOptionalInstant("token_since");
        directory.WithOptionalInstant("token_used_at");
        directory.WithOptionalInstant("removed_at");
        directory.WithNumber("version");
        Create.Index("ix_identity_directory_token").OnTable("identity_directory").OnColumn("token_digest").Ascending();
    }

    private void Identities()
    {
        var identity = Create.Table("identity");
        identity.WithColumn("id").AsInt64().PrimaryKey("pk_identity").Identity();
        identity.WithNumber("directory_id");
        identity.WithText("key");
        identity.WithText("email");
        identity.WithText("name");
        identity.WithText("user_name");
        identity.WithOptionalText("external_id");
        identity.WithText("aliases");
        identity.WithOptionalText("manager");
        identity.WithOptionalText("department");
        identity.WithOptionalText("title");
        identity.WithOptionalText("pushed");
        identity.WithFlag("is_active");
        identity.WithOptionalInstant("inactive_since");
        identity.WithInstant("created_at");
        identity.WithInstant("changed_at");
        Create.Index("ux_identity_key").OnTable("identity").OnColumn("directory_id").Ascending().OnColumn("key").Ascending().WithOptions().Unique();
        Create.Index("ux_identity_user_name").OnTable("identity").OnColumn("directory_id").Ascending().OnColumn("user_name").Ascending().WithOptions().Unique();
    }

    private void Uploads()
    {
        var upload = Create.Table("identity_upload");
        upload.WithText("id").PrimaryKey("pk_identity_upload");
        upload.WithNumber("directory_id");
        upload.WithText("actor");
        upload.WithInstant("expires_at");
        upload.WithText("file_name");
        upload.WithText("content");
        upload.WithText("columns");
    }

    private void Matching()
    {
        var setting = Create.Table("account_setting");
        setting.WithNumber("connector_id").PrimaryKey("pk_account_setting");
        setting.WithText("member").PrimaryKey("pk_account_setting");
        setting.WithText("kind");
        setting.WithText("owner");
        setting.WithOptionalNumber("identity_id");
        setting.WithOptionalText("note");
        setting.WithText("actor_kind");
        setting.WithText("actor_id");
        setting.WithOptionalText("actor_from");
        setting.WithInstant("set_at");

        var rule = Create.Table("match_rule");
        rule.WithNumber("position").PrimaryKey("pk_match_rule");
        rule.WithText("kind");
        rule.WithOptionalText("from_domain");
        rule.WithOptionalText("to_domain");
    }
}
