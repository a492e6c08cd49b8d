using System.Text.Json.Serialization;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance;

/// <summary>What this feature reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(SortedDictionary<string, InputState>))]
internal sealed partial class ComplianceJson : JsonSerializerContext;
