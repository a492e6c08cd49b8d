using Watchbill.Contracts.Client;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Resources;

/// <summary>A kind of thing that configurations make, change and remove.</summary>
internal interface IResource
{
    /// <summary>Its name in configurations.</summary>
    string TypeName { get; }

    /// <summary>Its attributes.</summary>
    Definition Definition { get; }

    /// <summary>What is wrong with a configuration, beside what Terraform sees itself. Values may not be known yet.</summary>
    IEnumerable<Complaint> Validate(MapValue config);

    /// <summary>Makes one.</summary>
    /// <returns>Its state.</returns>
    Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken);

    /// <summary>What it is now; null when it is gone.</summary>
    /// <param name="client">The server.</param>
    /// <param name="state">What was known of it; secrets are known from there only.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken);

    /// <summary>Changes one.</summary>
    Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken);

    /// <summary>Removes one; one that is gone is as good as removed.</summary>
    Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken);

    /// <summary>The state of one that is there already, as far as its name in an import tells; the rest is read.</summary>
    Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken);
}

/// <summary>A kind of thing that configurations only read.</summary>
internal interface IDataSource
{
    /// <summary>Its name in configurations.</summary>
    string TypeName { get; }

    /// <summary>Its attributes.</summary>
    Definition Definition { get; }

    /// <summary>Reads it.</summary>
    Task<MapValue> ReadAsync(WatchbillClient client, MapValue config, CancellationToken cancellationToken);
}

/// <summary>Something that is wrong with a configuration.</summary>
/// <param name="Attribute">Where.</param>
/// <param name="Sentence">What, and what to do.</param>
internal sealed record Complaint(string Attribute, string Sentence);

/// <summary>What was asked for cannot be done; the message says why.</summary>
internal sealed class ProviderException(string message) : Exception(message);
