using System.Text.Json.Serialization;
using Watchbill.Audit;
using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>What the audit log keeps of an applied run.</summary>
internal sealed record LedgerAuditRecord(
    long Connector, int ScopesApplied, int ScopesUnchanged, IReadOnlyList<string> Outdated, IReadOnlyList<AppliedChange> Changes)
{
    /// <summary><see cref="RowSeal"/> of what began and ended; null in events of before there were seals.</summary>
    public string? Digest { get; init; }

    public static LedgerAuditRecord Of(ConnectorId connector, ApplyOutcome outcome) =>
        new(connector.Value, outcome.ScopesApplied, outcome.ScopesUnchanged, outcome.Outdated, outcome.Changes) { Digest = outcome.Digest };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerAuditRecord))]
internal sealed partial class LedgerAuditJson : JsonSerializerContext;
