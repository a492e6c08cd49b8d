using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;

namespace Watchbill.Integrity;

/// <summary>
/// An entry of the log: of which audit event it is, and a salted hash of everything that the event says. The entry itself holds nothing that could be guessed or would have to be erased.
/// </summary>
/// <param name="AuditId">The event's position in the audit log.</param>
/// <param name="At">When it was written.</param>
/// <param name="Action">What was done.</param>
/// <param name="Salt">16 random bytes, in hex.</param>
/// <param name="Sha256">SHA-256 over the salt's bytes and the event's text, in hex.</param>
internal sealed record LogEntry(long AuditId, DateTimeOffset At, string Action, string Salt, string Sha256)
{
    private const string Kind = "audit-event";

    /// <summary>The entry of an event, with a fresh salt.</summary>
    public static LogEntry Of(AuditEvent auditEvent)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new LogEntry(auditEvent.Id, auditEvent.At, auditEvent.Action, Convert.ToHexStringLower(salt), HashOf(salt, auditEvent));
    }

    /// <summary>Whether the event still says what it said.</summary>
    public bool IsOf(AuditEvent auditEvent) => Sha256 == HashOf(Convert.FromHexString(Salt), auditEvent) && auditEvent.Id == AuditId;

    /// <summary>Whether it is the entry of the event with this text, see <see cref="TextOf"/>.</summary>
    public bool Holds(string text)
    {
        if (Sha256 != HashOf(Convert.FromHexString(Salt), text))
        {
            return false;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("id").GetInt64() == AuditId;
    }

    /// <summary>As one line of JSON: these bytes are the leaf.</summary>
    public string ToText()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", 1);
            writer.WriteString("kind", Kind);
            writer.WriteNumber("id", AuditId);
            writer.WriteString("at", At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("action", Action);
            writer.WriteString("salt", Salt);
            writer.WriteString("sha256", Sha256);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads one; null when it is none.</summary>
    public static LogEntry? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.GetProperty("kind").GetString() == Kind && root.GetProperty("salt").GetString() is { } salt && Convert.FromHexString(salt).Length > 0
                ? new LogEntry(root.GetProperty("id").GetInt64(), root.GetProperty("at").GetDateTimeOffset(), root.GetProperty("action").GetString()!, salt, root.GetProperty("sha256").GetString()!)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Everything that an event says, in a fixed order.</summary>
    internal static string TextOf(AuditEvent auditEvent)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", auditEvent.Id);
            writer.WriteString("at", auditEvent.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("actorKind", Word.Of(auditEvent.Actor.Kind));
            writer.WriteString("actorId", auditEvent.Actor.Id);
            writer.WriteString("actorFrom", auditEvent.Actor.From);
            writer.WriteString("action", auditEvent.Action);
            writer.WriteString("subjectKind", auditEvent.SubjectKind);
            writer.WriteString("subjectId", auditEvent.SubjectId);
            writer.WriteString("before", auditEvent.Before);
            writer.WriteString("after", auditEvent.After);
            writer.WriteString("reason", auditEvent.Reason);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string HashOf(byte[] salt, AuditEvent auditEvent) => HashOf(salt, TextOf(auditEvent));

    private static string HashOf(byte[] salt, string text) => Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));
}
