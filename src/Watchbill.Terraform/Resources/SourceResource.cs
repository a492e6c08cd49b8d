using System.Globalization;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Connectors;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>A Sentry organization that Watchbill reads.</summary>
internal sealed class SourceResource : IResource
{
    private const string NotFound = "connector-not-found";

    public string TypeName => "watchbill_source";

    public Definition Definition { get; } = new("A Sentry organization that Watchbill reads: members, teams, projects and evidence.",
    [
        new("id", Text, AttributeUse.Computed, "The number of the source.") { IsSteady = true },
        new("name", Text, AttributeUse.Required, "What people call it; unique."),
        new("application", Text, AttributeUse.Optional, "The application it stands for."),
        new("address", Text, AttributeUse.Optional, "Where Sentry is: `sentry.io`, `us.sentry.io`, `de.sentry.io`, or the address of a self-hosted one. `sentry.io` when left out.") { Default = Value.Of("sentry.io") },
        new("organization", Text, AttributeUse.Required, "The organization's slug in Sentry."),
        new("token", Text, AttributeUse.Optional, "Sentry's bearer token. It is kept in Terraform's state, hidden; Watchbill encrypts it and never tells it. Left out: the source waits for it.") { IsSensitive = true },
        new("token_last_four", Text, AttributeUse.Computed, "The last four characters of the token that Watchbill has."),
        new("owners", Texts, AttributeUse.Optional, "The addresses of the accounts that look after it."),
        new("schedule", Text, AttributeUse.Optional, "When it is read: `manual`, `live`, `hourly`, `every-6-hours`, `daily-at-H` or `cron:EXPRESSION`, in UTC. `every-6-hours` when left out.") { Default = Value.Of("every-6-hours") },
        new("budget_share", Number, AttributeUse.Optional, "The share of Sentry's rate limit that it may use, 0.05 to 1. 0.7 when left out.") { Default = Value.Of(0.7) },
        new("allow_private_networks", Truth, AttributeUse.Optional, "Whether addresses in private networks are allowed. No when left out.") { Default = Value.Of(false) },
        new("state", Text, AttributeUse.Computed, "How it stands, for example `connected`."),
        new("created_at", Text, AttributeUse.Computed, "When it was made.") { IsSteady = true },
        new("updated_at", Text, AttributeUse.Computed, "Since when its state is what it is."),
    ]);

    public IEnumerable<Complaint> Validate(MapValue config)
    {
        if (config.Number("budget_share") is < 0.05 or > 1)
        {
            yield return new Complaint("budget_share", "A share is from 0.05 to 1.");
        }

        if (config.Text("token") is { } token && (token.Trim() != token || token.Length is 0 or > 4096))
        {
            yield return new Complaint("token", "A token has no blanks around it and at most 4096 characters.");
        }
    }

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(client, planned, cancellationToken);
        var saved = await client.Connectors.CreateAsync(NewConnector.Of(settings, planned.Text("token")), cancellationToken);
        return Known(planned, saved.Connector);
    }

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        Connector source;
        try
        {
            source = await client.Connectors.FindAsync(IdOf(state), cancellationToken);
        }
        catch (WatchbillApiException gone) when (gone.Code == NotFound)
        {
            return null;
        }

        var people = source.Owners.Count > 0 ? (await client.Connectors.OwnersAsync(cancellationToken)).ToDictionary(static one => one.Id, static one => one.Email) : [];
        var token = state.Text("token");
        return Known(state, source)
            .With("name", Value.Of(source.Name))
            .With("application", Value.Of(source.Application))
            .With("address", SameAddress(state.Text("address"), source.Address) ? state["address"] : Value.Of(source.Address))
            .With("organization", Value.Of(source.Organization))

            // Another token than the one that was given: Terraform shall see that it is not what it wrote.
            .With("token", token is not null && source.TokenLastFour is { } four && token.EndsWith(four, StringComparison.Ordinal) ? state["token"] : Value.Null)
            .With("owners", source.Owners.Count == 0 && state["owners"].IsNull ? Value.Null : Value.Of(source.Owners.Select(id => people.GetValueOrDefault(id, $"{id}")).Order(StringComparer.Ordinal)))
            .With("schedule", Value.Of(source.Schedule))
            .With("budget_share", Value.Of(source.BudgetShare))
            .With("allow_private_networks", Value.Of(source.AllowPrivateNetworks));
    }

    public async Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken)
    {
        var source = await client.Connectors.FindAsync(IdOf(state), cancellationToken);
        source = await client.Connectors.EditAsync(source.Id, source.Version, await SettingsAsync(client, planned, cancellationToken), cancellationToken);
        if (planned.Text("token") is { } token && token != state.Text("token"))
        {
            source = (await client.Connectors.RotateTokenAsync(source.Id, new NewToken { Token = token }, cancellationToken)).Connector;
        }

        return Known(planned, source);
    }

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        try
        {
            var source = await client.Connectors.FindAsync(IdOf(state), cancellationToken);
            await client.Connectors.RemoveAsync(source.Id, new RemovalQuery { Confirm = source.Name }, cancellationToken);
        }
        catch (WatchbillApiException gone) when (gone.Code == NotFound)
        {
            // Somebody else removed it.
        }
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        (await client.Connectors.ListAsync(cancellationToken)).FirstOrDefault(one => $"{one.Id}" == id || one.Name == id) is { } source
            ? MapValue.Of(("id", Value.Of(Written.Id(source.Id))), ("address", Value.Of(source.Address)))
            : throw new ProviderException($"There is no source '{id}'. Import it by its number or its name.");

    /// <summary>What Watchbill says.</summary>
    private static MapValue Known(MapValue given, Connector source) => given
        .With("id", Value.Of(Written.Id(source.Id)))
        .With("token_last_four", Value.Of(source.TokenLastFour))
        .With("state", Value.Of(source.State))
        .With("created_at", Value.Of((DateTimeOffset?)source.CreatedAt))
        .With("updated_at", Value.Of((DateTimeOffset?)source.StateSince));

    private static async Task<ConnectorSettings> SettingsAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var addresses = planned.Texts("owners");
        var people = addresses.Count > 0 ? await client.Connectors.OwnersAsync(cancellationToken) : [];
        return new ConnectorSettings
        {
            Name = planned.Text("name")!,
            Application = planned.Text("application"),
            Address = planned.Text("address")!,
            Organization = planned.Text("organization")!,
            Owners = [.. addresses.Select(address => people.FirstOrDefault(one => one.Email.Equals(address, StringComparison.OrdinalIgnoreCase))?.Id
                ?? throw new ProviderException($"The owner {address} has no account in Watchbill, or may not manage sources."))],
            Schedule = planned.Text("schedule"),
            BudgetShare = planned.Number("budget_share"),
            AllowPrivateNetworks = planned.Truth("allow_private_networks") ?? false,
        };
    }

    /// <summary>People write <c>sentry.io</c>; Watchbill keeps the whole address.</summary>
    private static bool SameAddress(string? written, string kept) => written is not null
        && (written.Contains("://", StringComparison.Ordinal) ? written : $"https://{written}").TrimEnd('/').Equals(kept.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static long IdOf(MapValue state) => long.Parse(state.Text("id")!, CultureInfo.InvariantCulture);
}
