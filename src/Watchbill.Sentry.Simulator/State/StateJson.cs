using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>The names of settings on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(ProjectSettings))]
internal sealed partial class StateJson : JsonSerializerContext;
