using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Actions: what somebody has to do, at most one for each check of a connector, with a record of everything that was done about it that only grows.</summary>
[Migration(49, "actions")]
public sealed class M0049Actions : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var action = Create.Table("compliance_action");
        action.WithColumn("id").AsInt64().PrimaryKey("pk_compliance_action").Identity();
        action.WithNumber("connector_id");
        action.WithOptionalText("check_id");
        action.WithText("title");
        action.WithOptionalText("description");
        action.WithText("severity");
        action.WithText("state");
        action.WithOptionalNumber("owner");
        action.WithInstant("opened_at");
        action.WithInstant("due_at");
        action.WithOptionalInstant("closed_at");
        action.WithOptionalText("closing");
        action.WithNumber("reopened");
        action.WithNumber("failing");
        action.WithOptionalInstant("reminded_at");

        // Rows without a check are made by hand: nulls never collide.
        Create.Index("ux_compliance_action_check").OnTable("compliance_action").OnColumn("connector_id").Ascending().OnColumn("check_id").Ascending().WithOptions().Unique();
        Create.Index("ix_compliance_action_due").OnTable("compliance_action").OnColumn("state").Ascending().OnColumn("due_at").Ascending();

        var note = Create.Table("action_note");
        note.WithColumn("id").AsInt64().PrimaryKey("pk_action_note").Identity();
        note.WithNumber("action_id");
        note.WithInstant("at");
        note.WithText("kind");
        note.WithOptionalText("text");
        note.WithOptionalText("link");
        note.WithText("actor_kind");
        note.WithText("actor_id");
        note.WithOptionalNumber("account_id");
        Create.Index("ix_action_note_action").OnTable("action_note").OnColumn("action_id").Ascending().OnColumn("id").Ascending();
        this.AppendOnly("action_note");
    }
}
