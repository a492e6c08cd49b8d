using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Who stands in for which reviewer while they are away.</summary>
[Migration(42, "absences")]
public sealed class M0042Absences : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        var absence = Create.Table("review_absence");
        absence.WithNumber("account_id").PrimaryKey("pk_review_absence");
        absence.WithNumber("stand_in");
        absence.WithInstant("begins_at");
        absence.WithInstant("ends_at");
    }
}
