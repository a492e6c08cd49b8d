using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Finds a grant by its request, and the grants that ended not long ago, among very many.</summary>
[Migration(44, "grant lookups")]
public sealed class M0044GrantLookups : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Create.Index("ix_temporary_grant_request").OnTable("temporary_grant").OnColumn("request_id").Ascending();
        Create.Index("ix_temporary_grant_account").OnTable("temporary_grant").OnColumn("account_id").Ascending();
        Create.Index("ix_temporary_grant_revoked").OnTable("temporary_grant").OnColumn("provisioning").Ascending().OnColumn("revoked_at").Ascending();
        Create.Index("ix_access_request_asked").OnTable("access_request").OnColumn("requested_at").Ascending();
    }
}
