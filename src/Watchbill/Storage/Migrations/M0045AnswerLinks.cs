using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Links by which those who were asked answer a request from their mail.</summary>
[Migration(45, "answer links")]
public sealed class M0045AnswerLinks : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var link = Create.Table("answer_link");
        link.WithColumn("id").AsInt64().PrimaryKey("pk_answer_link").Identity();
        link.WithText("secret_digest");
        link.WithNumber("request_id");
        link.WithNumber("step");
        link.WithNumber("account_id");
        link.WithInstant("expires_at");
        Create.Index("ix_answer_link_digest").OnTable("answer_link").OnColumn("secret_digest").Ascending().WithOptions().Unique();
        Create.Index("ix_answer_link_expiry").OnTable("answer_link").OnColumn("expires_at").Ascending();
    }
}
