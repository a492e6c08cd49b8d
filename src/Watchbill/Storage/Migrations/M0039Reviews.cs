using FluentMigrator;

namespace Watchbill.Storage.Migrations;

/// <summary>Access reviews: campaigns, their frozen population, the items, and everything that was done with them. What ended cannot be changed any more, whoever asks.</summary>
[Migration(39, "reviews")]
public sealed class M0039Reviews : ForwardOnlyMigration
{
    /// <inheritdoc/>
    public override void Up()
    {
        Campaigns();
        Items();
        var population = Create.Table("review_population");
        population.WithNumber("campaign_id").PrimaryKey("pk_review_population");
        population.WithText("content");
        this.AppendOnly("review_population");

        var action = Create.Table("review_action");
        action.WithColumn("id").AsInt64().PrimaryKey("pk_review_action").Identity();
        action.WithNumber("campaign_id");
        action.WithOptionalNumber("item_id");
        action.WithInstant("at");
        action.WithText("actor_kind");
        action.WithText("actor_id");
        action.WithOptionalText("actor_from");
        action.WithText("action");
        action.WithOptionalText("details");
        action.WithOptionalText("reason");
        Create.Index("ix_review_action_campaign").OnTable("review_action").OnColumn("campaign_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_review_action_item").OnTable("review_action").OnColumn("item_id").Ascending();
        this.AppendOnly("review_action");
        Seal();
    }

    private void Campaigns()
    {
        var campaign = Create.Table("review_campaign");
        campaign.WithColumn("id").AsInt64().PrimaryKey("pk_review_campaign").Identity();
        campaign.WithNumber("connector_id");
        campaign.WithText("name");
        campaign.WithOptionalText("instructions");
        campaign.WithText("state");
        campaign.WithText("scope");
        campaign.WithText("reviewers");
        campaign.WithText("unanswered");
        campaign.WithNumber("owner");
        campaign.WithNumber("days");
        campaign.WithOptionalNumber("repeats_every_months");
        campaign.WithInstant("created_at");
        campaign.WithOptionalInstant("starts_at");
        campaign.WithOptionalInstant("started_at");
        campaign.WithOptionalInstant("due_at");
        campaign.WithOptionalInstant("reminded_at");
        campaign.WithOptionalInstant("closed_at");
        campaign.WithOptionalInstant("ended_at");
        campaign.WithOptionalInstant("read_at");
        campaign.WithNumber("population_rows");
        campaign.WithOptionalText("population_sha256");
        campaign.WithOptionalNumber("previous");
        campaign.WithOptionalText("note");
        campaign.WithNumber("version");
        Create.Index("ix_review_campaign_state").OnTable("review_campaign").OnColumn("state").Ascending();
    }

    private void Items()
    {
        var item = Create.Table("review_item");
        item.WithColumn("id").AsInt64().PrimaryKey("pk_review_item").Identity();
        item.WithNumber("campaign_id");
        item.WithText("kind");
        item.WithText("principal");
        item.WithText("name");
        item.WithText("email");
        item.WithOptionalNumber("identity_id");
        item.WithText("resource");
        item.WithText("resource_name");
        item.WithText("role");
        item.WithFlag("is_privileged");
        item.WithText("facts");
        item.WithText("advice");
        item.WithText("advice_reason");
        item.WithText("change");
        item.WithOptionalText("previous_decision");
        item.WithOptionalText("previous_reason");
        item.WithOptionalInstant("previous_at");
        item.WithNumber("reviewer");
        item.WithText("reviewer_by");
        item.WithOptionalText("decision");
        item.WithOptionalText("reason");
        item.WithOptionalText("new_role");
        item.WithOptionalInstant("until");
        item.WithOptionalInstant("decided_at");
        item.WithOptionalInstant("submitted_at");
        item.WithText("outcome");
        item.WithOptionalText("outcome_note");
        item.WithOptionalInstant("outcome_at");
        item.WithOptionalNumber("task_id");
        Create.Index("ix_review_item_campaign").OnTable("review_item").OnColumn("campaign_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_review_item_reviewer").OnTable("review_item").OnColumn("campaign_id").Ascending().OnColumn("reviewer").Ascending().OnColumn("id").Ascending();
    }

    /// <summary>The last change of a campaign is the one that ends it.</summary>
    private void Seal()
    {
        const string ended = "IN ('Completed', 'Cancelled')";
        foreach (var change in (string[])["update", "delete"])
        {
            IfDatabase(Migrations.Schema.IsSqlite).Execute.Sql(
                $"CREATE TRIGGER review_campaign_no_{change} BEFORE {change} ON review_campaign WHEN OLD.state {ended} BEGIN SELECT RAISE(ABORT, 'the review has ended'); END");
            IfDatabase(Migrations.Schema.IsSqlite).Execute.Sql(
                $"CREATE TRIGGER review_item_no_{change} BEFORE {change} ON review_item WHEN (SELECT state FROM review_campaign WHERE id = OLD.campaign_id) {ended} BEGIN SELECT RAISE(ABORT, 'the review has ended'); END");
        }

        IfDatabase(Migrations.Schema.IsSqlite).Execute.Sql(
            $"CREATE TRIGGER review_item_no_insert BEFORE INSERT ON review_item WHEN (SELECT state FROM review_campaign WHERE id = NEW.campaign_id) {ended} BEGIN SELECT RAISE(ABORT, 'the review has ended'); END");
        IfDatabase(static engine => !Migrations.Schema.IsSqlite(engine)).Execute.Sql(
            $"""
            CREATE FUNCTION review_campaign_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF OLD.state {ended} THEN RAISE EXCEPTION 'the review has ended'; END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER review_campaign_sealed BEFORE UPDATE OR DELETE ON review_campaign FOR EACH ROW EXECUTE FUNCTION review_campaign_sealed();
            CREATE FUNCTION review_item_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF (SELECT state FROM review_campaign WHERE id = COALESCE(NEW.campaign_id, OLD.campaign_id)) {ended} THEN RAISE EXCEPTION 'the review has ended'; END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER review_item_sealed BEFORE INSERT OR UPDATE OR DELETE ON review_item FOR EACH ROW EXECUTE FUNCTION review_item_sealed();
            """);
    }
}
