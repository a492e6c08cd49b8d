using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>Which frameworks are followed. There is one selection; removed, all are followed again.</summary>
internal sealed class FrameworkSelectionResource : IResource
{
    private const string OnlyId = "selection";

    public string TypeName => "watchbill_framework_selection";

    public Definition Definition { get; } = new("Which frameworks your organization is held against: posture, checks and reports tell of these. There is one selection for all sources; removed, all frameworks are followed again.",
    [
        new("id", Text, AttributeUse.Computed, "Always `selection`.") { IsSteady = true },
        new("frameworks", Texts, AttributeUse.Required, "The ids of the frameworks, for example `gdpr`; at least one."),
        new("reason", Text, AttributeUse.Optional, "Why; kept in the audit log. *By Terraform.* when left out.") { Default = Value.Of(Written.Reason) },
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) =>
        config["frameworks"] is ListValue { Items.IsEmpty: true } ? [new Complaint("frameworks", "Name one at least; without this resource all are followed.")] : [];

    public Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken) => FollowAsync(client, planned, cancellationToken);

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        var followed = (await client.Compliance.FollowedAsync(cancellationToken)).Frameworks;
        return followed.Count == 0 ? null
            : Sameness.Sorted(state.Texts("frameworks")).SequenceEqual(Sameness.Sorted(followed)) ? state
            : state.With("frameworks", Value.Of(followed));
    }

    public Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken) => FollowAsync(client, planned, cancellationToken);

    public Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken) =>
        client.Compliance.FollowAsync(new NewFollowedFrameworks { Frameworks = [], Reason = state.Text("reason") ?? Written.Reason }, cancellationToken);

    public Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) => id == OnlyId
        ? Task.FromResult(MapValue.Of(("id", Value.Of(OnlyId)), ("reason", Value.Of(Written.Reason))))
        : throw new ProviderException($"Import the selection as '{OnlyId}'.");

    private static async Task<MapValue> FollowAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        await client.Compliance.FollowAsync(new NewFollowedFrameworks { Frameworks = planned.Texts("frameworks"), Reason = planned.Text("reason") ?? Written.Reason }, cancellationToken);
        return planned.With("id", Value.Of(OnlyId));
    }
}
