namespace Watchbill.Access.Explore;

/// <summary>What the tables share: orders by name, and words that rows contain.</summary>
internal static class Ordering
{
    /// <summary>
    /// Sorted by the named order, in reverse with a minus before the name; rows keep the order they came in where it says nothing, and for names
    /// that are not known (an address somebody typed must not break a page).
    /// </summary>
    public static IReadOnlyList<TRow> Sorted<TRow>(IEnumerable<TRow> rows, string? sort, IReadOnlyDictionary<string, Comparison<TRow>> orders)
    {
        var descending = sort?.StartsWith('-') is true;
        if (sort is null || !orders.TryGetValue(descending ? sort[1..] : sort, out var comparison))
        {
            return [.. rows];
        }

        var comparer = Comparer<TRow>.Create(comparison);
        return descending ? [.. rows.OrderDescending(comparer)] : [.. rows.Order(comparer)];
    }

    /// <summary>Whether one of the texts contains the words; everything contains no words.</summary>
    public static bool Contains(string? words, params ReadOnlySpan<string?> texts)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return true;
        }

        foreach (var text in texts)
        {
            if (text?.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase) is true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What Sentry told, as a filter asks for it.</summary>
    public static Told Of(bool? said) => said switch
    {
        true => Told.Yes,
        false => Told.No,
        null => Told.Unknown,
    };
}
