using Watchbill.Terraform.Protocol;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Tests;

/// <summary>One kind of thing as Terraform handles it: planned, applied, read, imported and removed, over the wire.</summary>
internal sealed class Planned(ProviderProcess provider, string type)
{
    /// <summary>A configuration: what is not named is null.</summary>
    public MapValue Config(params (string Name, Value Value)[] entries) =>
        ProviderService.AllResources.First(resource => resource.TypeName == type).Definition.Shape(MapValue.Of(entries));

    public async Task<MapValue> PlanAsync(MapValue config, Value prior)
    {
        var planned = await provider.Client.PlanResourceChangeAsync(new PlanRequest { TypeName = type, PriorState = ValueCodec.Write(prior), ProposedNewState = ValueCodec.Write(config), Config = ValueCodec.Write(config) });
        Assert.Empty(planned.Diagnostics);
        return (MapValue)ValueCodec.Read(planned.PlannedState);
    }

    /// <summary>Plans and applies. Terraform refuses a provider whose result is not what it planned, so this does too.</summary>
    public async Task<MapValue> ApplyAsync(MapValue config, Value? prior = null)
    {
        var planned = await PlanAsync(config, prior ?? Value.Null);
        var applied = await SendAsync(prior ?? Value.Null, planned, config);
        Assert.Empty(applied.Diagnostics);
        var state = (MapValue)ValueCodec.Read(applied.NewState);
        Assert.False(state.IsUnknown);
        Assert.All(planned.Entries.Where(static entry => !entry.Value.IsUnknown), entry => Assert.Equal(entry.Value, state[entry.Key]));
        return state;
    }

    /// <summary>What is said when it cannot be applied.</summary>
    public async Task<string> RefusalAsync(MapValue config, Value? prior = null) =>
        Assert.Single((await SendAsync(prior ?? Value.Null, await PlanAsync(config, prior ?? Value.Null), config)).Diagnostics).Summary;

    /// <summary>What it is now; null when it is gone.</summary>
    public async Task<MapValue?> ReadAsync(MapValue state)
    {
        var read = await provider.Client.ReadResourceAsync(new ReadRequest { TypeName = type, CurrentState = ValueCodec.Write(state) });
        Assert.Empty(read.Diagnostics);
        return ValueCodec.Read(read.NewState) as MapValue;
    }

    public async Task<MapValue> ImportAsync(string id)
    {
        var imported = await provider.Client.ImportResourceStateAsync(new ImportRequest { TypeName = type, Id = id });
        Assert.Empty(imported.Diagnostics);
        return (await ReadAsync((MapValue)ValueCodec.Read(Assert.Single(imported.ImportedResources).State)))!;
    }

    public async Task RemoveAsync(MapValue state) => Assert.Empty((await SendAsync(state, Value.Null, Value.Null)).Diagnostics);

    /// <summary>Whether nothing would be done.</summary>
    public async Task<bool> IsSteadyAsync(MapValue config, MapValue state) => (await PlanAsync(config, (await ReadAsync(state))!)).Equals(state);

    private async Task<ApplyResponse> SendAsync(Value prior, Value planned, Value config) =>
        await provider.Client.ApplyResourceChangeAsync(new ApplyRequest { TypeName = type, PriorState = ValueCodec.Write(prior), PlannedState = ValueCodec.Write(planned), Config = ValueCodec.Write(config) });
}
