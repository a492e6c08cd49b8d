using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Watchbill.Integrity.Keys;

/// <summary>What makes a key the next one: a statement that the key before it signed, and the key itself, so that nobody is endorsed who does not hold it.</summary>
/// <param name="Use">What it signs.</param>
/// <param name="Generation">2 for the second key.</param>
/// <param name="PublicKey">The key, 32 bytes.</param>
/// <param name="At">When it was said.</param>
/// <param name="FromSize">The size of the first checkpoint that the key signed, the last one that the key before it signed; 0 for a key of statements.</param>
/// <param name="Root">The root of that checkpoint; empty for a key of statements.</param>
internal sealed record KeyEndorsement(KeyUse Use, int Generation, byte[] PublicKey, DateTimeOffset At, long FromSize, byte[] Root)
{
    private const string Predicate = "urn:watchbill:attestation:key-endorsement:v1";
    private const string StatementType = "https://in-toto.io/Statement/v1";

    /// <summary>Where the key is in an evidence pack; statements name files so.</summary>
    public string File => FileOf(Use, Generation);

    /// <inheritdoc cref="File"/>
    public static string FileOf(KeyUse use, int generation) => $"data/keys/{WordOf(use)}-{generation}.pem";

    /// <summary>How a use is written.</summary>
    public static string WordOf(KeyUse use) => use is KeyUse.Log ? "log" : "statements";

    /// <summary>The use that is written so; null for another word.</summary>
    public static KeyUse? UseOf(string word) => word switch { "log" => KeyUse.Log, "statements" => KeyUse.Statements, _ => null };

    /// <summary>It as an envelope that both keys signed, the one before first.</summary>
    public string SignedBy(SigningKey before, SigningKey key) => DsseEnvelope.Sign([before, key], Statement(SigningKey.FingerprintOf(before.PublicKey)));

    /// <summary>Reads one of a key; null when it is not of that key, of that place in the line, or not signed by both.</summary>
    public static KeyEndorsement? Read(string envelope, (KeyUse Use, int Generation, byte[] PublicKey) of, byte[] before)
    {
        if (DsseEnvelope.Open(envelope, before) is not { } statement || DsseEnvelope.Open(envelope, of.PublicKey) is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(statement);
            var predicate = document.RootElement.GetProperty("predicate");
            var said = new KeyEndorsement(
                of.Use, of.Generation, of.PublicKey, predicate.GetProperty("at").GetDateTimeOffset(), predicate.GetProperty("fromSize").GetInt64(), predicate.GetProperty("root").GetBytesFromBase64());

            // Written anew from what it says it must be the same text: then it says nothing else, and nothing twice.
            return said.Statement(SigningKey.FingerprintOf(before)).AsSpan().SequenceEqual(statement) ? said : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private byte[] Statement(string endorsedBy)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("_type", StatementType);
            writer.WriteStartArray("subject");
            writer.WriteStartObject();
            writer.WriteString("name", File);
            writer.WriteStartObject("digest");
            writer.WriteString("sha256", Sha256Of(SigningKey.PemOf(PublicKey)));
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("predicateType", Predicate);
            writer.WriteStartObject("predicate");
            writer.WriteString("use", WordOf(Use));
            writer.WriteNumber("generation", Generation);
            writer.WriteString("fingerprint", SigningKey.FingerprintOf(PublicKey));
            writer.WriteString("endorsedBy", endorsedBy);
            writer.WriteString("at", At);
            writer.WriteNumber("fromSize", FromSize);
            writer.WriteBase64String("root", Root);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
