using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Populations;
using Watchbill.Packs.Sampling;
using Watchbill.People;

namespace Watchbill.Engagements;

/// <summary>Evidence packs of an engagement, and samples drawn from them.</summary>
public sealed class RoomPacks
{
    private readonly RoomDoor _door;
    private readonly BuildPack _build;
    private readonly BuildPackSet _set;
    private readonly ConnectorStore _connectors;

    internal RoomPacks(RoomDoor door, BuildPack build, BuildPackSet set, ConnectorStore connectors)
    {
        _door = door;
        _build = build;
        _set = set;
        _connectors = connectors;
    }

    /// <summary>The lists that samples are drawn from, as packs name them.</summary>
    public static IReadOnlyList<string> Lists { get; } = [.. PopulationCatalogue.Read.Concat(PopulationCatalogue.Governance).Select(static one => one.Name)];

    /// <summary>What stands for the engagement in the seed of a sample.</summary>
    public static string SeedOf(EngagementId id) => $"engagement-{id}";

    /// <summary>Makes the pack of one source: the engagement's framework, controls and period.</summary>
    /// <param name="id">Which engagement.</param>
    /// <param name="connector">Which source.</param>
    /// <param name="folder">Where it is written; the caller moves or removes it.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing stays behind.</param>
    public async Task<Result<MadePack>> MakeAsync(EngagementId id, ConnectorId connector, string folder, Caller caller, CancellationToken cancellationToken)
    {
        var entered = await _door.EnterAsync(id, $"pack of {connector}", caller, cancellationToken);
        return entered.Succeeded ? await MakeAsync(entered.Value, connector, folder, caller, cancellationToken) : entered.Refusal!;
    }

    /// <summary>Makes one file with the packs of all sources of the engagement that are still connected.</summary>
    /// <inheritdoc cref="MakeAsync(EngagementId, ConnectorId, string, Caller, CancellationToken)" path="/param"/>
    public async Task<Result<MadePack>> MakeSetAsync(EngagementId id, string folder, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var entered = await _door.EnterAsync(id, "packs of all sources", caller, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Refusal!;
        }

        var engagement = entered.Value.Engagement;
        var connected = (await _connectors.ListAsync(cancellationToken)).Select(static one => one.Id).Intersect(engagement.Connectors);
        var request = PackSetRequest.Of([.. connected], RequestOf(engagement, default));
        return await _set.RunAsync(request, folder, caller.With(Right.ReadAccess, Right.ReadAudit), cancellationToken);
    }

    /// <summary>Draws rows of a list that nobody chose: the engagement, the control and the list decide.</summary>
    public async Task<Result<RoomSample>> SampleAsync(EngagementId id, RoomSampleRequest wanted, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var entered = await _door.EnterAsync(id, $"sample of {wanted.List} of {wanted.Connector} for control {wanted.Control}", caller, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Refusal!;
        }

        if (entered.Value.Control(wanted.Control) is null)
        {
            return EngagementRefusals.OutOfScope($"control {wanted.Control}");
        }

        var made = await MakeAsync(entered.Value, wanted.Connector, Path.GetTempPath(), caller, cancellationToken);
        if (!made.Succeeded)
        {
            return made.Refusal!;
        }

        try
        {
            var drawn = DrawSample.Run(made.Value.Path, new SampleRequest(wanted.List, SeedOf(id), wanted.Control, wanted.Size) { By = wanted.By });
            return drawn.Select(sample => new RoomSample(made.Value.FileName, made.Value.Sha256, sample));
        }
        finally
        {
            File.Delete(made.Value.Path);
        }
    }

    private async Task<Result<MadePack>> MakeAsync(Entered room, ConnectorId connector, string folder, Caller caller, CancellationToken cancellationToken)
    {
        var engagement = room.Engagement;
        if (!engagement.Connectors.Contains(connector))
        {
            return EngagementRefusals.OutOfScope($"source {connector}");
        }

        return await _build.RunAsync(RequestOf(engagement, connector), folder, caller.With(Right.ReadAccess, Right.ReadAudit), cancellationToken);
    }

    private PackRequest RequestOf(Engagement engagement, ConnectorId connector) =>
        new(connector, engagement.Framework, engagement.From, engagement.End(_door.Now)) { Controls = engagement.Controls, FrameworkAt = engagement.OpenedAt };
}

/// <summary>Which rows somebody wants to look at one by one.</summary>
/// <param name="Connector">Of which source.</param>
/// <param name="List">The list, for example <c>populations/members</c>.</param>
/// <param name="Control">Which control it is for.</param>
/// <param name="Size">So many rows.</param>
public sealed record RoomSampleRequest(ConnectorId Connector, string List, string Control, int Size)
{
    /// <summary>A column with instants: every month gets its share of the rows. Null for none.</summary>
    public string? By { get; init; }
}

/// <summary>A sample and the pack that it was drawn from.</summary>
/// <param name="FileName">The pack's name.</param>
/// <param name="Sha256">SHA-256 of the pack, in hex.</param>
/// <param name="Sample">What was drawn.</param>
public sealed record RoomSample(string FileName, string Sha256, Sample Sample);
