using System.Runtime.CompilerServices;

namespace Watchbill.Contracts.Client;

/// <summary>Reads lists part by part.</summary>
internal static class Parts
{
    /// <summary>All rows of a list.</summary>
    /// <param name="first">Asks for a part; takes its cursor, null for the first one.</param>
    /// <param name="read">The rows of a part and the cursor of the next.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<TRow> AllAsync<TPart, TRow>(
        Func<string?, Task<TPart>> first, Func<TPart, (IReadOnlyList<TRow> Rows, string? Next)> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (rows, next) = read(await first(cursor));
            foreach (var row in rows)
            {
                yield return row;
            }

            cursor = next;
            if (cursor is not null && !seen.Add(cursor))
            {
                throw new InvalidOperationException("The server gave the same cursor twice: the list would never end.");
            }
        }
        while (cursor is not null);
    }
}
