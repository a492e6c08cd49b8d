using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Accounts and everything that lets somebody in: sessions, links, API tokens, device logins; and failed attempts.</summary>
[Migration(20, "people")]
public sealed class M0020People : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Accounts();
        Sessions();
        Links();
        ApiTokens();
        DeviceLogins();
        Attempts();
    }

    private void Accounts()
    {
        var table = Create.Table("account");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_account").Identity();
        table.WithOptionalText("name");
        table.WithText("address").Unique("ux_account_address");
        table.WithText("roles");
        table.WithText("state");
        table.WithInstant("state_since");
        table.WithNumber("version");
        table.WithOptionalText("password_hash");
        table.WithInstant("created_at");
        table.WithOptionalInstant("accepted_at");
        table.WithOptionalInstant("last_signed_in_at");
    }

    private void Sessions()
    {
        var table = Create.Table("session");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_session").Identity();
        table.WithNumber("account_id");
        table.WithText("token_digest").Unique("ux_session_token_digest");
        table.WithInstant("created_at");
        table.WithInstant("last_seen_at");
        table.WithInstant("ends_at");
        table.WithOptionalText("from_address");
        table.WithOptionalText("user_agent");
        Create.Index("ix_session_account").OnTable("session").OnColumn("account_id").Ascending();
    }

    private void Links()
    {
        var table = Create.Table("one_time_link");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_one_time_link").Identity();
        table.WithText("kind");
        table.WithText("secret_digest").Unique("ux_one_time_link_secret_digest");
        table.WithNumber("account_id");
        table.WithInstant("created_at");
        table.WithInstant("expires_at");

        // The newest wins: there is never more than one of a kind for an account.
        Create.Index("ux_one_time_link_account").OnTable("one_time_link")
            .OnColumn("account_id").Ascending().OnColumn("kind").Ascending().WithOptions().Unique();
    }

    private void ApiTokens()
    {
        var table = Create.Table("api_token");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_api_token").Identity();
        table.WithNumber("account_id");
        table.WithText("name");
        table.WithText("rights");
        table.WithText("token_digest").Unique("ux_api_token_token_digest");
        table.WithText("last_four");
        table.WithInstant("created_at");
        table.WithInstant("expires_at");
        table.WithOptionalInstant("last_used_at");
        table.WithOptionalInstant("revoked_at");
        Create.Index("ix_api_token_account").OnTable("api_token").OnColumn("account_id").Ascending();
    }

    private void DeviceLogins()
    {
        var table = Create.Table("device_login");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_device_login").Identity();
        table.WithText("device_digest").Unique("ux_device_login_device_digest");
        table.WithText("user_code").Unique("ux_device_login_user_code");
        table.WithText("client");
        table.WithOptionalText("from_address");
        table.WithText("state");
        table.WithInstant("created_at");
        table.WithInstant("expires_at");
        table.WithInstant("next_poll_at");
        table.WithOptionalNumber("account_id");
        table.WithOptionalText("rights");
        table.WithOptionalInstant("token_expires_at");
    }

    private void Attempts()
    {
        var table = Create.Table("attempt");
        table.WithColumn("key").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_attempt");
        table.WithNumber("count");
        table.WithInstant("last_at");
        table.WithOptionalInstant("paused_until");
    }
}
