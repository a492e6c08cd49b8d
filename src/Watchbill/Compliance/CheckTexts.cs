using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Watchbill.Kernel;

namespace Watchbill.Compliance;

/// <summary>Definitions of checks as text that stays the same as long as they mean the same.</summary>
internal static class CheckTexts
{
    /// <summary>A definition as JSON with its fields in a fixed order: what goes into evidence as "the check as it ran".</summary>
    public static string JsonOf(CheckDefinition definition)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", definition.Id);
            writer.WriteNumber("version", definition.Version);
            writer.WriteString("severity", Word.Of(definition.Severity));
            writer.WriteString("title", definition.Title);
            writer.WriteString("asserts", definition.Asserts);
            writer.WriteString("rationale", definition.Rationale);
            writer.WriteString("remediation", definition.Remediation);
            Write(writer, "reads", definition.Reads.Select(static input => Word.Of(input)));
            Write(writer, "fields", definition.Fields);
            Write(writer, "scopes", definition.Scopes);
            writer.WriteStartArray("parameters");
            foreach (var parameter in definition.Parameters)
            {
                writer.WriteStartObject();
                writer.WriteString("name", parameter.Name);
                writer.WriteString("kind", Word.Of(parameter.Kind));
                writer.WriteString("meaning", parameter.Meaning);
                writer.WriteString("default", parameter.Default);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)) + "\n";
    }

    /// <summary>SHA-256 of that text.</summary>
    public static string DigestOf(CheckDefinition definition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonOf(definition))));

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
