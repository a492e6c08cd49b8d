using Watchbill.Terraform.Resources;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform;

/// <summary>What a configuration makes of a thing, before anything is done.</summary>
/// <param name="State">What it will be; parts may not be known yet.</param>
/// <param name="Replacing">The attributes whose change needs another thing.</param>
internal sealed record PlannedState(MapValue State, IReadOnlyList<string> Replacing)
{
    /// <summary>Plans.</summary>
    /// <param name="definition">The kind of thing.</param>
    /// <param name="config">What somebody wrote.</param>
    /// <param name="prior">What it is; null where it is new.</param>
    public static PlannedState Of(Definition definition, MapValue config, MapValue? prior)
    {
        var written = MapValue.Of(definition.Attributes.Where(static attribute => attribute.IsWritten).Select(attribute => (attribute.Name, Wanted(attribute, config))));
        var changed = prior is null ? [] : definition.Attributes.Where(attribute => attribute.IsWritten && !written[attribute.Name].Equals(prior[attribute.Name])).ToList();
        var replacing = changed.Where(static attribute => attribute.Replaces).Select(static attribute => attribute.Name).ToList();
        var isNew = prior is null || replacing.Count > 0;
        var state = MapValue.Of(definition.Attributes.Select(attribute => (attribute.Name,
            attribute.IsWritten ? written[attribute.Name]
            : isNew || (changed.Count > 0 && !attribute.IsSteady) ? Value.Unknown
            : prior![attribute.Name])));
        return new PlannedState(state, replacing);
    }

    private static Value Wanted(AttributeDefinition attribute, MapValue config) => config[attribute.Name] is { IsNull: false } given ? given : attribute.Default ?? Value.Null;
}
