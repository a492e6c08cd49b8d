using System.Globalization;
using Watchbill.Contracts;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Requests;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>Who may ask for which access, and who decides.</summary>
internal sealed class RequestPolicyResource : IResource
{
    public string TypeName => "watchbill_request_policy";

    public Definition Definition { get; } = new("Who may ask for which access, for how long, and who decides. Removed, it is switched off: requests that were decided by it keep naming it.",
    [
        new("id", Text, AttributeUse.Computed, "The number of the policy.") { IsSteady = true },
        new("name", Text, AttributeUse.Required, "Its name; unique."),
        new("position", Number, AttributeUse.Optional, "Its place, 0 to 10,000: of several that fit, the first one counts. 0 when left out.") { Default = Value.Of(0) },
        new("on", Truth, AttributeUse.Optional, "Whether it counts. Yes when left out.") { Default = Value.Of(true) },
        new("source", Text, AttributeUse.Optional, "The number of the source that it is for: `watchbill_source.NAME.id`; all when left out."),
        new("kinds", Texts, AttributeUse.Optional, "What may be asked for: `team-membership`, `org-role`. The first when left out.") { Default = Value.Of(["team-membership"]) },
        new("teams", Texts, AttributeUse.Optional, "Only these teams, by Sentry's ids (`watchbill_teams`); all when left out."),
        new("roles", Texts, AttributeUse.Optional, "Which roles, on teams and in the organization. `contributor` when left out.") { Default = Value.Of(["contributor"]) },
        new("asker_teams", Texts, AttributeUse.Optional, "Only members of these teams may ask, by Sentry's ids; every member when left out."),
        new("longest_minutes", Number, AttributeUse.Optional, "The longest time, in minutes. 480 when left out.") { Default = Value.Of(480) },
        new("allow_forever", Truth, AttributeUse.Optional, "Whether access without an end may be asked for. No when left out.") { Default = Value.Of(false) },
        new("reason_length", Number, AttributeUse.Optional, "A reason has at least so many characters. 10 when left out.") { Default = Value.Of(10) },
        new("ticket_pattern", Text, AttributeUse.Optional, "What a ticket's number looks like, as a regular expression; no ticket is asked for when left out."),
        new("answer_within_hours", Number, AttributeUse.Optional, "A request that nobody answers ends after so many hours. 24 when left out.") { Default = Value.Of(24) },
        new("steps", PartsInOrder, AttributeUse.Optional, "Who must say yes, one step after the other. Left out, those who may change access decide.")
        {
            Parts =
            [
                new("rules", Texts, AttributeUse.Required, "Who is asked: `team-admin`, `manager`, `source-owner`, `named`; all of them together."),
                new("named", Texts, AttributeUse.Optional, "The people that `named` means, by the addresses of their accounts."),
                new("needed", Number, AttributeUse.Optional, "So many must say yes. 1 when left out."),
            ],
        },
        new("automatic", Part, AttributeUse.Optional, "When nobody needs to be asked: only if everything that is set holds. Never when left out.")
        {
            Parts =
            [
                new("on_teams", Texts, AttributeUse.Optional, "Who gets it is on one of these teams, by Sentry's ids."),
                new("up_to_minutes", Number, AttributeUse.Optional, "At most so many minutes."),
                new("from_hour", Number, AttributeUse.Optional, "On weekdays from this hour on."),
                new("until_hour", Number, AttributeUse.Optional, "Until this hour."),
                new("time_zone", Text, AttributeUse.Optional, "The zone of the hours, for example `Europe/Berlin`. `UTC` when left out."),
            ],
        },
        new("emergency_minutes", Number, AttributeUse.Optional, "In an emergency access is given at once, for at most so many minutes, and everybody is told. Never when left out."),
        new("review_within_hours", Number, AttributeUse.Optional, "Within so many hours somebody else looks at an emergency. 24 when left out.") { Default = Value.Of(24) },
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) => config["source"] is TextValue { Text: var source } && !long.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        ? [new Complaint("source", "The source is named by its number: watchbill_source.NAME.id.")]
        : [];

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var policy = await OfAsync(planned, new AccountNames(client), cancellationToken);

        // One that was removed before is there still, switched off; its name is taken.
        var there = (await client.Requests.PoliciesAsync(cancellationToken)).FirstOrDefault(one => one.Name == policy.Name);
        var saved = there switch
        {
            null => await client.Requests.SavePolicyAsync(policy, cancellationToken),
            { IsOn: false } => await client.Requests.SavePolicyAsync(policy with { Id = there.Id, Version = there.Version }, cancellationToken),
            _ => throw new ProviderException($"There is a policy {policy.Name} already. Import it, or take another name."),
        };
        return planned.With("id", Value.Of(Written.Id(saved.Id)));
    }

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        var policy = await FindAsync(client, state, cancellationToken);
        if (policy is null)
        {
            return null;
        }

