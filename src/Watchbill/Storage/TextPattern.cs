namespace Watchbill.Storage;

/// <summary>Patterns of <c>LIKE</c> that mean just the text, whatever signs it holds; letters in lower case.</summary>
internal static class TextPattern
{
    /// <summary>Makes the next sign mean itself: <c>LIKE ... ESCAPE '~'</c>.</summary>
    public const char Escape = '~';

    /// <summary>Whatever holds the text.</summary>
    public static string Containing(string text)
    {
        var literal = text.ToLowerInvariant().Replace("~", "~~", StringComparison.Ordinal).Replace("%", "~%", StringComparison.Ordinal).Replace("_", "~_", StringComparison.Ordinal);
        return $"%{literal}%";
    }
}
