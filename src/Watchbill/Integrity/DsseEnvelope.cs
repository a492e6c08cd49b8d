using System.Globalization;
using System.Text;
using System.Text.Json;
using Watchbill.Integrity.Keys;

namespace Watchbill.Integrity;

/// <summary>A statement in a DSSE envelope: what is signed are the statement's bytes as they stand, so nothing has to be written in one canonical way.</summary>
internal static class DsseEnvelope
{
    /// <summary>What an in-toto statement is called.</summary>
    public const string InToto = "application/vnd.in-toto+json";

    /// <inheritdoc cref="Sign(IReadOnlyList{SigningKey}, byte[])"/>
    public static string Sign(SigningKey key, byte[] statement) => Sign([key], statement);

    /// <summary>Signs a statement with each key; one line of JSON.</summary>
    public static string Sign(IReadOnlyList<SigningKey> keys, byte[] statement)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("payload", statement);
            writer.WriteString("payloadType", InToto);
            writer.WriteStartArray("signatures");
            foreach (var key in keys)
            {
                writer.WriteStartObject();
                writer.WriteString("keyid", key.Fingerprint);
                writer.WriteBase64String("sig", key.Sign(Encoded(InToto, statement)));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The bytes of the statement in an envelope that a key signed; null for anything else. What the envelope says of keys decides nothing.</summary>
    public static byte[]? Open(string envelope, byte[] publicKey)
    {
        try
        {
            using var document = JsonDocument.Parse(envelope);
            var root = document.RootElement;
            var payload = root.GetProperty("payload").GetBytesFromBase64();
            var type = root.GetProperty("payloadType").GetString();
            var encoded = type == InToto ? Encoded(type, payload) : [];
            return encoded.Length > 0 && root.GetProperty("signatures").EnumerateArray().Any(one => SigningKey.Verifies(publicKey, encoded, one.GetProperty("sig").GetBytesFromBase64())) ? payload : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What is signed (DSSE's pre-authentication encoding): the type and the bytes, each behind its length.</summary>
    internal static byte[] Encoded(string type, byte[] body) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {body.Length} ")), .. body];
}
