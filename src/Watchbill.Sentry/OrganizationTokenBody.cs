using System.Buffers.Text;
using System.Text.Json;

namespace Watchbill.Sentry;

/// <summary>What follows <c>sntrys_</c>: base64 JSON, an underscore, and 43 base64 characters.</summary>
internal sealed record OrganizationTokenBody(bool IsComplete, string? Organization, string? RegionUrl)
{
    private const int SecretLength = 43;

    public static OrganizationTokenBody Parse(string body)
    {
        var separator = body.LastIndexOf('_');
        var hasSecret = separator > 0 && body.Length - separator - 1 == SecretLength;
        try
        {
            using var json = JsonDocument.Parse(Decode(hasSecret ? body[..separator] : body));
            return new(hasSecret, Text(json.RootElement, "org"), Text(json.RootElement, "region_url"));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            return new(false, null, null);
        }
    }

    /// <summary>Takes both base64 alphabets, with and without padding.</summary>
    private static byte[] Decode(string text) => Base64Url.DecodeFromChars(text.Replace('+', '-').Replace('/', '_').TrimEnd('='));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
