using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Frameworks of one's own: every definition that ever held, with who brought it and why.</summary>
[Migration(51, "frameworks")]
public sealed class M0051Frameworks : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var framework = Create.Table("framework_definition");
        framework.WithText("framework_id").PrimaryKey("pk_framework_definition");
        framework.WithInstant("valid_from").PrimaryKey("pk_framework_definition");
        framework.WithInstant("valid_to");
        framework.WithText("definition");
        framework.WithText("sha256");
        framework.WithText("reason");
        framework.WithText("actor_kind");
        framework.WithText("actor_id");
        framework.WithOptionalNumber("account_id");
    }
}
