using System.Globalization;
using System.Net;
using System.Text.Json;
using Watchbill.Access.Logged;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Takes of a line of Sentry's audit log what is kept of it. What is different for each event comes as a loose object and may be anything.</summary>
internal static class AuditLogMapping
{
    private const int LongestText = 2_000;

    public static LoggedEvent Of(ConnectorId connector, SentryAuditEntry entry, DateTimeOffset seenAt, IReadOnlyList<IPNetwork> known) => new()
    {
        ConnectorId = connector,
        EntryId = long.TryParse(entry.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new UnbelievableAnswerException("A line of Sentry's audit log has an id that is no number."),
        At = entry.DateCreated ?? throw new UnbelievableAnswerException($"Line {entry.Id} of Sentry's audit log has no time."),
        SeenAt = seenAt,
        Event = Cut(entry.Event) ?? "",
        ActorUserId = Cut(entry.Actor?.Id),
        Actor = Cut(entry.Actor?.Email ?? entry.Actor?.Name),
        TargetObject = Cut(entry.TargetObject),
        TargetUserId = Cut(entry.TargetUser?.Id),
        Email = Cut(TextOf(entry.Data, "email") ?? entry.TargetUser?.Email),
        TeamSlugs = Cut(TextOf(entry.Data, "team_slug") ?? ListOf(entry.Data, "team_slugs")),
        TeamRole = Cut(TextOf(entry.Data, "team_role")),
        OrgRole = Cut(TextOf(entry.Data, "role")),
        ProjectSlug = Cut(TextOf(entry.Data, "project_slug")),
        Subject = Cut(TextOf(entry.Data, "public_key") ?? TextOf(entry.Data, "name") ?? TextOf(entry.Data, "sentry_app") ?? TextOf(entry.Data, "sentry_app_slug")),
        FromKnownNetwork = IsKnown(entry.IpAddress, known),
        Note = Cut(entry.Note),
    };

    private static bool? IsKnown(string? address, IReadOnlyList<IPNetwork> known) =>
        known.Count == 0 || !IPAddress.TryParse(address, out var parsed) ? null
        : (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed) is var plain && known.Any(network => network.Contains(plain));

    private static string? TextOf(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string? ListOf(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? string.Join(' ', value.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()))
            : null;

    /// <summary>Null for nothing; without the character that a database refuses.</summary>
    private static string? Cut(string? text) => string.IsNullOrEmpty(text) ? null : (text.Length > LongestText ? text[..LongestText] : text).Replace('\0', '\uFFFD');
}
