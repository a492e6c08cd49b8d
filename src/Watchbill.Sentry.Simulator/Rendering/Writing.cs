using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Sentry's conventions for values: ids are texts, instants end in Z.</summary>
internal static class Writing
{
    public static void WriteId(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long id)
    {
        Span<byte> digits = stackalloc byte[20];
        id.TryFormat(digits, out var length);
        writer.WriteString(name, digits[..length]);
    }

    public static void WriteInstant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            writer.WriteString(name, value.UtcDateTime);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    public static void WriteScopes(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ScopeSet scopes) => writer.WriteTexts(name, scopes.Names);

    public static void WriteFalse(this Utf8JsonWriter writer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            writer.WriteBoolean(name, false);
        }
    }

    /// <summary>Writes the members of an object into the one that is open.</summary>
    public static void WriteMembersOf(this Utf8JsonWriter writer, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            property.WriteTo(writer);
        }
    }

    public static void WriteLetterAvatar(this Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartObject(name);
        writer.WriteString("avatarType"u8, "letter_avatar"u8);
        writer.WriteNull("avatarUuid"u8);
        writer.WriteEndObject();
    }
}
