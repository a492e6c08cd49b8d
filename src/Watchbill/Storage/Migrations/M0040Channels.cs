using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Where announcements go besides mail, what each person wants to be told how, and what waits for a person's daily mail.</summary>
[Migration(40, "channels")]
public sealed class M0040Channels : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var channel = Create.Table("channel");
        channel.WithColumn("id").AsInt64().PrimaryKey("pk_channel").Identity();
        channel.WithText("name");
        channel.WithText("kind");
        channel.WithText("host");
        channel.WithText("protected_address");
        channel.WithOptionalText("protected_secret");
        channel.WithText("about");
        channel.WithOptionalNumber("connector_id");
        channel.WithFlag("allow_private_networks");
        channel.WithFlag("is_on");
        channel.WithInstant("created_at");
        channel.WithOptionalInstant("removed_at");

        Alter.Table("mail").AddColumn("channel_id").AsInt64().Nullable();
        Create.Index("ix_mail_channel").OnTable("mail").OnColumn("channel_id").Ascending().OnColumn("id").Ascending();

        var choice = Create.Table("notice_choice");
        choice.WithNumber("account_id").PrimaryKey("pk_notice_choice");
        choice.WithText("kind").PrimaryKey("pk_notice_choice");
        choice.WithText("delivery");

        var line = Create.Table("digest_line");
        line.WithColumn("id").AsInt64().PrimaryKey("pk_digest_line").Identity();
        line.WithNumber("account_id");
        line.WithText("protected_text");
        line.WithInstant("created_at");
        Create.Index("ix_digest_line_account").OnTable("digest_line").OnColumn("account_id").Ascending().OnColumn("id").Ascending();
    }
}
