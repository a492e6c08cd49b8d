using Watchbill.Contracts;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Reviews;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>
/// An access review, as a plan: one that repeats is the plan of all that follow. What has started is frozen; the plan then is that of the next one.
/// </summary>
internal sealed class AccessReviewResource : IResource
{
    private static readonly string[] DefaultKinds = ["org-role", "team-membership"];
    private static readonly string[] DefaultRules = ["manager", "team-admin"];

    public string TypeName => "watchbill_access_review";

    public Definition Definition { get; } = new(
        "The plan of an access review, once or every so many months. Once a review has started it is frozen and belongs to its reviewers; the plan is then that of the next one. Removed, a review that has not started is cancelled.",
    [
        new("id", Text, AttributeUse.Computed, "The number of the review that the plan is for: the next one, or the last one that was."),
        new("name", Text, AttributeUse.Required, "Its name; each of those that follow has it too."),
        new("source", Text, AttributeUse.Required, "The number of the source: `watchbill_source.NAME.id`.") { Replaces = true },
        new("instructions", Text, AttributeUse.Optional, "What reviewers are told."),
        new("kinds", Texts, AttributeUse.Optional, "The kinds of grants: `org-role`, `team-membership`, `non-human`. The first two when left out.") { Default = Value.Of(DefaultKinds) },
        new("roles", Texts, AttributeUse.Optional, "Only people with one of these organization roles; all when left out."),
        new("teams", Texts, AttributeUse.Optional, "Only places on these teams, by Sentry's ids (`watchbill_teams`); all when left out."),
        new("privileged_only", Truth, AttributeUse.Optional, "Only grants with which others can be governed. No when left out.") { Default = Value.Of(false) },
        new("inactive_days", Number, AttributeUse.Optional, "Only people not active for so many days."),
        new("new_only", Truth, AttributeUse.Optional, "Only what is new or different since the last completed review. No when left out.") { Default = Value.Of(false) },
        new("reviewer_rules", TextsInOrder, AttributeUse.Optional, "Who reviews, in the order in which they are asked: `manager`, `team-admin`, `named`. The first two when left out.") { Default = Value.Of(DefaultRules) },
        new("named", Texts, AttributeUse.Optional, "The people that `named` means, by the addresses of their accounts."),
        new("owner", Text, AttributeUse.Required, "Who answers for the review and reviews what nobody else does, by the address of the account."),
        new("second", Text, AttributeUse.Optional, "Who reviews the owner's own access."),
        new("later", PartsInOrder, AttributeUse.Optional, "Who looks, stage after stage, at what the stage before kept.")
        {
            Parts =
            [
                new("rules", TextsInOrder, AttributeUse.Required, "Who reviews, in the order in which they are asked: `manager`, `team-admin`, `named`."),
                new("named", Texts, AttributeUse.Optional, "The people that `named` means."),
                new("second", Text, AttributeUse.Optional, "Who reviews what neither these nor the owner may."),
            ],
        },
        new("unanswered", Text, AttributeUse.Optional, "What becomes of what nobody decided: `escalate`, `revoke`. The first when left out.") { Default = Value.Of("escalate") },
        new("days", Number, AttributeUse.Optional, "How many days reviewers have. 14 when left out.") { Default = Value.Of(14) },
        new("repeats_every_months", Number, AttributeUse.Optional, "The next one starts so many months after this one's start; never when left out."),
        new("starts_at", Text, AttributeUse.Optional, "When the first one starts by itself: an instant as in RFC 3339; when somebody starts it, when left out."),
        new("state", Text, AttributeUse.Computed, "Where the review is in its life: `draft`, `scheduled`, `running`, `closing`, `completed` or `cancelled`."),
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) => config.Text("starts_at") is { } start && Written.Instant(start) is null
        ? [new Complaint("starts_at", "The start is an instant as in RFC 3339, for example 2027-01-04T08:00:00Z.")]
        : [];

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken) =>
        Known(planned, await client.Reviews.CreateAsync(await OfAsync(planned, new AccountNames(client), cancellationToken), cancellationToken));

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(client, state, cancellationToken) is not { } review)
        {
            return null;
        }

        var accounts = new AccountNames(client);
        if (state.Text("name") is not null)
        {
            // When a later one starts follows from the first; what is frozen is no difference either.
            var wanted = await OfAsync(state, accounts, cancellationToken);
            var isOther = state.Text("id") != Written.Id(review.Id);
            var held = Plain(review.Plan) with { StartsAt = isOther || !IsOpen(review) || (wanted.StartsAt is { } start && review.Plan.StartsAt is { } kept && Written.IsSame(start, kept)) ? wanted.StartsAt : review.Plan.StartsAt };
            if (Sameness.Holds(wanted, held, ContractsJson.Default.CampaignPlan))
            {
                return Known(state, review);
            }
        }

        return await StateAsync(review, accounts, cancellationToken);
    }

    public async Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken)
    {
        var review = await CurrentAsync(client, state, cancellationToken);
        if (review is null || !IsOpen(review))
        {
            throw new ProviderException($"The review {state.Text("name")} is {review?.State ?? "gone"}: what it is made of is frozen. {(review?.Plan.RepeatsEveryMonths is null
                ? "Replace it to plan another one (terraform apply -replace=ADDRESS)."
                : "Apply this again once it is completed: the next one is planned then.")}");
        }

        var plan = await OfAsync(planned, new AccountNames(client), cancellationToken);
        var startWasMoved = !planned["starts_at"].Equals(state["starts_at"]);
        return Known(planned, await client.Reviews.EditAsync(review.Id, startWasMoved ? plan : plan with { StartsAt = review.Plan.StartsAt }, cancellationToken));
    }

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(client, state, cancellationToken) is { } review && IsOpen(review))
        {
            await client.Reviews.CancelAsync(review.Id, new ReviewReason { Reason = Written.Reason }, cancellationToken);
        }
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        (await client.Reviews.ListAsync(cancellationToken)).FirstOrDefault(one => $"{one.Id}" == id) is { } review
            ? MapValue.Of(("id", Value.Of(id)), ("starts_at", Value.Of(review.Plan.StartsAt)))
            : throw new ProviderException($"There is no review '{id}'. Import it by its number.");

    /// <summary>The review itself while it has not started; then the next one of its name, once there is one.</summary>
    private static async Task<Campaign?> CurrentAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        var all = await client.Reviews.ListAsync(cancellationToken);
        var review = all.FirstOrDefault(one => Written.Id(one.Id) == state.Text("id"));
        return review is null || review.State is "cancelled" ? null
            : IsOpen(review) ? review
            : all.FirstOrDefault(one => one.Id > review.Id && IsOpen(one) && one.Plan.Name == review.Plan.Name && one.Plan.Connector == review.Plan.Connector) ?? review;
    }

    private static bool IsOpen(Campaign review) => review.State is "draft" or "scheduled";

    private static MapValue Known(MapValue state, Campaign review) => state.With("id", Value.Of(Written.Id(review.Id))).With("state", Value.Of(review.State));

    /// <summary>What a configuration means.</summary>
    private static async Task<CampaignPlan> OfAsync(MapValue state, AccountNames accounts, CancellationToken cancellationToken)
    {
        List<ReviewStage> later = [];
        foreach (var stage in state.Parts("later"))
        {
            later.Add(new ReviewStage
            {
                Rules = stage.Texts("rules"),
                Named = await accounts.MustAllAsync(stage.Texts("named"), cancellationToken),
                Second = stage.Text("second") is { } other ? await accounts.MustAsync(other, cancellationToken) : null,
            });
        }

        return new CampaignPlan
        {
            Connector = state.SourceNumber(),
            Name = state.Text("name")!,
            Instructions = state.Text("instructions"),
            Kinds = Sameness.Sorted(state.Texts("kinds")),
            Roles = Sameness.Sorted(state.Texts("roles")),
            Teams = Sameness.Sorted(state.Texts("teams")),
            PrivilegedOnly = state.Truth("privileged_only") ?? false,
            InactiveDays = state.Whole("inactive_days"),
            NewOnly = state.Truth("new_only") ?? false,
            ReviewerRules = state.Texts("reviewer_rules"),
            Named = await accounts.MustAllAsync(state.Texts("named"), cancellationToken),
            Owner = await accounts.MustAsync(state.Text("owner")!, cancellationToken),
            Second = state.Text("second") is { } second ? await accounts.MustAsync(second, cancellationToken) : null,
            Later = later,
            Unanswered = state.Text("unanswered") ?? "escalate",
            Days = state.Whole("days") ?? 14,
            RepeatsEveryMonths = state.Whole("repeats_every_months"),
            StartsAt = state.Text("starts_at") is { } start ? Written.Instant(start) : null,
        };
    }

    /// <summary>What is kept, as <see cref="OfAsync"/> writes it.</summary>
    private static CampaignPlan Plain(CampaignPlan plan) => plan with
    {
        Kinds = Sameness.Sorted(plan.Kinds),
        Roles = Sameness.Sorted(plan.Roles),
        Teams = Sameness.Sorted(plan.Teams),
        Named = [.. (plan.Named ?? []).Order()],
        Later = [.. (plan.Later ?? []).Select(static stage => stage with { Named = [.. (stage.Named ?? []).Order()] })],
    };

    private static async Task<MapValue> StateAsync(Campaign review, AccountNames accounts, CancellationToken cancellationToken)
    {
        var plan = review.Plan;
        List<MapValue> later = [];
        foreach (var stage in plan.Later ?? [])
        {
            later.Add(MapValue.Of(
                ("rules", Value.Of(stage.Rules)),
                ("named", Value.OfSome(await accounts.NamesAsync(stage.Named, cancellationToken))),
                ("second", Value.Of(stage.Second is { } other ? await accounts.NameAsync(other, cancellationToken) : null))));
        }

        return Known(MapValue.Of(
            ("name", Value.Of(plan.Name)),
            ("source", Value.Of(Written.Id(plan.Connector))),
            ("instructions", Value.Of(plan.Instructions)),
            ("kinds", Value.Of(plan.Kinds ?? DefaultKinds)),
            ("roles", Value.OfSome(plan.Roles ?? [])),
            ("teams", Value.OfSome(plan.Teams ?? [])),
            ("privileged_only", Value.Of(plan.PrivilegedOnly)),
            ("inactive_days", Value.Of(plan.InactiveDays)),
            ("new_only", Value.Of(plan.NewOnly)),
            ("reviewer_rules", Value.Of(plan.ReviewerRules ?? DefaultRules)),
            ("named", Value.OfSome(await accounts.NamesAsync(plan.Named, cancellationToken))),
            ("owner", Value.Of(await accounts.NameAsync(plan.Owner, cancellationToken))),
            ("second", Value.Of(plan.Second is { } second ? await accounts.NameAsync(second, cancellationToken) : null)),
            ("later", Value.OfAll(later)),
            ("unanswered", Value.Of(plan.Unanswered)),
            ("days", Value.Of(plan.Days)),
            ("repeats_every_months", Value.Of(plan.RepeatsEveryMonths)),
            ("starts_at", Value.Of(plan.StartsAt))), review);
    }
}
