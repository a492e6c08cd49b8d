using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>When each scope was first read completely: what an answer about an earlier instant does not know.</summary>
[Migration(33, "first complete read")]
public sealed class M0033FirstCompleteRead : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Alter.Table("scope_state").AddColumn("first_complete_at").AsInt64().Nullable();

        // Older databases did not keep it per scope. The organization's first fact is when its first read was applied.
        Execute.Sql(
            """
            UPDATE scope_state SET first_complete_at = COALESCE(
                (SELECT MIN(fact.valid_from) FROM organization_fact AS fact WHERE fact.connector_id = scope_state.connector_id), last_complete_at)
            WHERE last_complete_at IS NOT NULL
            """);
    }
}
