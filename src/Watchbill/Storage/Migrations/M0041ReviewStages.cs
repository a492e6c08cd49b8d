using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Reviews in several stages: who looks at what the stage before left standing, and what was said there. Reviews of before have one stage.</summary>
[Migration(41, "review stages")]
public sealed class M0041ReviewStages : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("review_campaign").AddColumn("later").AsString(int.MaxValue).NotNullable().WithDefaultValue("[]");
        Alter.Table("review_item").AddColumn("stage").AsInt32().NotNullable().WithDefaultValue(1);
        Alter.Table("review_item").AddColumn("stages").AsString(int.MaxValue).Nullable();
    }
}
