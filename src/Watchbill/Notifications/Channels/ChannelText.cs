using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Watchbill.Notifications.Channels;

/// <summary>An announcement as each kind of channel wants it. Names come from Sentry, so nothing in them may act as markup where it is shown.</summary>
internal static class ChannelText
{
    /// <summary>Slack refuses longer texts in one block.</summary>
    private const int LongestBlock = 2900;

    /// <summary>Readable in what receives it; it is never put into a page.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ChannelKind kind, Announcement announcement, DateTimeOffset at) => (kind switch
    {
        ChannelKind.Slack => Slack(announcement),
        ChannelKind.Teams => Teams(announcement),
        ChannelKind.Webhook => Plain(announcement, at),
    }).ToJsonString(Readable);

    private static JsonObject Slack(Announcement announcement) => new()
    {
        // Shown in notifications, where blocks are not.
        ["text"] = Escape(announcement.Subject),
        ["unfurl_links"] = false,
        ["blocks"] = new JsonArray(
            Block(announcement.Subject, isBold: true),
            Block(string.Join('\n', announcement.Sentences), isBold: false),
            new JsonObject
            {
                ["type"] = "section",
                ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = $"<{Escape(announcement.Link.AbsoluteUri)}|Open it in Watchbill>" },
            }),
    };

    private static JsonObject Block(string text, bool isBold) => new()
    {
        ["type"] = isBold ? "header" : "section",
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Cut(text, isBold ? 150 : LongestBlock), ["emoji"] = false },
    };

    /// <summary>An adaptive card; its text blocks know some Markdown, so what could be a link or emphasis is taken apart.</summary>
    private static JsonObject Teams(Announcement announcement) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = new JsonObject
            {
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(
                [
                    TextBlock(announcement.Subject, isHead: true),
                    .. announcement.Sentences.Select(static sentence => TextBlock(sentence, isHead: false)),
                ]),
                ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open it in Watchbill", ["url"] = announcement.Link.AbsoluteUri }),
            },
        }),
    };

    private static JsonObject TextBlock(string text, bool isHead)
    {
        JsonObject block = new() { ["type"] = "TextBlock", ["text"] = Unmarked(Cut(text, LongestBlock)), ["wrap"] = true };
        if (isHead)
        {
            block["weight"] = "Bolder";
            block["size"] = "Medium";
        }

        return block;
    }

    private static JsonObject Plain(Announcement announcement, DateTimeOffset at) => new()
    {
        ["type"] = announcement.Kind,
        ["timestamp"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["data"] = new JsonObject
        {
            ["connector"] = announcement.Connector?.Value,
            ["subject"] = announcement.Subject,
            ["sentences"] = new JsonArray([.. announcement.Sentences.Select(static sentence => JsonValue.Create(sentence))]),
            ["link"] = announcement.Link.AbsoluteUri,
        },
    };

    /// <summary>As Slack asks for: only these three characters can begin anything there.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Unmarked(string text) => string.Concat(text.Select(static letter => letter is '[' or ']' or '*' or '_' or '`' or '#' or '\\' ? $"\\{letter}" : $"{letter}"));

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
