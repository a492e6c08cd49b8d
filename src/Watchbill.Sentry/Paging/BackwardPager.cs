using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>
/// Reads a listing that only grows at its end (rows sorted by id) from its last page to its first. Sentry cuts lists by position, so a row
/// deleted meanwhile pulls the later ones forward: read forward, one of them would slip into a page already read and be missed. Read
/// backward, it can only be seen twice. A row added meanwhile comes after the end and belongs to the next read.
/// </summary>
internal sealed class BackwardPager<T>(RequestSender sender, SentryRequest request, JsonTypeInfo<List<T>> type)
    where T : class, IKeyed
{
    private const int PageSize = 100;

    private readonly Dictionary<int, List<T>> _pages = [];
    private readonly Dictionary<int, int> _readAs = [];
    private int _reads;

    /// <summary>All rows, in the list's order.</summary>
    /// <param name="expected">About how many rows there are; saves the search for the last page. 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<List<T>> ReadAsync(int expected, CancellationToken cancellationToken)
    {
        var first = await ReadPageAsync(0, cancellationToken);
        if (first.Next != NextPage.More)
        {
            return first.Next == NextPage.Broken
                ? throw Failures.BrokenPaging(request, "says there is more without saying how to read it")
                : _pages[0];
        }
        if (first.Cursor != Cursor(1))
        {
            throw Failures.BrokenPaging(request, "is cut in another way than by position");
        }
        for (var page = await FindLastAsync(expected, cancellationToken) - 1; page >= 0; page--)
        {
            if (!_readAs.TryGetValue(page, out var when) || when < _readAs[page + 1])
            {
                await ReadPageAsync(page, cancellationToken);
            }
        }
        return [.. _pages.OrderBy(page => page.Key).SelectMany(page => page.Value).DistinctBy(row => row.Key)];
    }

    /// <summary>Leaps forward from the guess, then closes in on the end. Past the end Sentry answers an empty page.</summary>
    private async Task<int> FindLastAsync(int expected, CancellationToken cancellationToken)
    {
        var (full, beyond, leap) = (0, int.MaxValue, 1);
        var page = Math.Max(1, (expected - 1) / PageSize);
        while (true)
        {
            var answer = await ReadPageAsync(page, cancellationToken);
            if (_pages[page].Count > 0 && answer.Next != NextPage.More)
            {
                return page;
            }
            if (_pages[page].Count == 0)
            {
                beyond = page;
                _pages.Remove(page);
            }
            else
            {
                full = page;
            }
            if (beyond - full == 1)
            {
                // The page that said there was more is the last one now: rows were removed, and it has to be read again.
                (page, beyond, leap) = (full, int.MaxValue, 1);
                continue;
            }
            page = beyond < int.MaxValue ? full + ((beyond - full) / 2) : full + leap;
            leap *= 2;
        }
    }

    private async Task<SentryAnswer<List<T>>> ReadPageAsync(int page, CancellationToken cancellationToken)
    {
        if (page >= sender.MaxPages || _reads > 2 * sender.MaxPages)
        {
            throw Failures.Looping(request, $"has more than {sender.MaxPages} pages");
        }
        var turn = page == 0 ? request : request.With("cursor", Cursor(page));
        var answer = await sender.SendAsync(turn, type, cancellationToken);
        var rows = answer.Body ?? throw Failures.NotSentry(turn, answer.Status);
        if (rows.Exists(row => row is null))
        {
            throw Failures.InvalidJson(turn, "null in a list");
        }
        if (page > 0 && rows.Count > 0 && _pages[0].Count > 0 && rows[0].Key == _pages[0][0].Key)
        {
            throw Failures.Looping(turn, "gave the same page twice");
        }
        _pages[page] = rows;
        _readAs[page] = ++_reads;
        return answer;
    }

    private static string Cursor(int page) => $"{PageSize}:{page}:0";
}
