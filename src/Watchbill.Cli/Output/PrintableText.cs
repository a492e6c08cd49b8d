using System.Globalization;
using System.Text;

namespace Watchbill.Cli.Output;

/// <summary>
/// Makes text that others chose safe to show: names in Sentry may hold escape sequences that move the cursor, colour lines or reverse the
/// reading direction. They are shown as escapes instead of being obeyed.
/// </summary>
internal static class PrintableText
{
    /// <summary>One line: line breaks and tabs are shown as escapes too.</summary>
    public static string Of(string text) => Array.Exists(text.ToCharArray(), IsUnsafe) ? Escape(text, keepLines: false) : text;

    /// <summary>Several lines: line breaks stay.</summary>
    public static string Block(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (!IsUnsafe(character) || (keepLines && character is '\n' or '\r'))
            {
                safe.Append(character);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return safe.ToString();
    }

    // Format characters hold the direction overrides and the invisible joiners; surrogates without a partner would not be encodable.
    private static bool IsUnsafe(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
