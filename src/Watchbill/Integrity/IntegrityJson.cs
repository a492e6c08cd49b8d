using System.Text.Json.Serialization;

namespace Watchbill.Integrity;

/// <summary>How what the feature notes is written as JSON.</summary>
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class IntegrityJson : JsonSerializerContext;
