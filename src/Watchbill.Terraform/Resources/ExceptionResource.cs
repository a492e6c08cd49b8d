using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>A failure that is to be accepted for a time.</summary>
internal sealed class ExceptionResource : IResource
{
    public string TypeName => "watchbill_exception";

    public Definition Definition { get; } = new(
        "A failure of a check that is to be accepted for a time. It is asked for here and approved in Watchbill, by somebody else: `state` says how it stands. Removed, it is withdrawn.",
    [
        new("id", Text, AttributeUse.Computed, "The number of the exception.") { IsSteady = true },
        new("source", Text, AttributeUse.Required, "The number of the source: `watchbill_source.NAME.id`.") { Replaces = true },
        new("check", Text, AttributeUse.Required, "The check's id, for example `member-inactive`.") { Replaces = true },
        new("resource_kind", Text, AttributeUse.Optional, "The kind of the one resource it is for, for example `member`; all resources when left out.") { Replaces = true },
        new("resource_key", Text, AttributeUse.Optional, "The key of the one resource it is for, for example Sentry's member id.") { Replaces = true },
        new("reason", Text, AttributeUse.Required, "Why it is wanted.") { Replaces = true },
        new("ends_at", Text, AttributeUse.Required, "Until when, at most a year from now: an instant as in RFC 3339.") { Replaces = true },
        new("state", Text, AttributeUse.Computed, "`asked`, `approved`, `denied`, `withdrawn` or `ended`."),
    ]);

    public IEnumerable<Complaint> Validate(MapValue config)
    {
        if (config.Text("ends_at") is { } ends && Written.Instant(ends) is null)
        {
            yield return new Complaint("ends_at", "The end is an instant as in RFC 3339, for example 2027-03-01T00:00:00Z.");
        }

        if (config["resource_kind"].IsNull != config["resource_key"].IsNull)
        {
            yield return new Complaint("resource_key", "Kind and key of a resource are given together, or neither is.");
        }
    }

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var asked = await client.Compliance.AskAsync(
            new NewException
            {
                Connector = planned.SourceNumber(),
                Check = planned.Text("check")!,
                ResourceKind = planned.Text("resource_kind"),
                ResourceKey = planned.Text("resource_key"),
                Reason = planned.Text("reason")!,
                EndsAt = Written.Instant(planned.Text("ends_at")!)!.Value,
            },
            cancellationToken);
        return planned.With("id", Value.Of(Written.Id(asked.Id))).With("state", Value.Of(asked.State));
    }

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken) =>
        await FindAsync(client, state.Text("id"), cancellationToken) is { } found ? StateOf(found, state) : null;

    /// <summary>Every attribute that is written needs another exception.</summary>
    public Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken) => Task.FromResult(planned.With("state", state["state"]));

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        if (await FindAsync(client, state.Text("id"), cancellationToken) is { State: "asked" or "approved" } found)
        {
            await client.Compliance.WithdrawAsync(found.Id, new ExceptionDecision { Reason = Written.Reason }, cancellationToken);
        }
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        await FindAsync(client, id, cancellationToken) is not null ? MapValue.Of(("id", Value.Of(id))) : throw new ProviderException($"There is no exception '{id}'. Import it by its number.");

    private static async Task<CheckException?> FindAsync(WatchbillClient client, string? id, CancellationToken cancellationToken) =>
        (await client.Compliance.ExceptionsAsync(new ExceptionQuery { All = true }, cancellationToken)).FirstOrDefault(one => Written.Id(one.Id) == id);

    private static MapValue StateOf(CheckException found, MapValue before) => MapValue.Of(
        ("id", before["id"]),
        ("source", Value.Of(Written.Id(found.Connector))),
        ("check", Value.Of(found.Check)),
        ("resource_kind", Value.Of(found.ResourceKind)),
        ("resource_key", Value.Of(found.ResourceKey)),
        ("reason", Value.Of(found.Reason)),
        ("ends_at", before.Text("ends_at") is { } written && Written.Instant(written) is { } end && Written.IsSame(end, found.EndsAt) ? before["ends_at"] : Value.Of((DateTimeOffset?)found.EndsAt)),
        ("state", Value.Of(found.State)));
}
