using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Access that is asked for and ends by itself: policies with all their versions, requests with every decision, grants with what was before them, and what differs from them.</summary>
[Migration(43, "requests")]
public sealed class M0043Requests : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("provisioning_task").AddColumn("from_role").AsString(int.MaxValue).Nullable();
        Policies();
        Requests();
        Grants();
        var drift = Create.Table("access_drift");
        drift.WithColumn("id").AsInt64().PrimaryKey("pk_access_drift").Identity();
        drift.WithNumber("connector_id");
        drift.WithNumber("grant_id");
        drift.WithText("kind");
        drift.WithText("state");
        drift.WithOptionalText("found_role");
        drift.WithInstant("found_at");
        drift.WithOptionalText("logged_actor");
        drift.WithOptionalInstant("logged_at");
        drift.WithOptionalText("reason");
        drift.WithOptionalNumber("decided_by");
        drift.WithOptionalInstant("decided_at");
        drift.WithOptionalNumber("task_id");
        Create.Index("ix_access_drift_grant").OnTable("access_drift").OnColumn("grant_id").Ascending();
        Create.Index("ix_access_drift_state").OnTable("access_drift").OnColumn("state").Ascending();
    }

    private void Policies()
    {
        var policy = Create.Table("request_policy");
        policy.WithColumn("id").AsInt64().PrimaryKey("pk_request_policy").Identity();
        policy.WithText("name");
        policy.WithNumber("position");
        policy.WithFlag("is_on");
        policy.WithText("rules");
        policy.WithNumber("version");
        policy.WithInstant("changed_at");

        var version = Create.Table("request_policy_version");
        version.WithColumn("id").AsInt64().PrimaryKey("pk_request_policy_version").Identity();
        version.WithNumber("policy_id");
        version.WithNumber("version");
        version.WithText("name");
        version.WithNumber("position");
        version.WithFlag("is_on");
        version.WithText("rules");
        version.WithText("actor_kind");
        version.WithText("actor_id");
        version.WithInstant("at");
        Create.Index("ix_request_policy_version").OnTable("request_policy_version").OnColumn("policy_id").Ascending().OnColumn("version").Ascending();
        this.AppendOnly("request_policy_version");
    }

    private void Requests()
    {
        var request = Create.Table("access_request");
        request.WithColumn("id").AsInt64().PrimaryKey("pk_access_request").Identity();
        request.WithNumber("connector_id");
        request.WithOptionalNumber("account_id");
        request.WithText("member");
        request.WithText("member_name");
        request.WithText("member_email");
        request.WithText("kind");
        request.WithOptionalText("team");
        request.WithText("resource_name");
        request.WithText("role");
        request.WithOptionalText("project_name");
        request.WithText("reason");
        request.WithOptionalText("ticket");
        request.WithOptionalNumber("minutes");
        request.WithOptionalInstant("starts_at");
        request.WithText("state");
        request.WithNumber("policy_id");
        request.WithNumber("policy_version");
        request.WithText("policy_name");
        request.WithText("steps");
        request.WithNumber("step");
        request.WithFlag("is_break_glass");
        request.WithInstant("requested_at");
        request.WithInstant("expires_at");
        request.WithOptionalInstant("decided_at");
        request.WithOptionalNumber("granted_minutes");
        request.WithOptionalText("note");
        request.WithOptionalNumber("extends");
        request.WithOptionalInstant("review_due_at");
        request.WithOptionalInstant("reviewed_at");
        request.WithOptionalNumber("reviewed_by");
        request.WithOptionalFlag("was_justified");
        request.WithOptionalText("review_note");
        Create.Index("ix_access_request_state").OnTable("access_request").OnColumn("state").Ascending().OnColumn("expires_at").Ascending();
        Create.Index("ix_access_request_account").OnTable("access_request").OnColumn("account_id").Ascending().OnColumn("id").Ascending();

        var approval = Create.Table("access_approval");
        approval.WithColumn("id").AsInt64().PrimaryKey("pk_access_approval").Identity();
        approval.WithNumber("request_id");
        approval.WithNumber("step");
        approval.WithOptionalNumber("account_id");
        approval.WithText("verdict");
        approval.WithOptionalNumber("minutes");
        approval.WithOptionalText("reason");
        approval.WithInstant("at");
        Create.Index("ix_access_approval_request").OnTable("access_approval").OnColumn("request_id").Ascending().OnColumn("id").Ascending();
        this.AppendOnly("access_approval");
    }

    private void Grants()
    {
        var grant = Create.Table("temporary_grant");
        grant.WithColumn("id").AsInt64().PrimaryKey("pk_temporary_grant").Identity();
        grant.WithNumber("connector_id");
        grant.WithNumber("request_id");
        grant.WithOptionalNumber("account_id");
        grant.WithText("member");
        grant.WithText("kind");
        grant.WithOptionalText("team");
        grant.WithText("role");
        grant.WithInstant("starts_at");
        grant.WithInstant("ends_at");
        grant.WithText("state");
        grant.WithText("provisioning");
        grant.WithFlag("before_known");
        grant.WithOptionalText("before_role");
        grant.WithOptionalText("held_role");
        grant.WithOptionalNumber("task_id");
        grant.WithOptionalInstant("proven_at");
        grant.WithOptionalInstant("warned_at");
        grant.WithOptionalText("ending");
        grant.WithOptionalText("ended_why");
        grant.WithOptionalInstant("ended_at");
        grant.WithOptionalInstant("revoked_at");
        grant.WithOptionalText("note");
        Create.Index("ix_temporary_grant_due").OnTable("temporary_grant").OnColumn("state").Ascending().OnColumn("ends_at").Ascending();
        Create.Index("ix_temporary_grant_start").OnTable("temporary_grant").OnColumn("state").Ascending().OnColumn("starts_at").Ascending();
        Create.Index("ix_temporary_grant_target").OnTable("temporary_grant").OnColumn("connector_id").Ascending().OnColumn("member").Ascending();
        Create.Index("ix_temporary_grant_task").OnTable("temporary_grant").OnColumn("task_id").Ascending();
        Create.Index("ix_temporary_grant_provisioning").OnTable("temporary_grant").OnColumn("provisioning").Ascending();
    }
}
