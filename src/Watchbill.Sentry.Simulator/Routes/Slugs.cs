namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Slugs made from names.</summary>
internal static class Slugs
{
    /// <summary>Lower-case letters, digits and single dashes; empty when nothing is left.</summary>
    public static string From(string name)
    {
        var words = new string([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]);
        return string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
