using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>A parameter of a check of one source that is not as it comes.</summary>
internal sealed class CheckParameterResource : IResource
{
    public string TypeName => "watchbill_check_parameter";

    public Definition Definition { get; } = new("A parameter of a compliance check of one source that is not as it comes. Removed, the parameter is as it comes again.",
    [
        new("id", Text, AttributeUse.Computed, "Source, check and parameter with slashes between.") { IsSteady = true },
        new("source", Text, AttributeUse.Required, "The number of the source: `watchbill_source.NAME.id`.") { Replaces = true },
        new("check", Text, AttributeUse.Required, "The check's id, for example `member-inactive`.") { Replaces = true },
        new("parameter", Text, AttributeUse.Required, "The parameter's name, for example `inactiveDays`.") { Replaces = true },
        new("value", Text, AttributeUse.Required, "The value as text: a number, `true`, or a JSON list of texts."),
        new("reason", Text, AttributeUse.Optional, "Why; kept in the audit log. *By Terraform.* when left out.") { Default = Value.Of(Written.Reason) },
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) => [];

    public Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken) => SetAsync(client, planned, cancellationToken);

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.Compliance.FindAsync(state.SourceNumber(), state.Text("check")!, cancellationToken);
            return found.Settings.FirstOrDefault(setting => setting.Name == state.Text("parameter")) is { IsDefault: false } set ? state.With("value", Value.Of(set.Value)) : null;
        }
        catch (WatchbillApiException gone) when (gone.Status is System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken) => SetAsync(client, planned, cancellationToken);

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        await Written.UnlessGoneAsync(client.Compliance.SetAsync(state.SourceNumber(), state.Text("check")!, state.Text("parameter")!, new NewSetting { Value = null, Reason = state.Text("reason") ?? Written.Reason }, cancellationToken));
    }

    public Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) => id.Split('/') is [var source, var check, var parameter]
        ? Task.FromResult(MapValue.Of(("id", Value.Of(id)), ("source", Value.Of(source)), ("check", Value.Of(check)), ("parameter", Value.Of(parameter)), ("reason", Value.Of(Written.Reason))))
        : throw new ProviderException("Import a parameter by source, check and parameter with slashes between, for example 1/member-inactive/inactiveDays.");

    private static async Task<MapValue> SetAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        var (check, parameter) = (planned.Text("check")!, planned.Text("parameter")!);
        await client.Compliance.SetAsync(planned.SourceNumber(), check, parameter, new NewSetting { Value = planned.Text("value"), Reason = planned.Text("reason") ?? Written.Reason }, cancellationToken);
        return planned.With("id", Value.Of($"{planned.Text("source")}/{check}/{parameter}"));
    }
}
