using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>Offset pages of rows that are computed one by one: no more of them than the page needs.</summary>
internal static class LongList
{
    /// <summary>As <see cref="Pages.Offset"/>.</summary>
    public static Answer Offset<T>(Call call, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        var (request, refusal) = PageRequest.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var size = Math.Max((long)(request.Cursor?.Value ?? 0), request.PerPage);
        var needed = (Math.Max(0, request.Cursor?.Offset ?? 0) * size) + size + 1;
        return Pages.Offset(call, [.. rows.Take((int)Math.Min(int.MaxValue, needed))], write);
    }
}
