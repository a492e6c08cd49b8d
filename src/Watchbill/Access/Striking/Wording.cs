using System.Globalization;

namespace Watchbill.Access.Striking;

/// <summary>Numbers and nouns that agree.</summary>
internal static class Wording
{
    /// <summary>For example "1 member", "1,204 members". The plural adds an s unless it is given.</summary>
    public static string Count(long count, string singular, string? plural = null) =>
        $"{Number(count)} {(count == 1 ? singular : plural ?? singular + "s")}";

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The form of a verb or noun that fits the number.</summary>
    public static string Fit(long count, string singular, string plural) => count == 1 ? singular : plural;
}
