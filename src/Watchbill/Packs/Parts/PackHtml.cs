using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Watchbill.Compliance;
using Watchbill.Kernel;

namespace Watchbill.Packs.Parts;

/// <summary>The first page of a pack, and of a set of packs: it works offline and without scripts.</summary>
internal static class PackHtml
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #8886;vertical-align:top}.n{text-align:right}.fail{font-weight:700}code{word-break:break-all}";

    /// <param name="html">Where it is written.</param>
    /// <param name="title">The title, as HTML.</param>
    public static void Begin(StringBuilder html, string title) => html.Append(
        CultureInfo.InvariantCulture,
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{Style}</style></head>\n<body>\n<h1>{title}</h1>\n");

    public static string End(StringBuilder html) => html.Append("</body>\n</html>\n").ToString();

    public static void Table(StringBuilder html, string title, IReadOnlyList<string> head, IEnumerable<string[]> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<table>\n<thead><tr>{string.Concat(head.Select(static cell => $"<th scope=\"col\">{cell}</th>"))}</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(static cell => $"<td>{cell}</td>"))}</tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    public static string Outcome(CheckOutcome outcome) => outcome is CheckOutcome.Fail ? "<span class=\"fail\">fail</span>" : Word.Of(outcome).Replace('-', ' ');

    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
