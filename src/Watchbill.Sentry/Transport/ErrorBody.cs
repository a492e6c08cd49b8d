using System.Text;
using System.Text.Json;

namespace Watchbill.Sentry.Transport;

/// <summary>
/// What the body of an error answer says. Sentry's <c>detail</c> is a text, an object with code, message and extra, or an array; some bodies are
/// a bare array or a bare text (with the content type of HTML), some hold a list of texts per field, some are empty.
/// </summary>
internal sealed record ErrorBody
{
    private const int LongestDetail = 500;

    public string? Detail { get; private init; }

    public string? Code { get; private init; }

    /// <summary>The new slug of a renamed project.</summary>
    public string? Slug { get; private init; }

    public string? ErrorId { get; private init; }

    public bool IsEmpty { get; private init; }

    /// <summary>Neither empty nor JSON: the answer of something in between.</summary>
    public bool IsForeign { get; private init; }

    public static ErrorBody Parse(ReadOnlyMemory<byte> body, string secret)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new() { IsEmpty = true };
        }
        try
        {
            using var json = JsonDocument.Parse(body);
            return FromJson(json.RootElement, secret);
        }
        catch (JsonException)
        {
            return new() { IsForeign = true };
        }
    }

    private static ErrorBody FromJson(JsonElement root, string secret)
    {
        var detail = Member(root, "detail") ?? root;
        var extra = Member(detail, "extra");
        return new()
        {
            Detail = OneLine(Words(Member(detail, "message") ?? detail), secret),
            Code = OneLine(Text(Member(detail, "code")), secret),
            Slug = OneLine(Text(extra is { } more ? Member(more, "slug") : null), secret),
            ErrorId = OneLine(Text(Member(root, "errorId")), secret),
        };
    }

    /// <summary>All texts of a value, fields with their names: <c>orgRole: message</c>.</summary>
    private static string? Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => Joined(value.EnumerateArray().Select(Words)),
        JsonValueKind.Object => Joined(value.EnumerateObject().Select(field => Words(field.Value) is { Length: > 0 } text ? $"{field.Name}: {text}" : null)),
        _ => null,
    };

    private static string? Joined(IEnumerable<string?> parts) =>
        string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Short and without line breaks, fit for a log line; a server that echoes the token does not get it into our messages.</summary>
    private static string? OneLine(string? text, string secret)
    {
        if (text is null)
        {
            return null;
        }
        var line = new StringBuilder();
        foreach (var c in text.Replace(secret, "[token]", StringComparison.Ordinal))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }
        return line.Length > LongestDetail ? line.ToString(0, LongestDetail) + "…" : line.ToString();
    }
}
