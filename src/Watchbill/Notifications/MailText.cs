using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchbill.Notifications;

/// <summary>The two bodies of a mail.</summary>
internal sealed record MailText(string Plain, string Html)
{
    public static MailText Of(MailDraft draft) => new(PlainOf(draft), HtmlOf(draft));

    public static MailText Parse(string stored) => JsonSerializer.Deserialize<MailText>(stored) ?? throw new FormatException("A stored mail has no text.");

    /// <summary>As it is encrypted and stored.</summary>
    public string ToStored() => JsonSerializer.Serialize(this);

    /// <inheritdoc/>
    public override string ToString() => "mail text";

    private static string PlainOf(MailDraft draft)
    {
        var text = new StringBuilder();
        foreach (var sentence in draft.Sentences)
        {
            text.Append(sentence).Append("\r\n\r\n");
        }

        if (draft.Link is { } link)
        {
            text.Append(draft.LinkText).Append(":\r\n").Append(link.AbsoluteUri).Append("\r\n\r\n");
        }

        return text.Append("-- \r\nWatchbill").ToString();
    }

    /// <summary>No picture, no style sheet, nothing that is loaded from anywhere: mail programs show it as it is.</summary>
    private static string HtmlOf(MailDraft draft)
    {
        var encode = HtmlEncoder.Default;
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><body style=\"font-family:sans-serif;line-height:1.5\">");
        foreach (var sentence in draft.Sentences)
        {
            html.Append("<p>").Append(encode.Encode(sentence)).Append("</p>");
        }

        if (draft.Link is { } link)
        {
            html.Append("<p><a href=\"").Append(encode.Encode(link.AbsoluteUri)).Append("\">").Append(encode.Encode(draft.LinkText ?? link.AbsoluteUri)).Append("</a></p>");
        }

        return html.Append("<p>Watchbill</p></body></html>").ToString();
    }
}
