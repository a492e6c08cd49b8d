using System.Globalization;

namespace Watchbill.Console.Shared;

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows to show.</param>
/// <param name="Number">Which page, from 1.</param>
/// <param name="Size">Rows on a full page.</param>
/// <param name="Total">Rows of the list.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Rows, int Number, int Size, int Total);

/// <summary>Cuts lists into pages.</summary>
internal static class Paging
{
    /// <summary>Rows on a page of a table.</summary>
    public const int Rows = 50;

    /// <summary>The page that the address asks for. What is no number, or is beyond the end, means the nearest page there is.</summary>
    public static PageOf<T> Of<T>(IReadOnlyList<T> all, string? page, int size = Rows)
    {
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, pages) : 1;
        return new PageOf<T>([.. all.Skip((number - 1) * size).Take(size)], number, size, all.Count);
    }
}
