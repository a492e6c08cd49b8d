using System.Text.Json.Serialization;
using Watchbill.Connectors.Preflight;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>A connection that somebody is trying out: what they entered and what the probes found. The token is kept apart and never returned.</summary>
public sealed record ConnectionDraft
{
    /// <summary>Names it; cannot be guessed.</summary>
    public required string Id { get; init; }

    /// <summary>The connector whose token is replaced; null for a new one.</summary>
    public ConnectorId? Connector { get; init; }

    /// <summary>What was entered.</summary>
    public required ConnectorDetails Details { get; init; }

    /// <summary>Which kind of token it is, in words.</summary>
    public required string TokenKind { get; init; }

    /// <summary>The last four characters of the token.</summary>
    public required string TokenLastFour { get; init; }

    /// <summary>What the probes found.</summary>
    public required PreflightReport Report { get; init; }

    /// <summary>Until when it is kept.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>How drafts are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConnectorDetails))]
[JsonSerializable(typeof(PreflightReport))]
internal sealed partial class DraftJson : JsonSerializerContext;
