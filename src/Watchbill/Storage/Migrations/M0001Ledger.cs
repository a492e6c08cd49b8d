using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Watchbill.Storage.Migrations;

/// <summary>The ledger: one table (and its staging twin) per kind of fact, activity, and what each scope's last complete read was.</summary>
[Migration(1, "ledger")]
public sealed class M0001Ledger : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        this.FactTables("organization", Organization);
        this.FactTables("auth_provider", AuthProvider);
        this.FactTables("member", Member);
        this.FactTables("team", Team);
        this.FactTables("team_membership", TeamMembership);
        this.FactTables("project", Project);
        this.FactTables("project_team", ProjectTeam);
        this.FactTables("non_human", NonHuman);
        Lookups();
        ScopeState();
        Staging();
    }

    private static void Organization(ICreateTableWithColumnSyntax table)
    {
        table.WithText("slug");
        table.WithText("name");
        table.WithOptionalText("status");
        table.WithOptionalInstant("date_created");
        table.WithOptionalText("region_url");
        foreach (var flag in (string[])["open_membership", "require_two_factor", "require_sso", "has_auth_provider", "allow_member_invite",
            "allow_member_project_creation", "allow_join_requests", "allow_superuser_access", "allow_shared_issues", "events_member_admin",
            "alerts_member_write", "has_team_roles"])
        {
            table.WithOptionalFlag(flag);
        }

        table.WithOptionalText("default_role");
        table.WithOptionalText("role_catalogue");
        table.WithOptionalText("other_settings");
    }

    private static void AuthProvider(ICreateTableWithColumnSyntax table)
    {
        table.WithText("provider_name");
        table.WithOptionalFlag("require_link");
        table.WithOptionalFlag("scim_enabled");
        table.WithOptionalText("default_role");
    }

    private static void Member(ICreateTableWithColumnSyntax table)
    {
        table.WithOptionalText("user_id");
        table.WithText("email");
        table.WithText("name");
        table.WithText("org_role");
        table.WithFlag("pending");
        table.WithFlag("expired");
        table.WithOptionalText("invite_status");
        table.WithOptionalText("inviter_name");
        table.WithOptionalInstant("date_created");
        foreach (var flag in (string[])["sso_linked", "sso_invalid", "member_limit_restricted", "idp_provisioned", "idp_role_restricted", "partnership_restricted"])
        {
            table.WithFlag(flag);
        }

        foreach (var flag in (string[])["user_is_active", "user_is_suspended", "has_two_factor", "has_password_auth", "is_managed", "is_superuser", "is_staff"])
        {
            table.WithOptionalFlag(flag);
        }
    }

    private static void Team(ICreateTableWithColumnSyntax table)
    {
        table.WithText("slug");
        table.WithText("name");
        table.WithFlag("idp_provisioned");
        table.WithOptionalInstant("date_created");
    }

    private static void TeamMembership(ICreateTableWithColumnSyntax table)
    {
        table.WithText("team_id");
        table.WithText("member_id");
        table.WithOptionalText("team_role");
    }

    private static void Project(ICreateTableWithColumnSyntax table)
    {
        table.WithText("slug");
        table.WithText("name");
        table.WithOptionalText("platform");
        table.WithOptionalInstant("date_created");
    }

    private static void ProjectTeam(ICreateTableWithColumnSyntax table)
    {
        table.WithText("project_id");
        table.WithText("team_id");
    }

    private static void NonHuman(ICreateTableWithColumnSyntax table)
    {
        table.WithText("kind");
        table.WithText("external_id");
        table.WithOptionalText("slug");
        table.WithText("name");
        table.WithOptionalText("status");
        table.WithOptionalFlag("is_active");
        table.WithOptionalText("scopes");
        table.WithOptionalText("project_id");
        table.WithOptionalText("provider");
        table.WithOptionalInstant("date_created");
    }

    /// <summary>The joins of the access questions run along these; the end of the period comes last so that "open" and "as of" are ranges.</summary>
    private void Lookups()
    {
        Lookup("team_membership_fact", "team_id");
        Lookup("team_membership_fact", "member_id");
        Lookup("project_team_fact", "team_id");
        Lookup("project_team_fact", "project_id");
        Lookup("member_fact", "email");
        Lookup("member_fact", "org_role");
        Lookup("team_fact", "slug");
        Lookup("project_fact", "slug");
        Lookup("non_human_fact", "project_id");
    }

    private void Lookup(string table, string column) => Create.Index($"ix_{table}_{column}").OnTable(table)
        .OnColumn("connector_id").Ascending().OnColumn(column).Ascending().OnColumn("valid_to").Ascending();

    private void ScopeState()
    {
        var activity = Create.Table("principal_activity");
        activity.WithColumn("connector_id").AsInt64().NotNullable().PrimaryKey("pk_principal_activity");
        activity.WithColumn("principal_key").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_principal_activity");
        activity.WithOptionalInstant("last_active");
        activity.WithOptionalInstant("last_login");
        activity.WithInstant("observed_at");

        var scope = Create.Table("scope_state");
        scope.WithColumn("connector_id").AsInt64().NotNullable().PrimaryKey("pk_scope_state");
        scope.WithColumn("scope").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_scope_state");
        scope.WithOptionalNumber("last_complete_run");
        scope.WithOptionalInstant("last_complete_at");
        scope.WithOptionalNumber("digest");
        scope.WithNumber("row_count");
        scope.WithOptionalInstant("stale_since");
        scope.WithOptionalText("stale_reason");
    }

    /// <summary>Durable, so that a run that was killed goes on without reading again what it had read completely.</summary>
    private void Staging()
    {
        var scope = Create.Table("staged_scope");
        scope.WithColumn("sync_run").AsInt64().NotNullable().PrimaryKey("pk_staged_scope");
        scope.WithColumn("scope").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_staged_scope");
        scope.WithNumber("connector_id");
        scope.WithText("family");
        scope.WithInstant("read_at");
        scope.WithNumber("digest");
        scope.WithNumber("row_count");
        scope.WithFlag("is_unchanged");

        var activity = Create.Table("staged_activity");
        activity.WithColumn("sync_run").AsInt64().NotNullable().PrimaryKey("pk_staged_activity");
        activity.WithColumn("scope").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_staged_activity");
        activity.WithColumn("principal_key").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_staged_activity");
        activity.WithNumber("connector_id");
        activity.WithOptionalInstant("last_active");
        activity.WithOptionalInstant("last_login");
        activity.WithInstant("observed_at");
    }
}
