using System.Text.Json.Serialization;

namespace Watchbill.Evidence;

/// <summary>What the audit log keeps of a collection that changed something.</summary>
internal sealed record CollectedAuditRecord(long Connector, string Kind, long Opened, long Changed, long Closed)
{
    /// <summary><see cref="Audit.RowSeal"/> of the records that began and ended.</summary>
    public string? Digest { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CollectedAuditRecord))]
internal sealed partial class EvidenceAuditJson : JsonSerializerContext;
