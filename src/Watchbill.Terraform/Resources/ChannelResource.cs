using System.Globalization;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Notifications;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>A place that announcements go to.</summary>
internal sealed class ChannelResource : IResource
{
    public string TypeName => "watchbill_channel";

    public Definition Definition { get; } = new("A place that announcements go to: Slack, Teams, or an address that takes signed JSON.",
    [
        new("id", Text, AttributeUse.Computed, "The number of the channel.") { IsSteady = true },
        new("name", Text, AttributeUse.Required, "Its name; unique.") { Replaces = true },
        new("kind", Text, AttributeUse.Required, "`slack`, `teams` or `webhook`.") { Replaces = true },
        new("address", Text, AttributeUse.Required, "The whole address, as the other side gave it. It is kept in Terraform's state, hidden; Watchbill encrypts it and tells only its host.") { IsSensitive = true, Replaces = true },
        new("about", Texts, AttributeUse.Optional, "The kinds of announcements it gets; all when left out.") { Replaces = true },
        new("source", Text, AttributeUse.Optional, "The number of the source that it is told about; all when left out.") { Replaces = true },
        new("allow_private_networks", Truth, AttributeUse.Optional, "Whether it may lead into a private network, and may go without TLS. No when left out.") { Default = Value.Of(false), Replaces = true },
        new("on", Truth, AttributeUse.Optional, "Whether anything is sent. Yes when left out.") { Default = Value.Of(true) },
        new("host", Text, AttributeUse.Computed, "The host of its address.") { IsSteady = true },
        new("secret", Text, AttributeUse.Computed, "With what messages to a webhook are signed (Standard Webhooks); told once, when it is made.") { IsSensitive = true, IsSteady = true },
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) => config.Text("kind") is { } kind && kind is not ("slack" or "teams" or "webhook")
        ? [new Complaint("kind", "A channel is slack, teams or webhook.")]
        : [];

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var made = await client.Notifications.CreateChannelAsync(
            new NewChannel
            {
                Name = planned.Text("name")!,
                Kind = planned.Text("kind")!,
                Address = planned.Text("address")!,
                About = planned.Texts("about"),
                Connector = planned.Text("source") is { } source ? long.Parse(source, CultureInfo.InvariantCulture) : null,
                AllowPrivateNetworks = planned.Truth("allow_private_networks") ?? false,
            },
            cancellationToken);
        if (planned.Truth("on") is false)
        {
            await client.Notifications.SwitchChannelAsync(made.Channel.Id, isOn: false, cancellationToken);
        }

        return planned.With("id", Value.Of(Written.Id(made.Channel.Id))).With("host", Value.Of(made.Channel.Host)).With("secret", Value.Of(made.Secret));
    }

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken) =>
        (await client.Notifications.ChannelsAsync(cancellationToken)).FirstOrDefault(one => one.Id == IdOf(state)) is { } channel
            ? state.With("name", Value.Of(channel.Name))
                .With("kind", Value.Of(channel.Kind))
                .With("about", channel.About.Count == 0 && state["about"].IsNull ? Value.Null : Value.Of(channel.About.Order(StringComparer.Ordinal)))
                .With("source", channel.Connector is { } source ? Value.Of(source.ToString(CultureInfo.InvariantCulture)) : Value.Null)
                .With("allow_private_networks", Value.Of(channel.AllowPrivateNetworks))
                .With("on", Value.Of(channel.IsOn))
                .With("host", Value.Of(channel.Host))
            : null;

    public async Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken)
    {
        await client.Notifications.SwitchChannelAsync(IdOf(state), planned.Truth("on") ?? true, cancellationToken);
        return planned;
    }

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        await Written.UnlessGoneAsync(client.Notifications.RemoveChannelAsync(IdOf(state), cancellationToken));
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        (await client.Notifications.ChannelsAsync(cancellationToken)).FirstOrDefault(one => $"{one.Id}" == id || one.Name == id) is { } channel
            ? MapValue.Of(("id", Value.Of(Written.Id(channel.Id))))
            : throw new ProviderException($"There is no channel '{id}'. Import it by its number or its name. Its address is not told: write it, and the channel is made anew.");

    private static long IdOf(MapValue state) => long.Parse(state.Text("id")!, CultureInfo.InvariantCulture);
}
