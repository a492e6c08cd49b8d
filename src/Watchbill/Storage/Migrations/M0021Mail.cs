using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>The outbox: mail that tells about facts written in the same transaction.</summary>
[Migration(21, "mail")]
public sealed class M0021Mail : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("mail");
        table.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_mail").Identity();
        table.WithText("kind");
        table.WithText("recipient");
        table.WithText("subject");
        table.WithOptionalText("protected_text");
        table.WithText("state");
        table.WithNumber("attempts");
        table.WithInstant("created_at");
        table.WithInstant("next_attempt_at");
        table.WithOptionalInstant("finished_at");
        table.WithOptionalText("last_error");
        Create.Index("ix_mail_due").OnTable("mail").OnColumn("state").Ascending().OnColumn("next_attempt_at").Ascending();
    }
}
