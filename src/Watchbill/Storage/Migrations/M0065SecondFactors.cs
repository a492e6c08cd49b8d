using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>What makes one-time codes for accounts with a password, and the codes for the day when that is lost.</summary>
[Migration(65, "second factors")]
public sealed class M0065SecondFactors : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        // Beside the password's hash: whether a code is asked for is known with the account.
        Alter.Table("account").AddColumn("second_factor_since").AsInt64().Nullable();
        Create.Table("second_factor")
            .WithColumn("account_id").AsInt64().NotNullable().PrimaryKey("pk_second_factor")
            .WithOptionalText("secret")
            .WithOptionalText("begun")
            .WithNumber("last_step");
        Create.Table("recovery_code")
            .WithColumn("account_id").AsInt64().NotNullable().PrimaryKey("pk_recovery_code")
            .WithColumn("digest").AsString(int.MaxValue).NotNullable().PrimaryKey("pk_recovery_code");
    }
}
