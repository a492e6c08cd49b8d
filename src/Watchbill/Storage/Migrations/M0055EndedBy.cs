using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>
/// Which run ended a fact, so that what a run changed can be computed again and compared with what was sealed. Facts that ended before this are of no sealed run.
/// The index holds ended facts only: beginning a fact costs nothing more.
/// </summary>
[Migration(55, "ended by")]
public sealed class M0055EndedBy : ForwardOnlyMigration
{
    private static readonly string[] Kinds = ["organization", "auth_provider", "member", "team", "team_membership", "project", "project_team", "non_human"];

    /// <inheritdoc/>
    public override void Up()
    {
        foreach (var kind in Kinds)
        {
            Alter.Table($"{kind}_fact").AddColumn("ended_by").AsInt64().Nullable();
            Execute.Sql($"CREATE INDEX ix_{kind}_fact_ended_by ON {kind}_fact (connector_id, ended_by) WHERE ended_by IS NOT NULL");
        }
    }
}
