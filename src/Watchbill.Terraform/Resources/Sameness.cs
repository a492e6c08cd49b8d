using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Watchbill.Terraform.Resources;

/// <summary>Whether what a configuration means is what Watchbill keeps: then the state stays as somebody wrote it, and nothing looks changed that only is written otherwise.</summary>
internal static class Sameness
{
    /// <summary>Compares two contracts by all they say.</summary>
    public static bool Holds<T>(T one, T other, JsonTypeInfo<T> type) => JsonSerializer.Serialize(one, type) == JsonSerializer.Serialize(other, type);

    /// <summary>In one order.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string>? texts) => [.. (texts ?? []).Order(StringComparer.Ordinal)];
}
