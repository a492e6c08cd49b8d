using System.Text.Json.Serialization;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Control;

/// <summary>The wire form of the control endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Truth))]
[JsonSerializable(typeof(RequestSummary))]
[JsonSerializable(typeof(FaultRule[]))]
[JsonSerializable(typeof(LimitsChange))]
[JsonSerializable(typeof(LatencyChange))]
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(OperationResult))]
internal sealed partial class ControlJson : JsonSerializerContext;
