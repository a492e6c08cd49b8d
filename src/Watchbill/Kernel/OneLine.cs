namespace Watchbill.Kernel;

/// <summary>Texts that stand on one line: names, titles, reasons.</summary>
internal static class OneLine
{
    /// <summary>Whether a text says something, is not too long, and has no line ends or other control characters.</summary>
    public static bool Fits(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
}
