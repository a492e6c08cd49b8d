using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Engagements: what auditors look at and for how long, what they asked for, and what was said about it. What was said only grows.</summary>
[Migration(52, "engagements")]
public sealed class M0052Engagements : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var engagement = Create.Table("engagement");
        engagement.WithColumn("id").AsInt64().PrimaryKey("pk_engagement").Identity();
        engagement.WithText("name");
        engagement.WithOptionalText("firm");
        engagement.WithText("framework");
        engagement.WithText("controls");
        engagement.WithInstant("period_from");
        engagement.WithInstant("period_to");
        engagement.WithText("connectors");
        engagement.WithText("auditors");
        engagement.WithInstant("access_ends_at");
        engagement.WithInstant("opened_at");
        engagement.WithOptionalNumber("opened_by");
        engagement.WithOptionalInstant("closed_at");
        engagement.WithOptionalText("closing");

        var request = Create.Table("evidence_request");
        request.WithColumn("id").AsInt64().PrimaryKey("pk_evidence_request").Identity();
        request.WithNumber("engagement_id");
        request.WithNumber("number");
        request.WithText("title");
        request.WithText("text");
        request.WithOptionalText("control_id");
        request.WithText("state");
        request.WithOptionalNumber("asked_by");
        request.WithInstant("asked_at");
        request.WithOptionalInstant("due_at");
        request.WithInstant("changed_at");
        Create.Index("ux_evidence_request_number").OnTable("evidence_request").OnColumn("engagement_id").Ascending().OnColumn("number").Ascending().WithOptions().Unique();

        var note = Create.Table("engagement_note");
        note.WithColumn("id").AsInt64().PrimaryKey("pk_engagement_note").Identity();
        note.WithNumber("engagement_id");
        note.WithOptionalNumber("request_id");
        note.WithOptionalText("control_id");
        note.WithText("kind");
        note.WithText("text");
        note.WithOptionalNumber("artifact_id");
        note.WithInstant("at");
        note.WithText("actor_kind");
        note.WithText("actor_id");
        note.WithOptionalNumber("account_id");
        Create.Index("ix_engagement_note_engagement").OnTable("engagement_note").OnColumn("engagement_id").Ascending().OnColumn("id").Ascending();
        this.AppendOnly("engagement_note");
    }
}
