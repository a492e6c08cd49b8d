using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Who the people of an identity provider are here: an issuer's subject enters one account.</summary>
[Migration(56, "provider logins")]
public sealed class M0056ProviderLogins : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var table = Create.Table("provider_login");
        table.WithText("issuer").PrimaryKey("pk_provider_login");
        table.WithText("subject").PrimaryKey("pk_provider_login");
        table.WithNumber("account_id");
        table.WithInstant("created_at");
        Create.Index("ix_provider_login_account").OnTable("provider_login").OnColumn("account_id").Ascending();
    }
}