        var accounts = new AccountNames(client);
        return state.Text("name") is not null && Sameness.Holds(await OfAsync(state, accounts, cancellationToken), Plain(policy), ContractsJson.Default.RequestPolicy)
            ? state
            : await StateAsync(policy, accounts, cancellationToken);
    }

    public async Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken)
    {
        var there = await FindAsync(client, state, cancellationToken) ?? throw new ProviderException($"The policy {state.Text("name")} is gone.");
        var policy = await OfAsync(planned, new AccountNames(client), cancellationToken);
        await client.Requests.SavePolicyAsync(policy with { Id = there.Id, Version = there.Version }, cancellationToken);
        return planned;
    }

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        if (await FindAsync(client, state, cancellationToken) is { IsOn: true } there)
        {
            await client.Requests.SavePolicyAsync(there with { IsOn = false }, cancellationToken);
        }
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        (await client.Requests.PoliciesAsync(cancellationToken)).FirstOrDefault(one => $"{one.Id}" == id || one.Name == id) is { } policy
            ? MapValue.Of(("id", Value.Of(Written.Id(policy.Id))))
            : throw new ProviderException($"There is no policy '{id}'. Import it by its number or its name.");

    private static async Task<RequestPolicy?> FindAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken) =>
        (await client.Requests.PoliciesAsync(cancellationToken)).FirstOrDefault(one => Written.Id(one.Id) == state.Text("id"));

    /// <summary>What a configuration means, without number and version.</summary>
    private static async Task<RequestPolicy> OfAsync(MapValue state, AccountNames accounts, CancellationToken cancellationToken)
    {
        List<PolicyStep> steps = [];
        foreach (var step in state.Parts("steps"))
        {
            steps.Add(new PolicyStep { Rules = Sameness.Sorted(step.Texts("rules")), Named = await accounts.MustAllAsync(step.Texts("named"), cancellationToken), Needed = step.Whole("needed") ?? 1 });
        }

        return new RequestPolicy
        {
            Name = state.Text("name")!,
            Position = state.Whole("position") ?? 0,
            IsOn = state.Truth("on") ?? true,
            Connector = state.Text("source") is { } source ? long.Parse(source, CultureInfo.InvariantCulture) : null,
            Kinds = Sameness.Sorted(state.Texts("kinds")),
            Teams = Sameness.Sorted(state.Texts("teams")),
            Roles = Sameness.Sorted(state.Texts("roles")),
            AskerTeams = Sameness.Sorted(state.Texts("asker_teams")),
            LongestMinutes = state.Whole("longest_minutes") ?? 480,
            AllowForever = state.Truth("allow_forever") ?? false,
            ReasonLength = state.Whole("reason_length") ?? 10,
            TicketPattern = state.Text("ticket_pattern"),
            AnswerWithinHours = state.Whole("answer_within_hours") ?? 24,
            Steps = steps,
            Auto = state.Part("automatic") is { } rule ? new PolicyAutoApproval
            {
                OnTeams = Sameness.Sorted(rule.Texts("on_teams")),
                UpToMinutes = rule.Whole("up_to_minutes"),
                FromHour = rule.Whole("from_hour"),
                UntilHour = rule.Whole("until_hour"),
                TimeZone = rule.Text("time_zone") ?? "UTC",
            } : null,
            BreakGlassMinutes = state.Whole("emergency_minutes"),
            ReviewWithinHours = state.Whole("review_within_hours") ?? 24,
        };
    }

    /// <summary>What is kept, as <see cref="OfAsync"/> writes it.</summary>
    private static RequestPolicy Plain(RequestPolicy policy) => policy with
    {
        Id = 0,
        Version = 0,
        Kinds = Sameness.Sorted(policy.Kinds),
        Teams = Sameness.Sorted(policy.Teams),
        Roles = Sameness.Sorted(policy.Roles),
        AskerTeams = Sameness.Sorted(policy.AskerTeams),
        Steps = [.. policy.Steps.Select(static step => step with { Rules = Sameness.Sorted(step.Rules), Named = [.. step.Named.Order()] })],
        Auto = policy.Auto is { } rule ? rule with { OnTeams = Sameness.Sorted(rule.OnTeams) } : null,
    };

    private static async Task<MapValue> StateAsync(RequestPolicy policy, AccountNames accounts, CancellationToken cancellationToken)
    {
        List<MapValue> steps = [];
        foreach (var step in policy.Steps)
        {
            steps.Add(MapValue.Of(("rules", Value.Of(step.Rules)), ("named", Value.OfSome(await accounts.NamesAsync(step.Named, cancellationToken))), ("needed", Value.Of(step.Needed))));
        }

        return MapValue.Of(
            ("id", Value.Of(Written.Id(policy.Id))),
            ("name", Value.Of(policy.Name)),
            ("position", Value.Of(policy.Position)),
            ("on", Value.Of(policy.IsOn)),
            ("source", Value.Of(policy.Connector?.ToString(CultureInfo.InvariantCulture))),
            ("kinds", Value.Of(policy.Kinds)),
            ("teams", Value.OfSome(policy.Teams)),
            ("roles", Value.Of(policy.Roles)),
            ("asker_teams", Value.OfSome(policy.AskerTeams)),
            ("longest_minutes", Value.Of(policy.LongestMinutes)),
            ("allow_forever", Value.Of(policy.AllowForever)),
            ("reason_length", Value.Of(policy.ReasonLength)),
            ("ticket_pattern", Value.Of(policy.TicketPattern)),
            ("answer_within_hours", Value.Of(policy.AnswerWithinHours)),
            ("steps", Value.OfAll(steps)),
            ("automatic", policy.Auto is { } rule ? MapValue.Of(
                ("on_teams", Value.OfSome(rule.OnTeams)),
                ("up_to_minutes", Value.Of(rule.UpToMinutes)),
                ("from_hour", Value.Of(rule.FromHour)),
                ("until_hour", Value.Of(rule.UntilHour)),
                ("time_zone", Value.Of(rule.TimeZone))) : Value.Null),
            ("emergency_minutes", Value.Of(policy.BreakGlassMinutes)),
            ("review_within_hours", Value.Of(policy.ReviewWithinHours)));
    }
}
